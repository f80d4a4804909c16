using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What an adjustment of the field lists says.</summary>
internal enum ParameterKind
{
    /// <summary>The field repeats a field of XML1; the argument names it, <c>name*</c> when one item of a list must equal it.</summary>
    Same,

    /// <summary>Editions differ in the length: block above the argument, warn above the release's own.</summary>
    Length,

    /// <summary>A rule of its own tells of a text that is too long; the argument is its code.</summary>
    LengthRule,

    /// <summary>Severity when the field is empty, instead of the release's; <c>none</c> when a rule of its own judges it.</summary>
    Empty,

    /// <summary>The form a code must have, instead of the release's.</summary>
    Form,
}

/// <summary>An adjustment of the field lists of the releases, as data with dates: where portal and decision differ.</summary>
internal sealed record Parameter(
    FieldId Field, ParameterKind Kind, string Argument, Severity? Severity, DateOnly From, DateOnly? To)
{
    public static List<Parameter> All { get; } = Load();

    public bool AppliesOn(DateOnly day) => day >= From && (To is not { } to || day <= to);

    private static List<Parameter> Load()
    {
        var all = new List<Parameter>();
        CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, "Data/parameters.csv");
        for (int i = 0; i < file.Count; i++)
        {
            DataRow row = file[i];
            ParameterKind kind = KindOf(row["kind"]);
            if (!TableNames.TryParse(row["table"], out TableId table)) throw new FormatException($"Unknown table {row["table"]}.");
            foreach (string name in row["fields"].Split(' '))
            {
                if (!FieldId.TryParse(table, name, out FieldId field)) throw new FormatException($"Unknown field {row["table"]}.{name}.");
                Severity? severity = row["severity"] is "" or "none" ? null : RuleCatalogue.Weight(row["severity"]);
                string argument = kind == ParameterKind.Same && row["argument"].Length == 0 ? name : row["argument"];
                all.Add(new Parameter(field, kind, argument, severity, Day(row["from"]) ?? DateOnly.MinValue, Day(row["to"])));
            }
        }

        return all;
    }

    private static ParameterKind KindOf(string text) => text switch
    {
        "Same" => ParameterKind.Same,
        "Length" => ParameterKind.Length,
        "LengthRule" => ParameterKind.LengthRule,
        "Empty" => ParameterKind.Empty,
        "Form" => ParameterKind.Form,
        _ => throw new FormatException($"Unknown kind of parameter {text}."),
    };

    private static DateOnly? Day(string text) =>
        text.Length == 0 ? null : CsvData.Day(text);
}
