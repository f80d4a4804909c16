using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2: quantity, price and amounts. VND; the shares of patient, fund and others are <see cref="ShareRules"/>.</summary>
internal static class DrugMoneyRules
{
    public static readonly Rule[] All =
    [
        new RowRule("X2-SO_LUONG-001", Xml2.SO_LUONG, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            return line.Has(Amounts.Quantity) ? line.Quantity > 0 : Answer.Malformed;
        }),

        // A price of nothing costs nothing and isn't the fund's; a price and a quantity cost something.
        new RowRule("X2-DON_GIA-001", Xml2.DON_GIA, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Quantity | Amounts.Charged)) return Answer.Malformed;
            if (line.Price == 0) return line.Charged == 0 && !row[Xml2.NGUON_CTRA].Is("1"u8);
            return line.Quantity <= 0 || line.Charged > 0;
        }, Xml2.SO_LUONG, Xml2.THANH_TIEN_BV, Xml2.NGUON_CTRA),

        // Quantity × price.
        new RowRule("X2-THANH_TIEN_BV-001", Xml2.THANH_TIEN_BV, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Charged | Amounts.Quantity | Amounts.Price)) return Answer.Malformed;
            decimal expected = Shares.Round(line.Quantity * line.Price);
            var allowed = new Tolerance(line.Charged);
            allowed.Allow(expected);
            return allowed.Judge(expected);
        }, Xml2.SO_LUONG, Xml2.DON_GIA),

        // Quantity × price × rate; until 2024 less what supports the facility.
        new RowRule("X2-THANH_TIEN_BH-001", Xml2.THANH_TIEN_BH, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Covered | Amounts.Quantity | Amounts.Price | Amounts.CoverRate | Amounts.Others)) return Answer.Malformed;
            decimal expected = LineAmounts.Covered(line);
            var allowed = new Tolerance(line.Covered);
            allowed.Allow(expected);
            if (line.Others > 0 && !record.SinceQD3176) allowed.Allow(LineAmounts.CoveredLessOthers(line));
            return allowed.Judge(expected);
        }, Xml2.SO_LUONG, Xml2.DON_GIA, Xml2.TYLE_TT_BH, Xml2.T_NGUONKHAC),

        // Drugs of the rated list (group 6) are paid in part, the others in full.
        new RowRule("X2-TYLE_TT_BH-002", Xml2.TYLE_TT_BH, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.CoverRate)) return Answer.Malformed;
            return line switch
            {
                { Group: 6, Scope: not 2 } => line.CoverRate is > 0 and < 100,
                { Group: 4, Scope: 1 } => line.CoverRate == 100,
                _ => Answer.NotApplicable,
            };
        }, Xml2.MA_NHOM, Xml2.PHAM_VI),

        new RowRule("X2-MAX-001", Xml2.SO_LUONG, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Quantity)) return Answer.Malformed;
            return line.Quantity > 1000 ? Answer.Broken : line.Price <= 50_000_000 ? Answer.Holds : Breach.Of(Xml2.DON_GIA);
        }, Xml2.DON_GIA),

        // The same drug, price and tender from the same doctor twice on a day.
        new SweepRule("X2-DUP-001", Xml2.MA_THUOC, static (record, report) => FindRepeats(record, report)),
    ];

    private static void FindRepeats(RecordView record, Report report)
    {
        if (!record.IsVisit(1, 2, 5, 7, 8) || record[TableId.Xml2] is not { Count: > 1 } table) return;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < table.Count; i++)
        {
            Row row = table[i];
            if (row[Xml2.MA_THUOC].IsEmpty || !row[Xml2.NGAY_YL].Day().IsPresent) continue;
            index.Add(KeyOf(row), i);
        }

        index.Sort();
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] == index.Keys[i - 1]) report.Broken(table[index.Rows[i]], new Breach().BesideCell(table[index.Rows[i - 1]], Xml2.MA_THUOC));
        }
    }

    private static ulong KeyOf(Row row)
    {
        ulong key = RowIndex.Key(row[Xml2.MA_THUOC].Trimmed);
        key = RowIndex.Key(row[Xml2.SO_DANG_KY].Trimmed, key);
        key = RowIndex.Key(row[Xml2.HAM_LUONG].Trimmed, key);
        key = RowIndex.Key(row[Xml2.DON_GIA].Trimmed, key);
        key = RowIndex.Key(row[Xml2.TT_THAU].Trimmed, key);
        key = RowIndex.Key(row[Xml2.NGAY_YL].Trimmed[..8], key);
        return RowIndex.Key(row[Xml2.MA_BAC_SI].Trimmed, key);
    }
}
