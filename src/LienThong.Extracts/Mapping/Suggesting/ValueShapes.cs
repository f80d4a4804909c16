using System.Globalization;
using System.Text.RegularExpressions;

namespace LienThong.Extracts;

/// <summary>What the values of a column look like.</summary>
internal sealed partial class ValueShapes(IReadOnlyList<string> values)
{
    private static readonly string[] OtherDays =
        ["MM/dd/yyyy HH:mm", "MM/dd/yyyy HH:mm:ss", "M/d/yyyy h:mm:ss tt", "MM/dd/yyyy", "M/d/yyyy", "yyyy/MM/dd HH:mm", "yyyy/MM/dd HH:mm:ss", "yyyy/MM/dd", "dd.MM.yyyy HH:mm", "dd.MM.yyyy", "MMM d yyyy h:mmtt", "dd/MM/yy", "HH:mm dd/MM/yyyy"];

    /// <summary>Values that aren't empty.</summary>
    public IReadOnlyList<string> Values { get; } = [.. values.Select(v => v.Trim()).Where(v => v.Length > 0)];

    /// <summary>Whether the values look like what a field holds; null when that can't be told.</summary>
    public bool? Fits(VisitFieldSpec field, NumberForm numbers)
    {
        if (Values.Count == 0) return null;
        if (Pattern(field) is { } pattern) return Share(pattern.IsMatch) >= 0.9;
        return field.Kind switch
        {
            ValueKind.Moment or ValueKind.Day or ValueKind.Days or ValueKind.Birth => IsNormal(field, numbers) || Format() is not null,
            ValueKind.Number or ValueKind.Count => IsNormal(field, numbers) || IsNormal(field, NumberForm.Comma),
            ValueKind.Code => Share(v => v.Length <= Math.Max(field.Standard?.MaxLength ?? 100, 12) + 20 && !v.Contains('\n', StringComparison.Ordinal)) >= 0.9,
            _ => null,
        };
    }

    /// <summary>The field that values of their own accord point at, whatever the header says; null when they point at none.</summary>
    public VisitField? Points()
    {
        if (Values.Count < 3) return null;
        if (Share(Card().IsMatch) >= 0.95) return VisitFields.Cards.MA_THE_BHYT;
        if (Share(Icd().IsMatch) >= 0.95) return VisitFields.Diagnoses.MA_BENH;
        return Share(Citizen().IsMatch) >= 0.95 ? VisitFields.Patient.SO_CCCD : null;
    }

    /// <summary>The unusual form that all values are days in; null when they are in the usual ones, or none.</summary>
    public string? Format()
    {
        if (Values.Count == 0 || Share(v => ValueForm.TryNormalise(ValueKind.Birth, v, NumberForm.Point, out _) is null) >= 0.95) return null;
        return OtherDays.FirstOrDefault(f => Share(v => DateTime.TryParseExact(v, f, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out _)) >= 0.95);
    }

    /// <summary>Whether numbers are written with a comma before decimals.</summary>
    public bool HasComma() =>
        Values.Count > 0 && Share(v => ValueForm.TryNormalise(ValueKind.Number, v, NumberForm.Comma, out _) is null) >= 0.95
        && Values.Any(v => v.Contains(',', StringComparison.Ordinal) && ValueForm.TryNormalise(ValueKind.Number, v, NumberForm.Point, out _) is not null);

    /// <summary>The words for man, woman and unknown that the values are, with their codes; null when they are something else.</summary>
    public IReadOnlyDictionary<string, string>? Sexes()
    {
        var sexes = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string value in Values.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            string? code = FoldedName.Of(value) switch
            {
                "NAM" or "M" or "MALE" or "TRAI" => "1",
                "NU" or "F" or "FEMALE" or "GAI" => "2",
                "KHAC" or "KHONGRO" or "CHUAXACDINH" or "UNKNOWN" => "3",
                _ => null,
            };
            if (code is null) return null;
            sexes[value] = code;
        }

        return sexes.Count == 0 ? null : sexes;
    }

    private static Regex? Pattern(VisitFieldSpec field) => field.Name switch
    {
        "MA_THE_BHYT" => Card(),
        "MA_CSKCB" or "MA_DKBD" or "MA_NOI_DI" or "MA_NOI_DEN" => Facility(),
        "SO_CCCD" => Citizen(),
        "MA_BENH" => Icd(),
        _ => null,
    };

    private bool IsNormal(VisitFieldSpec field, NumberForm numbers) => Share(v => ValueForm.TryNormalise(field.Kind, v, numbers, out _) is null) >= 0.9;

    private double Share(Func<string, bool> holds) => Values.Count(holds) / (double)Values.Count;

    [GeneratedRegex("^[A-Z]{2}[0-9]{13}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Card();

    [GeneratedRegex("^[A-Z][0-9]{2}(\\.[0-9]{1,2})?[*+†]?([;,] ?[A-Z][0-9]{2}(\\.[0-9]{1,2})?[*+†]?)*$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Icd();

    [GeneratedRegex("^([0-9]{12}|[0-9]{9})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Citizen();

    [GeneratedRegex("^[0-9]{5}$", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Facility();
}
