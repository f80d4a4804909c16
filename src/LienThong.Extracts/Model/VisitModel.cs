using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A section of the model.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Name">Name in JSON, e.g. <c>drugs</c>.</param>
/// <param name="IsMany">Whether a visit may have several rows.</param>
/// <param name="Table">Table of the standard the fields are named after; null when there is none.</param>
/// <param name="FileName">Name of its CSV file without ending and of its Excel sheet, e.g. <c>thuoc</c>.</param>
/// <param name="LabelVi">Vietnamese title.</param>
/// <param name="AboutVi">What a row is, in Vietnamese.</param>
/// <param name="Fields">Its fields, in the order of templates.</param>
public sealed record SectionSpec(
    SectionId Id, string Name, bool IsMany, TableId? Table, string FileName, string LabelVi, string AboutVi, IReadOnlyList<VisitFieldSpec> Fields)
{
    /// <summary>Finds a field by its name, whatever the case; null when the section has none of it.</summary>
    public VisitFieldSpec? Find(string name)
    {
        foreach (VisitFieldSpec field in Fields)
        {
            if (string.Equals(field.Name, name, StringComparison.OrdinalIgnoreCase)) return field;
        }

        return null;
    }
}

/// <summary>A field of the model.</summary>
/// <param name="Id">Which one.</param>
/// <param name="Name">Official code where the standard has one, otherwise an English name.</param>
/// <param name="Kind">Kind of value.</param>
/// <param name="IsRequired">Whether a visit without it can't be taken in. What the standard demands beyond that is judged by its rules.</param>
/// <param name="Default">Value used when it is empty; empty when there is none.</param>
/// <param name="LabelVi">Vietnamese name.</param>
/// <param name="AboutVi">What to write, in Vietnamese; may be empty.</param>
/// <param name="Standard">The field of the newest release it is named after; null when the standard has none.</param>
public sealed record VisitFieldSpec(
    VisitField Id, string Name, ValueKind Kind, bool IsRequired, string Default, string LabelVi, string AboutVi, FieldSpec? Standard);

/// <summary>The model of a visit as a hospital system (HIS) hands it over: sections of rows of values. It is data (<c>Data/sections.csv</c>, <c>Data/fields.csv</c>).</summary>
public static class VisitModel
{
    /// <summary>Name and version of the model, as JSON carries it in <c>model</c>. A version only ever gains optional fields.</summary>
    public const string Version = "lienthong-visit/1";

    /// <summary>All sections, by <see cref="SectionId"/>.</summary>
    public static IReadOnlyList<SectionSpec> Sections { get; } = Load();

    /// <summary>A section.</summary>
    public static SectionSpec Of(SectionId section) => Sections[(int)section];

    /// <summary>Finds a section by its JSON name or file name, whatever the case; null when there is none.</summary>
    public static SectionSpec? Find(string name)
    {
        foreach (SectionSpec section in Sections)
        {
            if (string.Equals(section.Name, name, StringComparison.OrdinalIgnoreCase) || string.Equals(section.FileName, name, StringComparison.OrdinalIgnoreCase))
                return section;
        }

        return null;
    }

    private static SectionSpec[] Load()
    {
        var fields = new Dictionary<string, List<DataRow>>(StringComparer.Ordinal);
        CsvData data = CsvData.Read(typeof(VisitModel).Assembly, "Data/fields.csv");
        for (int i = 0; i < data.Count; i++)
        {
            string section = data[i]["section"];
            if (!fields.TryGetValue(section, out List<DataRow>? rows)) fields[section] = rows = [];
            rows.Add(data[i]);
        }

        CsvData sections = CsvData.Read(typeof(VisitModel).Assembly, "Data/sections.csv");
        var all = new SectionSpec[sections.Count];
        for (int i = 0; i < all.Length; i++) all[i] = Section((SectionId)i, sections[i], fields[sections[i]["section"]]);
        return all;
    }

    private static SectionSpec Section(SectionId id, DataRow row, List<DataRow> rows)
    {
        TableId? table = TableNames.TryParse(row["table"], out TableId named) ? named : null;
        var fields = new VisitFieldSpec[rows.Count];
        for (int i = 0; i < fields.Length; i++) fields[i] = Field(new VisitField(id, (byte)i), rows[i], table);
        return new SectionSpec(id, row["section"], row["many"] == "yes", table, row["file"], row["label_vi"], row["about_vi"], fields);
    }

    private static VisitFieldSpec Field(VisitField id, DataRow row, TableId? table)
    {
        string name = row["field"];
        FieldSpec? standard = table is { } t && FieldId.TryParse(t, name, out FieldId field) ? Releases.Newest.Table(t)?.Find(field) : null;
        string label = row["label_vi"].Length > 0 ? row["label_vi"] : standard?.LabelVi ?? name;
        return new VisitFieldSpec(id, name, Kind(row["kind"], name, standard), row["required"] == "always", row["default"], label, row["about_vi"], standard);
    }

    private static ValueKind Kind(string word, string name, FieldSpec? standard)
    {
        if (name == "NGAY_SINH") return ValueKind.Birth;
        return word switch
        {
            "role" => ValueKind.Role,
            "payer" => ValueKind.Payer,
            "string" => ValueKind.Text,
            "code" => ValueKind.Code,
            "integer" => ValueKind.Count,
            "decimal" => ValueKind.Number,
            "date8" => ValueKind.Day,
            "datetime12" => ValueKind.Moment,
            "" => Kind(standard ?? throw new FormatException($"The model names no kind for {name}.")),
            _ => throw new FormatException($"The model has no kind {word}."),
        };
    }

    private static ValueKind Kind(FieldSpec standard) => standard.Kind switch
    {
        FieldKind.Code => standard.IsList ? ValueKind.Codes : ValueKind.Code,
        FieldKind.CodeList => ValueKind.Codes,
        FieldKind.Integer => ValueKind.Count,
        FieldKind.Decimal => ValueKind.Number,
        FieldKind.Date8 => standard.IsList ? ValueKind.Days : ValueKind.Day,
        FieldKind.DateTime12 => ValueKind.Moment,
        _ => ValueKind.Text,
    };
}
