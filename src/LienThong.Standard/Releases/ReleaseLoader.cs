using System.Collections.Immutable;

namespace LienThong.Standard;

/// <summary>
/// Builds the releases from the embedded data: a full field list per release, or a layer of changes over the parent's.
/// Field lists are read when a release is first asked for its tables; judging one record needs few of them.
/// </summary>
internal static class ReleaseLoader
{
    public static ImmutableArray<Release> Load()
    {
        List<CsvRow> tables = Csv.ReadEmbedded("Data/tables.csv");
        var releases = new List<Release>();
        foreach (CsvRow row in Csv.ReadEmbedded("Data/releases.csv"))
        {
            string id = row["id"];
            Release? parent = releases.Find(r => r.Id == row["parent"]);
            releases.Add(new Release(ElementsOf(id, tables), () => FieldList(id, parent?.FieldRows))
            {
                Id = id,
                DecisionNumber = row["decision_number"],
                TrialFrom = Day(row["trial_from"]),
                MandatoryFrom = Day(row["mandatory_from"]),
                SupersededFrom = Day(row["superseded_from"]),
                Parent = row["parent"],
            });
        }

        return [.. releases];
    }

    /// <summary>The merged field list of a release, in official order; also the source of the generated identifiers.</summary>
    public static List<CsvRow> FieldList(string release, List<CsvRow>? parent)
    {
        string full = $"Data/fields/{release}.csv";
        if (typeof(ReleaseLoader).Assembly.GetManifestResourceInfo(full) is not null) return Csv.ReadEmbedded(full);
        return Layer(parent ?? throw new FormatException($"{release} is a layer without a parent."), Csv.ReadEmbedded($"Data/fields/{release}.delta.csv"), release);
    }

    /// <summary>A table of a release, made of its elements and its part of the field list.</summary>
    public static TableSpec Table(TableElements elements, List<CsvRow> rows)
    {
        string code = elements.Id.Code();
        var fields = ImmutableArray.CreateBuilder<FieldSpec>();
        foreach (CsvRow row in rows)
        {
            if (row["table"] == code) fields.Add(Field(elements.Id, row, fields.Count + 1));
        }

        return new TableSpec(elements, fields.ToImmutable());
    }

    private static List<CsvRow> Layer(List<CsvRow> parent, List<CsvRow> delta, string release)
    {
        List<CsvRow> fields = parent.ConvertAll(r => r.Copy());
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
                    int after = fields.FindIndex(f => f["table"] == change["table"] && f["field"] == change["after"]);
                    fields.Insert(after + 1, change.Under([.. fields[0].Header]));
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
        foreach (string column in change.Header)
        {
            string value = change[column];
            if (value.Length > 0 && column is not ("table" or "field") && field.Has(column)) field[column] = value == "-" ? "" : value;
        }
    }

    private static TableElements[] ElementsOf(string release, List<CsvRow> tables)
    {
        var elements = new List<TableElements>();
        foreach (CsvRow row in tables)
        {
            if (row["release"] != release) continue;
            TableId id = TableNames.TryParse(row["table"], out TableId known) ? known : throw new FormatException($"Unknown table {row["table"]}.");
            elements.Add(new TableElements(
                id, row["loaihoso"], row["root_element"], row["list_element"], row["record_element"], row["cardinality"] == "many", row["name_vi"], row["name_en"]));
        }

        return elements.ToArray();
    }

    private static FieldSpec Field(TableId table, CsvRow row, int ordinal)
    {
        if (!FieldId.TryParse(table, row["field"], out FieldId id)) throw new FormatException($"{table.Code()}.{row["field"]} has no generated identifier; run the generator.");
        return new FieldSpec
        {
            Id = id,
            Name = id.Name,
            Ordinal = ordinal,
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

    private static int? Number(string text) => text.Length == 0 ? null : Digits(text);

    private static DateOnly? Day(string text) =>
        text.Length == 0 ? null : new DateOnly(Digits(text.AsSpan(0, 4)), Digits(text.AsSpan(5, 2)), Digits(text.AsSpan(8, 2)));

    // Parsing by the framework would load the culture data, which costs more than reading all releases.
    private static int Digits(ReadOnlySpan<char> text)
    {
        int number = 0;
        foreach (char c in text) number = char.IsAsciiDigit(c) ? (number * 10) + (c - '0') : throw new FormatException("The standard's data holds something else than a number.");
        return number;
    }
}
