using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2: drugs beside each other.</summary>
internal static class DrugUseRules
{
    public static readonly Rule[] All =
    [
        // On the ward one ingredient is given by one route and as one product a day. Told once per ingredient.
        new SweepRule("AUD-ANTIBIOTIC-001", Xml2.MA_THUOC, static (record, report) => FindSameIngredient(record, report),
            Xml2.MA_NHOM, Xml2.NGAY_YL, Xml2.DUONG_DUNG, Xml2.SO_DANG_KY, Xml1.MA_LOAI_KCB),

        // Ingredients that must not be given on the same days. Told once per pair.
        new SweepRule("AUD-INTERACT-001", Xml2.MA_THUOC, static (record, report) => FindInteractions(record, report), Xml2.NGAY_YL, Xml2.LIEU_DUNG),
    ];

    private const int LongestCourse = 90;

    private static void FindSameIngredient(RecordView record, Report report)
    {
        if (!record.IsVisit(3, 4, 6) || record[TableId.Xml2] is not { Count: > 1 } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Drugs;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            Value code = table[i][Xml2.MA_THUOC];
            if (lines[i] is { Group: 4 or 5 or 6, Ordered.IsPresent: true } && !code.IsEmpty && !code.Is("40.17"u8)) index.Add(Key(code, lines[i].Ordered.Value), i);
        }

        index.Sort();
        ulong told = 0;
        for (int i = 1; i < index.Count; i++)
        {
            ulong ingredient = index.Keys[i] >> 16;
            if (index.Keys[i] != index.Keys[i - 1] || ingredient == told) continue;
            Row row = table[index.Rows[i]];
            Row other = table[index.Rows[i - 1]];
            if (row[Xml2.DUONG_DUNG].Is(other[Xml2.DUONG_DUNG]) && row[Xml2.SO_DANG_KY].Is(other[Xml2.SO_DANG_KY])) continue;
            told = ingredient;
            report.Broken(row, Breach.With("date", Show.Day(lines[index.Rows[i]].Ordered.Value.Day())));
        }
    }

    // Every day of every course is marked under each ingredient of the drug.
    private static void FindInteractions(RecordView record, Report report)
    {
        if (record.Lists.Find(AuditLists.Interactions) is not { } pairs || record[TableId.Xml2] is not { Count: > 1 } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Drugs;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Ordered.IsPresent) continue;
            foreach (Range part in table[i][Xml2.MA_THUOC].Trimmed.Split((byte)'+'))
            {
                ulong ingredient = RowIndex.Key(Blank.Trim(table[i][Xml2.MA_THUOC].Trimmed[part])) & 0xFFFF_FFFF_FFFF_0000;
                int first = lines[i].Ordered.Value.Day().DayNumber;
                for (int day = first; day < first + Course(table[i]); day++) index.Add(ingredient | (ushort)day, i);
            }
        }

        index.Sort();
        HashSet<ulong>? told = null;
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Ordered.IsPresent) continue;
            foreach (Range part in table[i][Xml2.MA_THUOC].Trimmed.Split((byte)'+'))
            {
                foreach (CodeRow pair in pairs.Rows(Blank.Trim(table[i][Xml2.MA_THUOC].Trimmed[part]), record.Day))
                {
                    ulong other = RowIndex.Key(pair[1]) & 0xFFFF_FFFF_FFFF_0000;
                    ushort first = (ushort)lines[i].Ordered.Value.Day().DayNumber;
                    ReadOnlySpan<int> beside = index.FindBetween(other | first, other | (ushort)(first + Course(table[i]) - 1));
                    if (beside.IsEmpty || !(told ??= []).Add(RowIndex.Key(pair[0], other))) continue;
                    Row later = table[Math.Max(i, beside[0])];
                    report.Broken(later, Breach.With("A", Show.Text(table[i][Xml2.TEN_THUOC])).And("B", Show.Text(table[beside[0]][Xml2.TEN_THUOC])));
                }
            }
        }
    }

    private static int Course(Row row) => Math.Clamp(Dose.Days(row[Xml2.LIEU_DUNG].Trimmed) ?? 1, 1, LongestCourse);

    // Ingredient and day share one key, so that the days of an ingredient stand together.
    private static ulong Key(Value code, DateTime ordered) =>
        (RowIndex.Key(code.Trimmed) & 0xFFFF_FFFF_FFFF_0000) | (ushort)ordered.Day().DayNumber;
}
