using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// The national lists small enough to travel with the product; a list loaded under the same name takes their place. A file of
/// Data/lists is read when the first code of its list is looked up.
/// </summary>
internal static class BuiltInLists
{
    private static readonly BuiltInList[] Lists =
    [
        // The object groups of QĐ 824 (before July 2025) are only known in part, so they judge nothing.
        new("patient_object", new DateOnly(2025, 7, 1)),
        new("dept_national", new DateOnly(2021, 12, 30)),
        new("ethnic_group", DateOnly.MinValue),
        new("nationality", DateOnly.MinValue),
        new("province", DateOnly.MinValue),
        new("fuel", new DateOnly(2021, 12, 30)),
        new("arv_regimen", new DateOnly(2021, 12, 30)),

        // Known in part: what they hold is right, what they lack may be too.
        new("route", new DateOnly(2019, 1, 15)) { IsPartial = true },
        new("exam_service", new DateOnly(2025, 8, 1)) { IsPartial = true },
        new("card_prefix", DateOnly.MinValue) { IsPartial = true },
    ];

    /// <summary>A built-in list by name; null when there is none.</summary>
    public static CodeList? Find(string name)
    {
        foreach (BuiltInList list in Lists)
        {
            if (list.Name == name) return list.List;
        }

        return null;
    }

    private sealed class BuiltInList(string name, DateOnly from)
    {
        public string Name { get; } = name;

        public bool IsPartial { get; init; }

        public CodeList List => field ??= new CodeList(ListDefinitions.Get(Name), !IsPartial, from, DateOnly.MaxValue, Read);

        private CodeTable Read()
        {
            CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, $"Data/lists/{Name}.csv");
            ListDefinition definition = List.Definition;
            var names = new List<string>();
            foreach (ListColumn column in definition.Columns)
            {
                if (file.Has(column.Name)) names.Add(column.Name);
            }

            var builder = new CodeListBuilder(definition, names) { IsOwn = true };
            string[] cells = new string[names.Count];
            for (int i = 0; i < file.Count; i++)
            {
                DataRow row = file[i];
                for (int c = 0; c < cells.Length; c++) cells[c] = row[names[c]];
                builder.Add(cells, Day(row["valid_from"]), Day(row["valid_to"]), unconfirmed: row["status"] == "unconfirmed");
            }

            return builder.BuildTable();
        }

        private static DateOnly? Day(string text) => text.Length == 0 ? null : CsvData.Day(text);
    }
}
