using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Supplies and machines of XML3 against the facility's forms 04/DM and 06/DM.</summary>
internal static class SupplyListRules
{
    public static readonly Rule[] All =
    [
        Listed.OnDay("CAT-VTYT-001", Xml3.MA_VAT_TU, static () => FacilityLists.Supplies, static (row, record, list, day) =>
        {
            if (!IsCoveredSupply(row, record)) return Answer.NotApplicable;
            CodeRows rows = Rows(row, list, day);
            if (rows.IsEmpty) return Listed.Absent(list, row[Xml3.MA_VAT_TU].Trimmed, day);
            return HasTender(rows, row[Xml3.TT_THAU].Trimmed) ? Answer.Holds
                : Breach.Of(Xml3.TT_THAU).Saying("Dòng {stt}: thông tin thầu \"{value}\" của vật tư {MA_VAT_TU} không khớp danh mục cơ sở.");
        }, Xml3.TT_THAU, Xml3.NGAY_YL),

        Listed.OnDay("CAT-VTYT-002", Xml3.TEN_VAT_TU, static () => FacilityLists.Supplies, static (row, record, list, day) =>
            Agrees(row, record, list, day, Xml3.TEN_VAT_TU, Columns.Name), Xml3.MA_VAT_TU),
        Listed.OnDay("CAT-VTYT-002", Xml3.DON_VI_TINH, static () => FacilityLists.Supplies, static (row, record, list, day) =>
            Agrees(row, record, list, day, Xml3.DON_VI_TINH, Columns.Unit), Xml3.MA_VAT_TU),

        // What is used again costs a share of its price.
        Listed.OnDay("CAT-VTYT-003", Xml3.DON_GIA_BH, static () => FacilityLists.Supplies, static (row, record, list, day) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!IsCoveredSupply(row, record) || row[Xml3.TAI_SU_DUNG].Is("1"u8)) return Answer.NotApplicable;
            if (!line.Has(Amounts.Payable)) return Answer.Malformed;
            decimal? most = null;
            foreach (CodeRow listed in Rows(row, list, day))
            {
                Read<decimal> price = listed.Number(Columns.InsurancePrice);
                if (!price.IsPresent) price = listed.Number(Columns.Price);
                if (price.IsPresent && !(price.Value <= most)) most = price.Value;
            }

            return most is null ? Answer.NotApplicable : line.Payable <= most.Value + 0.01m ? Answer.Holds : Breach.Expect(most.Value);
        }, Xml3.MA_VAT_TU),

        Listed.OnDay("CAT-MAY-001", Xml3.MA_MAY, static () => FacilityLists.Machines, static (row, _, list, day) =>
            ServiceCodeRules.IsSentOut(row) ? Answer.NotApplicable : AreDeclared(row, list, day), Xml3.NGAY_YL),
    ];

    private static bool IsCoveredSupply(Row row, RecordView record) => ServiceCodeRules.IsSupply(row) && record.Lines.Of(row).Scope == 1;

    // A facility's own number behind the code (.Kddddd) isn't part of it.
    private static CodeRows Rows(Row row, CodeList list, DateOnly day)
    {
        ReadOnlySpan<byte> code = row[Xml3.MA_VAT_TU].Trimmed;
        CodeRows rows = list.Rows(code, day);
        if (!rows.IsEmpty || code.Length < 8 || !code[^7..].StartsWith(".K"u8)) return rows;
        return list.Rows(code[..^7], day);
    }

    private static Answer Agrees(Row row, RecordView record, CodeList list, DateOnly day, FieldId field, int column)
    {
        if (!IsCoveredSupply(row, record)) return Answer.NotApplicable;
        CodeRows rows = Rows(row, list, day);
        return Names.AllEmpty(rows, column) ? Answer.NotApplicable : Names.AnySame(rows, column, row[field]);
    }

    // Decision and year name a tender; package and group are written in many ways.
    private static bool HasTender(CodeRows rows, ReadOnlySpan<byte> tender)
    {
        if (tender.IsEmpty) return true;
        foreach (CodeRow row in rows)
        {
            ReadOnlySpan<byte> listed = row[Columns.Tender];
            if (listed.IsEmpty || (Names.SameStrength(Part(listed, 0), Part(tender, 0)) && Year(listed).SequenceEqual(Year(tender)))) return true;
        }

        return false;
    }

    private static ReadOnlySpan<byte> Year(ReadOnlySpan<byte> tender)
    {
        ReadOnlySpan<byte> fourth = Part(tender, 3);
        return fourth.IsEmpty ? Part(tender, 1) : fourth;
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> tender, int wanted)
    {
        int at = 0;
        foreach (ReadOnlySpan<byte> part in new ListItems(tender))
        {
            if (at++ == wanted) return part;
        }

        return default;
    }

    private static Answer AreDeclared(Row row, CodeList list, DateOnly day)
    {
        Span<byte> buffer = stackalloc byte[Machines.Longest];
        foreach (ReadOnlySpan<byte> item in row[Xml3.MA_MAY].Items())
        {
            ReadOnlySpan<byte> machine = Machines.WithoutBrackets(item, buffer);
            if (!Machines.IsFull(machine)) continue;
            CodeRows rows = list.Rows(machine, day);
            if (rows.IsEmpty) return Listed.Absent(list, item, day);
            if (!Serves(rows, row[Xml3.MA_DICH_VU].Trimmed)) return Breach.OfPart(item).Saying("Dòng {stt}: máy {value} không khai dùng cho dịch vụ {MA_DICH_VU}.");
        }

        return Answer.Holds;
    }

    private static bool Serves(CodeRows machines, ReadOnlySpan<byte> service)
    {
        foreach (CodeRow machine in machines)
        {
            ReadOnlySpan<byte> services = machine[Columns.Services];
            if (services.IsEmpty || service.IsEmpty) return true;
            foreach (ReadOnlySpan<byte> item in new ListItems(services))
            {
                if (item.SequenceEqual(service)) return true;
            }
        }

        return false;
    }

    private static class Columns
    {
        public static readonly int Name = FacilityLists.Supplies.At("TEN_VAT_TU");
        public static readonly int Unit = FacilityLists.Supplies.At("DON_VI_TINH");
        public static readonly int Tender = FacilityLists.Supplies.At("TT_THAU");
        public static readonly int Price = FacilityLists.Supplies.At("DON_GIA");
        public static readonly int InsurancePrice = FacilityLists.Supplies.At("DON_GIA_BH");
        public static readonly int Services = FacilityLists.Machines.At("MA_DICH_VU");
    }
}
