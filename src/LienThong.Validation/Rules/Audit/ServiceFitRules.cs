using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Services, beds and drugs against patient, department and what else is in the record.</summary>
internal static class ServiceFitRules
{
    private const int LongestAfterSurgery = 10;

    public static readonly Rule[] All =
    [
        // A newborn's service may stand in the mother's record.
        new RowRule("AUD-K-001", Xml3.MA_DICH_VU, static (row, record) =>
        {
            if (record.Lists.Find(AuditLists.SexOfServices) is not { } list || record[TableId.Xml9] is not null || !record.Summary[Xml1.GIOI_TINH].IsOneOf("1 2"u8)) return Answer.NotApplicable;
            bool known = false;
            foreach (CodeRow service in list.Rows(row[Xml3.MA_DICH_VU].Trimmed, record.Day))
            {
                if (record.Summary[Xml1.GIOI_TINH].Is(service[1])) return Answer.Holds;
                known = true;
            }

            return !known;
        }, Xml1.GIOI_TINH),

        new RowRule("AUD-K-002", Xml3.MA_DICH_VU, static (row, record) => FitsAge(row, record), Xml1.NGAY_SINH, Xml3.NGAY_YL),

        new RowRule("AUD-K-003", Xml3.MA_DICH_VU, static (row, record) =>
            record.Lines.Of(row).IsBed && FirstOf(record, NationalLists.Beds, row[Xml3.MA_DICH_VU].Trimmed) is { } bed && bed.Is(NationalLists.Beds.At("intensive"))
                && FirstOf(record, NationalLists.Departments, Department(row[Xml3.MA_KHOA])) is { } department
                ? department.Is(NationalLists.Departments.At("intensive")) : Answer.NotApplicable, Xml3.MA_KHOA, Xml3.MA_NHOM),

        new SweepRule("AUD-K-004", Xml3.MA_DICH_VU, static (record, report) => FollowSurgery(record, report), Xml3.MA_NHOM, Xml3.NGAY_TH_YL, Xml3.NGAY_KQ),

        new SweepRule("AUD-K-007", Xml3.MA_DICH_VU, static (record, report) => FindExcluded(record, report), Xml3.NGAY_YL, Xml3.THANH_TIEN_BH),

        new RowRule("AUD-K-008", Xml3.MA_DICH_VU, static (row, record) =>
            record.IsVisit(3, 4) ? FirstOf(record, AuditLists.OutpatientOnly, row[Xml3.MA_DICH_VU].Trimmed) is null : Answer.NotApplicable, Xml1.MA_LOAI_KCB),

        new RowRule("AUD-K-017", Xml2.MA_THUOC, static (row, record) => IsPaid(row, record), Xml2.PHAM_VI, Xml2.MA_NHOM),

        new RowRule("AUD-K-019", Xml3.THANH_TIEN_BH, static (row, record) =>
        {
            if (!record.IsVisit(3) || record.Lines.Of(row) is not { Group: 13, Covered: > 0 }) return Answer.NotApplicable;
            ListItems departments = record.Summary[Xml1.MA_KHOA].Items();
            if (!departments.MoveNext() || !row[Xml3.MA_KHOA].Is(departments.Current)) return Answer.NotApplicable;
            return FirstOf(record, NationalLists.Departments, Department(departments.Current)) is { } first ? !first.Is(NationalLists.Departments.At("emergency")) : Answer.NotApplicable;
        }, Xml3.MA_NHOM, Xml3.MA_KHOA, Xml1.MA_KHOA, Xml1.MA_LOAI_KCB),
    ];

