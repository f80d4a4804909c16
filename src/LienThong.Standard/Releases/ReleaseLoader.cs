namespace LienThong.Standard;

/// <summary>
/// Builds the releases from the embedded data: a full field list per release, or a layer of changes over the parent's.
/// Field lists are read when a release is first asked for its tables; judging one record needs few of them.
/// </summary>
internal static class ReleaseLoader
{
    public static Release[] Load()
    {
        CsvData tables = Read("Data/tables.csv");
        CsvData rows = Read("Data/releases.csv");
        var releases = new List<Release>();
        for (int i = 0; i < rows.Count; i++)
        {
            DataRow row = rows[i];
            string id = row["id"];
            releases.Add(new Release(ElementsOf(id, tables), FieldLists(id, row["parent"], releases))
            {
                Id = id,
                DecisionNumber = row["decision_number"],
                TrialFrom = Day(row["trial_from"]),
                MandatoryFrom = Day(row["mandatory_from"]),
                SupersededFrom = Day(row["superseded_from"]),
                Parent = row["parent"],
            });
        }

        return releases.ToArray();
    }

    /// <summary>A table of a release, made of its elements and its field list.</summary>
    public static TableSpec Table(TableElements elements, List<FieldRow> rows)
    {
        var fields = new FieldSpec[rows.Count];
        for (int i = 0; i < fields.Length; i++) fields[i] = Field(elements.Id, rows[i], i + 1);
        return new TableSpec(elements, fields);
    }

    private static ReleaseFields FieldLists(string id, string parent, List<Release> known)
    {
        string full = $"Data/fields/{id}.csv";
        if (typeof(ReleaseLoader).Assembly.GetManifestResourceInfo(full) is not null) return new ReleaseFields(full, null);
        Release under = known.Find(r => r.Id == parent) ?? throw new FormatException($"{id} is a layer without a parent.");
        return new ReleaseFields($"Data/fields/{id}.delta.csv", under.FieldLists);
    }

    internal static CsvData Read(string name) => CsvData.Read(typeof(ReleaseLoader).Assembly, name);

    private static TableElements[] ElementsOf(string release, CsvData tables)
    {
        var elements = new List<TableElements>();
        for (int i = 0; i < tables.Count; i++)
        {
            DataRow row = tables[i];
            if (!row.Is("release", release)) continue;
            TableId id = TableNames.TryParse(row["table"], out TableId known) ? known : throw new FormatException($"Unknown table {row["table"]}.");
            elements.Add(new TableElements(
                id, row["loaihoso"], row["root_element"], row["list_element"], row["record_element"], row["cardinality"] == "many", row["name_vi"], row["name_en"]));
        }

        return elements.ToArray();
    }

    private static FieldSpec Field(TableId table, FieldRow row, int ordinal)
    {
        if (!FieldId.TryParse(table, row.Name, out FieldId id)) throw new FormatException($"{table.Code()}.{row.Name} has no generated identifier; run the generator.");
        return new FieldSpec(row)
        {
            Id = id,
            Name = id.Name,
            Ordinal = ordinal,
            Kind = Kind(row["type"]),
            MaxLength = Number(row["max_length"]),
            Decimals = Number(row["decimals"]),
            IsList = row["list_separator"].Length > 0,
            Required = row["required"] switch { "always" => Requirement.Always, "conditional" => Requirement.Conditional, _ => Requirement.Optional },
            Pattern = row["pattern"],
            SameAsXml1 = row["same_as_xml1"] == "yes",
        };
    }

    private static FieldKind Kind(string type) => type switch
    {
        "string" => FieldKind.String,
        "code" => FieldKind.Code,
        "code-list" => FieldKind.CodeList,
        "integer" => FieldKind.Integer,
        "decimal" => FieldKind.Decimal,
        "date8" => FieldKind.Date8,
        "datetime12" => FieldKind.DateTime12,
        _ => throw new FormatException($"Unknown field type {type}."),
    };

    private static int? Number(string text) => text.Length == 0 ? null : CsvData.Number(text);

    private static DateOnly? Day(string text) => text.Length == 0 ? null : CsvData.Day(text);
}
