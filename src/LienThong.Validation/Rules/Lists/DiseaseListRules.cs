using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What ICD-10 says of a code besides that it is one (columns 24 to 29 of TT 06/2026), by the end of the visit.</summary>
internal static class DiseaseListRules
{
    private const int Most = 100;

    public static readonly Rule[] All =
    [
        Flagged("CAT-ICD-002", Xml1.MA_BENH_CHINH, "not_main", Severity.Block),
        Flagged("CAT-ICD-003", Xml1.MA_BENH_CHINH, "main_discouraged", Severity.Info),
        Flagged("CAT-ICD-004", Xml1.MA_BENH_CHINH, "more_specific", Severity.Block),
        Flagged("CAT-ICD-004", Xml1.MA_BENH_KT, "more_specific", Severity.Warn),
        Flagged("CAT-ICD-005", Xml1.MA_BENH_CHINH, "death_only", Severity.Block),
        Flagged("CAT-ICD-005", Xml1.MA_BENH_KT, "death_only", Severity.Warn),
        OfSex(Xml1.MA_BENH_CHINH),
        OfSex(Xml1.MA_BENH_KT),
        IsTraditional(Xml1.MA_BENH_CHINH),
        IsTraditional(Xml1.MA_BENH_KT),

        new RowRule("REC-ICD-001", Xml1.MA_BENH_CHINH, static (row, record) => AreStarsPaired(row, record), Xml1.MA_BENH_KT),

        new RowRule("REC-ICD-002", Xml1.CHAN_DOAN_RV, static (row, record) => NamesDisease(row, record), Xml1.MA_BENH_CHINH),

        // Recorded as an emergency, with neither disease nor department of one.
        new RowRule("X1-MA_DOITUONG_KCB-012", Xml1.MA_DOITUONG_KCB, static (row, record) =>
            !row[Xml1.MA_DOITUONG_KCB].Is("2"u8) || record.VisitKind != 3 ? Answer.NotApplicable
            : record.List(DiseaseLists.Emergencies).Contains(Bare(row[Xml1.MA_BENH_CHINH].Trimmed), record.Day) || HasEmergencyDepartment(row, record),
            Xml1.MA_BENH_CHINH, Xml1.MA_KHOA),
    ];

    private static RowRule Flagged(string code, FieldId field, string column, Severity severity)
    {
        int at = -1;
        return new RowRule(code, field, (row, record) =>
        {
            if (row[field].IsEmpty) return Answer.NotApplicable;
            CodeList list = record.List(DiseaseLists.Icd10);
            if (at < 0) at = list.Definition.At(column);
            int count = 0;
            foreach (ReadOnlySpan<byte> item in row[field].Items())
            {
                if (++count > Most) break;
                if (!item.IsEmpty && IsFlagged(list, item, record.Day, at, out bool unconfirmed)) return Breach.OfPart(item).Weighing(unconfirmed ? Severity.Info : severity);
            }

            return Answer.Holds;
        });
    }

    // Every row of the code says so; a code that rests on one source doesn't weigh.
    private static bool IsFlagged(CodeList list, ReadOnlySpan<byte> code, DateOnly day, int column, out bool unconfirmed)
    {
        bool any = false;
        unconfirmed = false;
        foreach (CodeRow row in Rows(list, code, day))
        {
            if (!row.Is(column)) return false;
            any = true;
            unconfirmed |= row.IsUnconfirmed;
        }

        return any;
    }

