using System.Globalization;
using System.Text.RegularExpressions;

namespace LienThong.Standard;

/// <summary>What a line of <c>conversions.csv</c> does with a field.</summary>
internal enum ConversionAction
{
    /// <summary>The value goes under another name.</summary>
    Rename,

    /// <summary>A code becomes another, by list; one that the list doesn't have is dropped.</summary>
    Map,

    /// <summary>Zeros are put in front up to a length.</summary>
    Pad,

    /// <summary>A neutral ending that the standard prescribes is added.</summary>
    Append,

    /// <summary>The first characters stay.</summary>
    Cut,

    /// <summary>A part of the value is written otherwise.</summary>
    Replace,

    /// <summary>The value is taken out because the target release means something else by the field.</summary>
    Drop,

    /// <summary>The value stays and a person is asked to look.</summary>
    Review,

    /// <summary>The target release has no such field; the line only says why.</summary>
    Gone,

    /// <summary>Worked out from other fields (<see cref="Qd4210Amounts"/>).</summary>
    Compute,
}

/// <summary>One line of <c>conversions.csv</c>: what happens to a field between two neighbouring releases.</summary>
internal sealed class ConversionRule
{
    private readonly Dictionary<string, string> codes = new(StringComparer.Ordinal);
    private readonly Regex? condition;
    private readonly int length;

    public ConversionRule(DataRow row)
    {
        Table = TableNames.TryParse(row["table"], out TableId table) ? table : throw new FormatException($"Unknown table {row["table"]}.");
        Name = row["field"];
        Action = Enum.Parse<ConversionAction>(row["action"], ignoreCase: true);
        Target = Field(row["target"].Length > 0 ? row["target"] : Name);
        Source = Name.Length > 0 ? Field(Name) : Target;
        Argument = row["argument"];
        ConditionText = row["condition"];
        condition = ConditionText.Length > 0 ? Pattern(ConditionText) : null;
        Why = row["why_vi"];
        Basis = row["basis"];
        if (Action is ConversionAction.Pad or ConversionAction.Cut) length = CsvData.Number(Argument);
        if (Action != ConversionAction.Map) return;
        foreach (string pair in Argument.Split(';')) codes.Add(pair[..pair.IndexOf('=', StringComparison.Ordinal)], pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);
    }

    private ConversionRule(FieldId source, FieldId target, string basis)
    {
        (Table, Name, Action, Source, Target) = (source.Table, source.Name, ConversionAction.Rename, source, target);
        (Argument, ConditionText, Why, Basis) = ("", "", "đổi tên trường", basis);
    }

    public TableId Table { get; }

    /// <summary>Name of the field in the older coding; empty when the value is worked out of several.</summary>
    public string Name { get; }

    public ConversionAction Action { get; }

    public FieldId Source { get; }

    public FieldId Target { get; }

    /// <summary>Codes, length, ending or formula, as the data has it.</summary>
    public string Argument { get; }

    /// <summary>Which values are meant, as a regular expression; empty for all.</summary>
    public string ConditionText { get; }

    public string Why { get; }

    public string Basis { get; }

    /// <summary>A rename that a release's layer of changes tells.</summary>
    public static ConversionRule Rename(FieldId source, FieldId target, string basis) => new(source, target, basis);

    /// <summary>Applies it to a row; a value that is blank, or that the condition doesn't mean, stays.</summary>
    public void Apply(RowBuilder row, int at, ChangeLog log)
    {
        if (Action is ConversionAction.Gone or ConversionAction.Compute || row[Source] is not { } old) return;
        string text = old.Trim();
        if (text.Length == 0)
        {
            if (Source != Target) Put(row, row[Target] ?? old);
            return;
        }

        if (condition?.IsMatch(text) == false) return;
        switch (Action)
        {
            case ConversionAction.Rename:
                Move(row, at, log, old, old, ChangeKind.Renamed);
                break;
            case ConversionAction.Map when codes.TryGetValue(text, out string? code):
                Move(row, at, log, old, code, code == text && Source != Target ? ChangeKind.Renamed : ChangeKind.Recoded);
                break;
            case ConversionAction.Map or ConversionAction.Drop:
                Put(row, row[Target] is { } kept && Source != Target ? kept : "");
                log.Dropped(Source, Target, at, old, Why, Basis);
                break;
            case ConversionAction.Pad when text.Length < length:
                Move(row, at, log, old, text.PadLeft(length, '0'), ChangeKind.Recoded);
                break;
            case ConversionAction.Append:
                Move(row, at, log, old, text + Argument, ChangeKind.Filled);
                break;
            case ConversionAction.Cut:
                Move(row, at, log, old, text[..length], ChangeKind.Recoded);
                break;
            case ConversionAction.Replace:
                Move(row, at, log, old, condition!.Replace(text, Argument), ChangeKind.Recoded);
                break;
            case ConversionAction.Review:
                log.Moved(ChangeKind.Review, this, Target, at, old, old);
                break;
        }
    }

    // A record that already has the new field keeps it: what the source wrote under the new name is the newer fact.
    private void Move(RowBuilder row, int at, ChangeLog log, string old, string now, ChangeKind kind)
    {
        if (Source != Target && row[Target] is { } there && there.Trim().Length > 0)
        {
            row.Set(Source, null);
            if (there.Trim() != now.Trim()) log.Dropped(Source, Source, at, old, $"hồ sơ đã có sẵn {Target.Name} với giá trị khác", Basis);
            return;
        }

        Put(row, now);
        log.Moved(kind, this, Target, at, old, now);
    }

    private void Put(RowBuilder row, string text)
    {
        if (Source != Target) row.Set(Source, null);
        row.Set(Target, text);
    }

    private FieldId Field(string name) =>
        FieldId.TryParse(Table, name, out FieldId field) ? field : throw new FormatException($"Unknown field {Table.Code()}.{name}.");

    // The patterns of the data need no backtracking, so their time is bounded whatever a value holds.
    private static Regex Pattern(string text) => new(text, RegexOptions.NonBacktracking | RegexOptions.CultureInvariant, TimeSpan.FromSeconds(10));

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Source} {Action}");
}
