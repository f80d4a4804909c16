namespace LienThong.Extracts;

/// <summary>A visit as the hospital system handed it over: rows of normalised text per section (<see cref="ValueForm"/>), with their places in the source.</summary>
public sealed class Visit
{
    private readonly List<VisitRow>[] sections = new List<VisitRow>[VisitModel.Sections.Count];

    /// <summary>An empty visit.</summary>
    public Visit()
    {
        for (int i = 0; i < sections.Length; i++) sections[i] = [];
    }

    /// <summary>What the values came from, per section: column headers or query columns by field name; empty where names are the model's own.</summary>
    public Dictionary<SectionId, IReadOnlyDictionary<string, string>> Columns { get; } = [];

    /// <summary>The rows of a section.</summary>
    public IReadOnlyList<VisitRow> this[SectionId section] => sections[(int)section];

    /// <summary>The text of a field in the first row of its section; empty when there is none.</summary>
    public string this[VisitField field] => sections[(int)field.Section] is [VisitRow first, ..] ? first[field] : "";

    /// <summary><c>MA_LK</c>: the key of the visit in the hospital system.</summary>
    public string Key => this[VisitFields.Visit.MA_LK];

    /// <summary><c>MA_CSKCB</c>.</summary>
    public string Facility => this[VisitFields.Visit.MA_CSKCB];

    /// <summary>Adds a row to a section.</summary>
    public VisitRow Add(SectionId section, Place place = default)
    {
        var row = new VisitRow(section, place);
        sections[(int)section].Add(row);
        return row;
    }

    /// <summary>The row of a section of one row, which is added when there is none.</summary>
    public VisitRow One(SectionId section, Place place = default) => sections[(int)section] is [VisitRow first, ..] ? first : Add(section, place);
}

/// <summary>Where a row stood.</summary>
/// <param name="File">Name of file, sheet or query; null when the visit came as one document.</param>
/// <param name="Line">Line or row, from 1; 0 when there is none.</param>
public readonly record struct Place(string? File, long Line);

/// <summary>A row of a section.</summary>
public sealed class VisitRow(SectionId section, Place place)
{
    private readonly string?[] values = new string?[VisitModel.Of(section).Fields.Count];

    /// <summary>The section.</summary>
    public SectionId Section => section;

    /// <summary>Where the row stood.</summary>
    public Place Place => place;

    /// <summary>The text of a field; empty when it isn't there.</summary>
    public string this[VisitField field] => values[Own(field)] ?? "";

    /// <summary>Whether a field holds anything.</summary>
    public bool Has(VisitField field) => values[Own(field)] is { Length: > 0 };

    /// <summary>Sets the normalised text of a field.</summary>
    public VisitRow Set(VisitField field, string text)
    {
        values[Own(field)] = text;
        return this;
    }

    private int Own(VisitField field) =>
        field.Section == section ? field.Column : throw new ArgumentException($"{field} is not a field of {section}.", nameof(field));
}