    private static RowRule OfSex(FieldId field) => new("CAT-ICD-006", field, (row, record) =>
    {
        bool man = row[Xml1.GIOI_TINH].Is("1"u8);
        if (row[field].IsEmpty || (!man && !row[Xml1.GIOI_TINH].Is("2"u8))) return Answer.NotApplicable;
        CodeList list = record.List(DiseaseLists.Icd10);
        int forbidden = man ? Columns.Female : Columns.Male;
        int count = 0;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (++count > Most) break;
            if (!item.IsEmpty && IsFlagged(list, item, record.Day, forbidden, out bool unconfirmed)) return Breach.OfPart(item).Weighing(unconfirmed ? Severity.Info : Severity.Warn);
        }

        return Answer.Holds;
    }, Xml1.GIOI_TINH);

    private static RowRule IsTraditional(FieldId field) => new("CAT-ICD-008", field, (row, record) =>
    {
        if (row[field].IsEmpty) return Answer.NotApplicable;
        CodeList list = record.List(DiseaseLists.Icd10);
        CodeList traditional = record.List(DiseaseLists.Traditional);
        int count = 0;
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            if (++count > Most) break;
            if (!item.IsEmpty && Rows(list, item, record.Day).IsEmpty && traditional.Contains(item, record.Day)) return Breach.OfPart(item);
        }

        return Answer.Holds;
    });

    // The rows of a code that may carry a mark of dagger or star.
    private static CodeRows Rows(CodeList list, ReadOnlySpan<byte> code, DateOnly day)
    {
        CodeRows rows = list.Rows(code, day);
        ReadOnlySpan<byte> bare = Bare(code);
        return bare.Length < code.Length && rows.IsEmpty ? list.Rows(bare, day) : rows;
    }

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> code) =>
        code.EndsWith("†"u8) ? code[..^3] : code is [.., (byte)'*' or (byte)'+'] ? code[..^1] : code;

    /*
     * A star code says how a disease shows; the disease itself is the dagger code. TT 06/2026 bans every star code as main disease, which
     * CAT-ICD-002 tells; annex A1 of QĐ 4469 wanted some of them there, so before it only those that its annex A2 bans weigh.
     */
    private static Answer AreStarsPaired(Row row, RecordView record)
    {
        CodeList list = record.List(DiseaseLists.Icd10);
        ReadOnlySpan<byte> main = row[Xml1.MA_BENH_CHINH].Trimmed;
        if (!main.IsEmpty && IsStar(list, main, record.Day) && !Columns.MainRule.AppliesOn(record.Day))
            return Breach.OfPart(main).Weighing(IsFlagged(list, main, record.Day, Columns.NotMain, out _) ? Severity.Warn : Severity.Info);

        int count = 0;
        foreach (ReadOnlySpan<byte> item in row[Xml1.MA_BENH_KT].Items())
        {
            if (++count > Most) break;
            if (!item.IsEmpty && IsStar(list, item, record.Day) && !HasOtherDisease(row, list, record.Day)) return Breach.OfPart(item).At(Xml1.MA_BENH_KT);
        }

        return Answer.Holds;
    }

    private static bool IsStar(CodeList list, ReadOnlySpan<byte> code, DateOnly day)
    {
        if (code[^1] == (byte)'*') return true;
        foreach (CodeRow row in list.Rows(code, day)) return row[Columns.Marker].SequenceEqual("*"u8);
        return false;
    }

    // Editions mark few of the dagger codes, so any disease that is no star counts as a partner.
    private static bool HasOtherDisease(Row row, CodeList list, DateOnly day)
    {
        if (row[Xml1.MA_BENH_CHINH] is { IsEmpty: false } main && !IsStar(list, main.Trimmed, day)) return true;
        int count = 0;
        foreach (ReadOnlySpan<byte> item in row[Xml1.MA_BENH_KT].Items())
        {
            if (++count > Most) break;
            if (!item.IsEmpty && !IsStar(list, item, day)) return true;
        }

        return false;
    }

    // The code itself or one of the first three words of its name will do: free text is written in many ways.
    private static Answer NamesDisease(Row row, RecordView record)
    {
        const int FirstWords = 3;
        ReadOnlySpan<byte> code = row[Xml1.MA_BENH_CHINH].Trimmed;
        Value text = row[Xml1.CHAN_DOAN_RV];
        if (code.IsEmpty || text.IsEmpty || text.Trimmed.IndexOf(code) >= 0) return Answer.NotApplicable;
        foreach (CodeRow disease in Rows(record.List(DiseaseLists.Icd10), code, record.Day))
        {
            string[] words = Folded.Of(disease.Text(Columns.Name)).Split(' ');
            string folded = Folded.Of(text.Text);
            for (int i = 0; i < words.Length && i < FirstWords; i++)
            {
                if (folded.Contains(words[i], StringComparison.Ordinal)) return Answer.Holds;
            }

            return Breach.With("code", Show.Of(code)).Expecting(disease.Text(Columns.Name));
        }

        return Answer.NotApplicable;
    }

    private static bool HasEmergencyDepartment(Row row, RecordView record)
    {
        CodeList departments = record.List(NationalLists.Departments);
        foreach (ReadOnlySpan<byte> item in row[Xml1.MA_KHOA].Items())
        {
            foreach (CodeRow department in departments.Rows(DepartmentCodes.Whole(item), record.Day))
            {
                if (department.Is(Columns.Emergency)) return true;
            }
        }

        return false;
    }

    private static class Columns
    {
        public static readonly RuleInfo MainRule = RuleCatalogue.Get("CAT-ICD-002");
        public static readonly int Name = DiseaseLists.Icd10.At("name");
        public static readonly int Marker = DiseaseLists.Icd10.At("marker");
        public static readonly int NotMain = DiseaseLists.Icd10.At("not_main");
        public static readonly int Female = DiseaseLists.Icd10.At("female");
        public static readonly int Male = DiseaseLists.Icd10.At("male");
        public static readonly int Emergency = NationalLists.Departments.At("emergency");
    }
}
