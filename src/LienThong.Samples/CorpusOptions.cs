using System.Text.Json.Serialization;

namespace LienThong.Samples;

/// <summary>How large a corpus is and what it is mixed of.</summary>
public sealed record CorpusOptions
{
    /// <summary>Seed, facility and days of the records.</summary>
    public SampleOptions Samples { get; init; } = new();

    /// <summary>Number of files; from 1.</summary>
    public int Files { get; init; } = 1;

    /// <summary>Records per file; from 1. The portal takes one per file.</summary>
    public int RecordsPerFile { get; init; } = 1;

    /// <summary>Inpatient records in a thousand. The default gives 115 KB per record: 1 200 records are 138 MB.</summary>
    public int InpatientPerMille { get; init; } = 130;

    /// <summary>Long stays in a thousand.</summary>
    public int LongStayPerMille { get; init; }

    /// <summary>Records with one known error in a thousand.</summary>
    public int ErrorPerMille { get; init; }

    /// <summary>Write the facility's code lists beside the records, and break records also in ways that only those lists show.</summary>
    public bool WithLists { get; init; }

    /// <summary>Break records also in ways that only show beside another record of the corpus: a fifth of the broken ones.</summary>
    public bool WithPairs { get; init; }

    /// <summary><c>NGAYLAP</c>; null means the day after the last discharge.</summary>
    public DateOnly? CreatedOn { get; init; }
}

/// <summary>What a broken record of a corpus must be reported for: one line of the answer key.</summary>
/// <param name="File">Name of the file.</param>
/// <param name="Hoso">Position of the record in its file, from 0.</param>
/// <param name="MA_LK">The record's key.</param>
/// <param name="Code">The rule that must report it.</param>
/// <param name="Also">Rules that may report it as well.</param>
/// <param name="Error">Name of the injected error.</param>
/// <param name="Table">The table, e.g. <c>XML3</c>.</param>
/// <param name="Row">Position of the row from 1; null when the table is meant.</param>
/// <param name="Field">The field; null when the row or table is meant.</param>
public sealed record Answer(string File, int Hoso, [property: JsonPropertyName("MA_LK")] string MA_LK, string Code, IReadOnlyList<string> Also, string Error, string Table, int? Row, string? Field)
{
    /// <summary><c>MA_LK</c> of the other record that makes the error; null when the record is wrong by itself.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Beside { get; init; }
}
