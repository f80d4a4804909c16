namespace LienThong.Extracts;

/// <summary>How the tables of a hospital system become visits. Immutable and thread-safe.</summary>
/// <remarks>Written in YAML, which <c>docs/his-integration.md</c> describes.</remarks>
public sealed record ExtractMapping
{
    /// <summary>The mapping used when none is given: files are called as the model calls its sections, columns as it calls its fields.</summary>
    public static readonly ExtractMapping ByName = new();

    /// <summary>Name for people; may be empty.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>MA_CSKCB</c> of visits that don't carry one; empty when they have to.</summary>
    public string Facility { get; init; } = "";

    /// <summary>How numbers are written in text.</summary>
    public NumberForm Numbers { get; init; } = NumberForm.Point;

    /// <summary>Column with the key of the visit (<c>MA_LK</c>), where a source doesn't name another.</summary>
    public string Key { get; init; } = "MA_LK";

    /// <summary>The sources, in the order their rows are joined; the first that feeds <see cref="SectionId.Visit"/> says which visits there are. Empty: by name.</summary>
    public IReadOnlyList<SourceMapping> Sources { get; init; } = [];

    /// <summary>Reads a mapping. Never throws because of its content.</summary>
    public static MappingLoad Load(string yaml) => new MappingReader(yaml).Read();

    /// <summary>The mapping of a source; null when it isn't mentioned. Sources are found by name without ending, accents, case and punctuation.</summary>
    public SourceMapping? Find(string name)
    {
        string wanted = FoldedName.FileName(name);
        foreach (SourceMapping source in Sources)
        {
            if (FoldedName.FileName(source.Name) == wanted) return source;
        }

        return null;
    }
}

/// <summary>What came of reading a mapping.</summary>
/// <param name="Mapping">The mapping; null when it has mistakes: half a mapping is never used.</param>
/// <param name="Errors">Its mistakes, in the order of the file.</param>
public sealed record MappingLoad(ExtractMapping? Mapping, IReadOnlyList<MappingError> Errors);

/// <summary>A mistake in a mapping.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong and what is expected, in Vietnamese.</param>
public sealed record MappingError(int Line, int Column, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"dòng {Line}, cột {Column}: {Message}";
}

/// <summary>How the rows of a file, sheet or query become rows of sections.</summary>
/// <param name="Name">Its name, with or without ending.</param>
public sealed record SourceMapping(string Name)
{
    /// <summary>Form of the CSV file, where it isn't found out.</summary>
    public CsvForm Form { get; init; } = new();

    /// <summary>Column with the key of the visit; null: the mapping's.</summary>
    public string? Key { get; init; }

    /// <summary>How numbers are written in its text; null: as the mapping says.</summary>
    public NumberForm? Numbers { get; init; }

    /// <summary>Columns that nobody needs.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What a row becomes: each part may make rows of one section.</summary>
    public IReadOnlyList<SectionMapping> Parts { get; init; } = [];

    /// <summary>Whether columns are left unmentioned by mistake (a mapping by name) or on purpose (one that somebody wrote).</summary>
    public bool IsByName { get; init; }
}

/// <summary>How a row of a source becomes rows of a section.</summary>
/// <param name="Section">The section.</param>
/// <param name="Fields">Its fields.</param>
public sealed record SectionMapping(SectionSpec Section, IReadOnlyList<FieldMapping> Fields)
{
    /// <summary>Conditions that all have to hold for the row to belong here.</summary>
    public IReadOnlyList<WhenMapping> When { get; init; } = [];

    /// <summary>Number of groups of columns, numbered by <c>{n}</c> from 1, each of which makes a row; 1 when the columns aren't numbered.</summary>
    public int Groups { get; init; } = 1;
}

/// <summary>A condition on a row.</summary>
/// <param name="Column">The column.</param>
/// <param name="Values">Values, compared without case; <c>*</c> is anything, an empty text nothing.</param>
public sealed record WhenMapping(string Column, IReadOnlyList<string> Values);

/// <summary>Where the value of a field comes from.</summary>
/// <param name="Field">The field.</param>
public sealed record FieldMapping(VisitFieldSpec Field)
{
    /// <summary>Columns; several are joined with <see cref="With"/>, leaving empty ones out. Empty for a constant.</summary>
    public IReadOnlyList<string> Columns { get; init; } = [];

    /// <summary>What stands between several columns.</summary>
    public string With { get; init; } = "";

    /// <summary>The same value for every row; null when it comes from columns.</summary>
    public string? Constant { get; init; }

    /// <summary>Values of the source and what they mean; a value that isn't among them, and isn't one of the meanings, is a mistake.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Meaning of every value not among <see cref="Values"/>; null: a mistake.</summary>
    public string? Other { get; init; }

    /// <summary>Value when the columns are empty; null: stays empty.</summary>
    public string? Default { get; init; }

    /// <summary>Forms of days and moments (.NET custom formats) beside the usual ones.</summary>
    public IReadOnlyList<string> Formats { get; init; } = [];

    /// <summary>What separates the items of a list in the column; null: <c>;</c>.</summary>
    public string? Separator { get; init; }

    /// <summary>What separates items of which each makes a row of its own; null: the value is one.</summary>
    public string? Split { get; init; }

    /// <summary>Length up to which zeros are put before a code that lost them; 0: none.</summary>
    public int Pad { get; init; }

    /// <summary>Whether <c>code · words</c>, as the Excel template's lists offer it, means the code.</summary>
    public bool IsOffered { get; init; }
}