    /// <summary>The first row of the code in force; null when the list isn't there or doesn't have it.</summary>
    internal static CodeRow? FirstOf(RecordView record, ListDefinition definition, ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty || record.Lists.Find(definition) is not { } list) return null;
        CodeRows rows = list.Rows(code, record.Day);
        return rows.MoveNext() ? rows.Current : null;
    }

    private static ReadOnlySpan<byte> Department(Value value) => Department(value.Trimmed);

    // K48.1 is a part of K48.
    private static ReadOnlySpan<byte> Department(ReadOnlySpan<byte> code) => code.Length > 3 && code[3] == (byte)'.' ? code[..3] : code;

    private static Answer FitsAge(Row row, RecordView record)
    {
        if (FirstOf(record, AuditLists.AgesOfServices, row[Xml3.MA_DICH_VU].Trimmed) is not { } service) return Answer.NotApplicable;
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (!line.Ordered.IsPresent || !record.Born.IsPresent) return Reading.Missing(line.Ordered, record.Born);
        DateOnly day = line.Ordered.Value.Day();
        ReadOnlySpan<byte> unit = service[AuditLists.AgesOfServices.At("unit")];
        int? age = unit.SequenceEqual("day"u8) ? record.Born.Value.DaysOn(day) : unit.SequenceEqual("month"u8) ? record.Born.Value.MonthsOn(day) : record.Born.Value.YearsOn(day);
        if (age is not { } lived) return Answer.NotApplicable;
        bool young = service.Number(1) is { IsPresent: true } min && lived < min.Value;
        bool old = service.Number(2) is { IsPresent: true } max && lived > max.Value;
        return young || old ? Breach.With("age", Show.Number(lived) + (unit.SequenceEqual("day"u8) ? " ngày" : unit.SequenceEqual("month"u8) ? " tháng" : "")) : Answer.Holds;
    }

    // The first operation of each class, 0 (special) to 3, decides: a bed asks for one of its class or a graver one before its end.
    private static void FollowSurgery(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        Span<DateTime> first = stackalloc DateTime[4];
        first.Fill(DateTime.MaxValue);
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not { Group: 8, Done.IsPresent: true } || ClassOf(record, NationalLists.Services, table[i]) is not { } kind) continue;
            for (int k = kind; k < 4; k++) first[k] = lines[i].Done.Value < first[k] ? lines[i].Done.Value : first[k];
        }

        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].IsBed || ClassOf(record, NationalLists.Beds, table[i]) is not { } kind) continue;
            if (!lines[i].Finished.IsPresent) report.NotChecked();
            else if (first[kind] > lines[i].Finished.Value || first[kind].Day().DayNumber + LongestAfterSurgery < lines[i].Finished.Value.Day().DayNumber) report.Broken(table[i]);
        }
    }

    private static int? ClassOf(RecordView record, ListDefinition list, Row row) =>
        FirstOf(record, list, row[Xml3.MA_DICH_VU].Trimmed) is { } known && known[list.At("surgery_class")] is [>= (byte)'0' and <= (byte)'3' and var kind] ? kind - '0' : null;

    // Rows stand by code and day, so that each code of a day is looked up once, and its partners are found by the same key.
    private static void FindExcluded(RecordView record, Report report)
    {
        if (record.Lists.Find(AuditLists.ExcludedPairs) is not { } pairs || record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        var acts = new Acts(record);
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Covered > 0 && acts.Day(acts.Drugs + i) is { } day) index.Add(Key(table[i][Xml3.MA_DICH_VU].Trimmed, day), i);
        }

        index.Sort();
        HashSet<int>? told = null;
        for (int i = 0; i < index.Count; i++)
        {
            if (i > 0 && index.Keys[i] == index.Keys[i - 1]) continue;
            Row payer = table[index.Rows[i]];
            foreach (CodeRow pair in pairs.Rows(payer[Xml3.MA_DICH_VU].Trimmed, record.Day))
            {
                bool whole = pair[2].SequenceEqual("record"u8);
                ulong other = Key(pair[1], 0);
                foreach (int row in whole ? index.FindBetween(other, other | 0xFFFF) : index.Find(other | (index.Keys[i] & 0xFFFF)))
                {
                    if ((told ??= []).Add(row)) report.Broken(table[row], Breach.With("A", Show.Text(payer[Xml3.TEN_DICH_VU])).And("B", Show.Text(table[row][Xml3.TEN_DICH_VU])));
                }
            }
        }
    }

    private static ulong Key(ReadOnlySpan<byte> code, int day) => (RowIndex.Key(code) & 0xFFFF_FFFF_FFFF_0000) | (uint)(day & 0xFFFF);

    private static Answer IsPaid(Row row, RecordView record)
    {
        if (record.Lines.Of(row) is not { Group: 4 or 5 or 6, Scope: 1 }) return Answer.NotApplicable;
        ReadOnlySpan<byte> code = row[Xml2.MA_THUOC].Trimmed;
        if (code.SequenceEqual("00.0000"u8)) return Answer.Broken;
        while (!code.IsEmpty)
        {
            int plus = code.IndexOf((byte)'+');
            ReadOnlySpan<byte> part = Blank.Trim(plus < 0 ? code : code[..plus]);
            if (FirstOf(record, NationalLists.Ingredients, part) is { } ingredient && ingredient.Is(NationalLists.Ingredients.At("not_paid"))) return Answer.Broken;
            code = plus < 0 ? default : code[(plus + 1)..];
        }

        return Answer.Holds;
    }
}
