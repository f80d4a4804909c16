using System.Collections.Immutable;
using System.Globalization;
using CsvRow = System.Collections.Generic.Dictionary<string, string>;

namespace LienThong.Standard;

/// <summary>Builds the releases from the embedded data: a full field list per release, or a layer of changes over the parent's.</summary>
internal static class ReleaseLoader
{
    public static ImmutableArray<Release> Load()
    {
        List<CsvRow> releaseRows = Csv.ReadEmbedded("Data/releases.csv");
        ILookup<string, CsvRow> tableRows = Csv.ReadEmbedded("Data/tables.csv").ToLookup(r => r["release"], StringComparer.Ordinal);
        var lists = new Dictionary<string, List<CsvRow>>(StringComparer.Ordinal);
        var releases = ImmutableArray.CreateBuilder<Release>(releaseRows.Count);
        foreach (CsvRow row in releaseRows)
        {
            List<CsvRow> fields = FieldList(row["id"], row["parent"], lists);
            lists[row["id"]] = fields;
            releases.Add(Build(row, [.. tableRows[row["id"]]], fields));
        }

        return releases.MoveToImmutable();
    }

    /// <summary>The merged field list of a release, in official order; also the source of the generated identifiers.</summary>
    public static List<CsvRow> FieldList(string release, string parent, Dictionary<string, List<CsvRow>> lists)
    {
        string full = $"Data/fields/{release}.csv";
        return typeof(ReleaseLoader).Assembly.GetManifestResourceInfo(full) is not null
            ? Csv.ReadEmbedded(full)
            : Layer(lists[parent], Csv.ReadEmbedded($"Data/fields/{release}.delta.csv"), release);
    }

    private static List<CsvRow> Layer(List<CsvRow> parent, List<CsvRow> delta, string release)
    {
        List<CsvRow> fields = parent.ConvertAll(r => new CsvRow(r, StringComparer.Ordinal));
        foreach (CsvRow change in delta)
        {
            int at = fields.FindIndex(f => f["table"] == change["table"] && f["field"] == change["field"]);
            if (at < 0 && change["op"] != "add") throw new FormatException($"{release} changes {change["table"]}.{change["field"]}, which its parent doesn't have.");
            switch (change["op"])
            {
                case "modify":
                    Amend(fields[at], change);
                    break;
                case "rename":
                    Amend(fields[at], change);
                    fields[at]["field"] = change["new_field"];
                    break;
                case "remove":
                    fields.RemoveAt(at);
                    break;
                case "add":
                    fields.Insert(1 + fields.FindIndex(f => f["table"] == change["table"] && f["field"] == change["after"]), Added(change));
                    break;
                default:
                    throw new FormatException($"{release}: unknown operation {change["op"]}.");
            }
        }

        return fields;
    }

    // An empty cell of a layer means "unchanged", a dash means "cleared".
    private static void Amend(CsvRow field, CsvRow change)
    {
        foreach ((string column, string value) in change)
        {
            if (value.Length > 0 && column != "table" && column != "field" && field.ContainsKey(column)) field[column] = value == "-" ? "" : value;
        }
    }

    private static CsvRow Added(CsvRow change)
    {
        var field = new CsvRow(change, StringComparer.Ordinal) { ["ordinal"] = "" };
        return field;
    }

    private static Release Build(CsvRow row, List<CsvRow> tableRows, List<CsvRow> fieldRows)
    {
        var tables = ImmutableArray.CreateBuilder<TableSpec>(tableRows.Count);
        foreach (CsvRow table in tableRows)
        {
            TableId id = Parse(table["table"]);
            tables.Add(new TableSpec(id, Fields(id, fieldRows))
            {
                LoaiHoSo = table["loaihoso"],
                RootElement = table["root_element"],
                ListElement = table["list_element"],
                RecordElement = table["record_element"],
                Many = table["cardinality"] == "many",
                NameVi = table["name_vi"],
                NameEn = table["name_en"],
            });
        }

        return new Release(tables.MoveToImmutable())
        {
            Id = row["id"],
            DecisionNumber = row["decision_number"],
            TrialFrom = Day(row["trial_from"]),
            MandatoryFrom = Day(row["mandatory_from"]),
            SupersededFrom = Day(row["superseded_from"]),
            Parent = row["parent"],
        };
    }

    private static ImmutableArray<FieldSpec> Fields(TableId table, List<CsvRow> rows)
    {
        var fields = ImmutableArray.CreateBuilder<FieldSpec>();
        string code = table.Code();
        foreach (CsvRow row in rows)
        {
            if (row["table"] != code) continue;
            if (!FieldId.TryParse(table, row["field"], out FieldId id)) throw new FormatException($"{code}.{row["field"]} has no generated identifier; run the generator.");
            fields.Add(new FieldSpec
            {
                Id = id,
                Name = id.Name,
                Ordinal = fields.Count + 1,
                Kind = Kind(row["type"]),
                MaxLength = Number(row["max_length"]),
                Decimals = Number(row["decimals"]),
                IsList = row["list_separator"].Length > 0,
                Required = row["required"] switch { "always" => Requirement.Always, "conditional" => Requirement.Conditional, _ => Requirement.Optional },
                RequiredWhen = row["required_when"],
                Pattern = row["pattern"],
                LabelVi = row["label_vi"],
                MeaningEn = row["meaning_en"],
                SameAsXml1 = row["same_as_xml1"] == "yes",
                Confidence = row["confidence"],
            });
        }

        return fields.ToImmutable();
    }

    private static TableId Parse(string code) =>
        TableNames.TryParse(code, out TableId id) ? id : throw new FormatException($"Unknown table {code}.");

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

    private static int? Number(string text) => text.Length == 0 ? null : int.Parse(text, CultureInfo.InvariantCulture);

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
