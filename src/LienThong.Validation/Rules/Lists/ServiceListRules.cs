using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Services of XML3 and XML4 against the lists in common use and the facility's form 05/DM.</summary>
internal static class ServiceListRules
{
    private static readonly BytePattern Unpriced = BytePattern.Of("^[0-9]{2}\\.[0-9]{4}\\.0000[^;]*$");

    public static readonly Rule[] All =
    [
        Listed.OnDay("CAT-DVKT-001", Xml3.MA_DICH_VU, static () => NationalLists.Services, static (row, _, list, day) =>
        {
            if (row.Group() is not (1 or 2 or 3 or 8 or 9 or 18)) return Answer.NotApplicable;
            ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
            if (IsNational(code, list, day)) return Answer.Holds;
            Breach absent = Listed.Absent(list, code, day);
            return Unpriced.Matches(code) ? absent.Weighing(Severity.Warn) : absent;
        }, Xml3.NGAY_YL),

        Listed.OnDay("CAT-DVKT-002", Xml3.MA_DICH_VU, static () => FacilityLists.Services, static (row, record, list, day) =>
            !IsService(row) || !Listed.IsOwnCovered(row, record) ? Answer.NotApplicable
            : Approved(row, list, day).IsEmpty ? Listed.Absent(list, row[Xml3.MA_DICH_VU].Trimmed, day) : Answer.Holds, Xml3.NGAY_YL, Xml3.PHAM_VI),

        Listed.OnDay("CAT-DVKT-003", Xml3.TEN_DICH_VU, static () => FacilityLists.Services, static (row, record, list, day) =>
        {
            CodeRows rows = Approved(row, list, day);
            return !IsService(row) || Names.AllEmpty(rows, Columns.Name) ? Answer.NotApplicable
                : Names.AnySame(rows, Columns.Name, row[Xml3.TEN_DICH_VU], brackets: false) || Names.AnySame(rows, Columns.PriceName, row[Xml3.TEN_DICH_VU], brackets: false);
        }, Xml3.MA_DICH_VU),

        Listed.OnDay("CAT-DVKT-004", Xml3.DON_GIA_BH, static () => FacilityLists.Services, static (row, record, list, day) => IsApprovedPrice(row, record, list, day), Xml3.MA_DICH_VU, Xml3.PHAM_VI),

        Listed.OnDay("CAT-DVKT-005", Xml3.MA_NHOM, static () => FacilityLists.Services, static (row, _, list, day) => IsListedGroup(row, list, day), Xml3.MA_DICH_VU),

        Listed.OfCell("CAT-CLS-002", Xml4.MA_DICH_VU, static () => NationalLists.Services, static (row, _, list, day) =>
            IsNational(row[Xml4.MA_DICH_VU].Trimmed, list, day) ? Answer.Holds : Listed.Absent(list, row[Xml4.MA_DICH_VU].Trimmed, day)),

        // A code that is just the name of the index without accents and blanks says the same.
        Listed.OnDay("CAT-CLS-001", Xml4.MA_CHI_SO, static () => NationalLists.TestIndices, static (row, _, list, day) =>
            list.Contains(row[Xml4.MA_CHI_SO].Trimmed, day) ? Answer.Holds
            : string.Equals(Folded.Of(row[Xml4.TEN_CHI_SO].Text).Replace(" ", "", StringComparison.Ordinal), row[Xml4.MA_CHI_SO].Text.Trim(), StringComparison.OrdinalIgnoreCase)
                ? Answer.Holds : Listed.Absent(list, row[Xml4.MA_CHI_SO].Trimmed, day)),

        Listed.OnDay("CAT-KHAM-001", Xml3.MA_DICH_VU, static () => NationalLists.Examinations, static (row, record, list, day) =>
            row.Group() != 13 ? Answer.NotApplicable : IsExamination(row[Xml3.MA_DICH_VU].Trimmed, record, list, day), Xml3.NGAY_YL),

        Listed.OnDay("CAT-XANGDAU-001", Xml3.MA_XANG_DAU, static () => NationalLists.Fuels, static (row, _, list, day) => Listed.AreAll(row[Xml3.MA_XANG_DAU], list, day), Xml3.NGAY_YL),
    ];

    private static bool IsService(Row row) => row.Group() is 1 or 2 or 3 or 8 or 9 or 13 or 14 or 15 or 16 or 18;

    // Suffixes of local anaesthesia, stopped procedures and services sent out aren't part of the national code.
    private static bool IsNational(ReadOnlySpan<byte> code, CodeList list, DateOnly day) =>
        list.Contains(code, day) || list.Contains(ResultRules.Bare(Completed(ResultRules.Bare(code))), day);

    // A stopped procedure (_TB, _TT) is approved when the whole one is.
    private static CodeRows Approved(Row row, CodeList list, DateOnly day)
    {
        ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
        CodeRows rows = list.Rows(code, day);
        return rows.IsEmpty ? list.Rows(Completed(code), day) : rows;
    }

    private static ReadOnlySpan<byte> Completed(ReadOnlySpan<byte> code) => code.EndsWith("_TB"u8) || code.EndsWith("_TT"u8) ? code[..^3] : code;

    // Any price valid on the day will do; above the highest is money asked in excess, below it only odd.
    private static Answer IsApprovedPrice(Row row, RecordView record, CodeList list, DateOnly day)
    {
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (!IsService(row) || line.Scope != 1) return Answer.NotApplicable;
        if (!line.Has(Amounts.Payable)) return Answer.Malformed;
        if (line.Payable == 0) return Answer.NotApplicable;
        decimal? most = null;
        foreach (CodeRow approved in Approved(row, list, day))
        {
            Read<decimal> price = approved.Number(Columns.InsurancePrice);
            if (!price.IsPresent) price = approved.Number(Columns.Price);
            if (!price.IsPresent) continue;
            if (Math.Abs(price.Value - line.Payable) <= 1) return Answer.Holds;
            if (!(price.Value <= most)) most = price.Value;
        }

        if (most is not { } highest) return Answer.NotApplicable;
        return line.Payable > highest ? Breach.Expect(highest) : Breach.Expect(highest).Weighing(Severity.Info);
    }

    private static Answer IsListedGroup(Row row, CodeList list, DateOnly day)
    {
        if (!IsService(row)) return Answer.NotApplicable;
        string? expected = null;
        foreach (CodeRow approved in Approved(row, list, day))
        {
            if (approved[Columns.Group].IsEmpty) continue;
            Read<int> group = Typed.Integer(approved[Columns.Group]);
            if (group.IsPresent && group.Value == row.Group()) return Answer.Holds;
            expected = approved.Text(Columns.Group);
        }

        return expected is null ? Answer.NotApplicable : Breach.Expect(expected);
    }

    private static Answer IsExamination(ReadOnlySpan<byte> code, RecordView record, CodeList list, DateOnly day)
    {
        CodeRows rows = list.Rows(code, day);
        if (rows.IsEmpty) return Listed.Absent(list, code, day);
        ReadOnlySpan<byte> own = OwnClass(record, day);
        if (own.IsEmpty) return Answer.Holds;
        foreach (CodeRow row in rows)
        {
            if (row[Columns.Class].IsEmpty) return Answer.Holds;
            foreach (ReadOnlySpan<byte> item in new ListItems(row[Columns.Class]))
            {
                if (item.SequenceEqual(own)) return Answer.Holds;
            }
        }

        return Breach.OfPart(code).Saying("Dòng {stt}: mã công khám {value} không áp dụng cho hạng của cơ sở.");
    }

    private static ReadOnlySpan<byte> OwnClass(RecordView record, DateOnly day)
    {
        if (record.Lists.Find(NationalLists.Facilities) is not { } facilities) return default;
        foreach (CodeRow row in facilities.Rows(record.Summary[Xml1.MA_CSKCB].Trimmed, day)) return row[Columns.FacilityClass];
        return default;
    }

    private static class Columns
    {
        public static readonly int Name = FacilityLists.Services.At("TEN_DICH_VU");
        public static readonly int PriceName = FacilityLists.Services.At("TEN_DVKT_GIA");
        public static readonly int Price = FacilityLists.Services.At("DON_GIA");
        public static readonly int InsurancePrice = FacilityLists.Services.At("GIA_THANH_TOAN");
        public static readonly int Group = FacilityLists.Services.At("MA_NHOM");
        public static readonly int Class = NationalLists.Examinations.At("class");
        public static readonly int FacilityClass = NationalLists.Facilities.At("class");
    }
}
