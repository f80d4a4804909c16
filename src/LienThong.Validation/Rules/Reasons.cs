using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Why a broken rule matters to the facility: told per family of codes and severity, as data (<c>Data/why.csv</c>).</summary>
public static class Reasons
{
    private static readonly List<(string Prefix, Severity Severity, string Text)> All = Load();

    /// <summary>The reason in Vietnamese, never empty: the one for the longest beginning of the code, else the one for the severity.</summary>
    public static string Why(string code, Severity severity)
    {
        (string Prefix, Severity Severity, string Text)? best = null;
        foreach ((string Prefix, Severity Severity, string Text) reason in All)
        {
            if (reason.Severity != severity || !code.StartsWith(reason.Prefix, StringComparison.Ordinal)) continue;
            if (best is not { } known || reason.Prefix.Length > known.Prefix.Length) best = reason;
        }

        return best!.Value.Text;
    }

    private static List<(string Prefix, Severity Severity, string Text)> Load()
    {
        CsvData file = CsvData.Read(typeof(RuleCatalogue).Assembly, "Data/why.csv");
        var all = new List<(string, Severity, string)>(file.Count);
        for (int i = 0; i < file.Count; i++) all.Add((file[i]["prefix"], RuleCatalogue.Weight(file[i]["severity"]), file[i]["why_vi"]));
        return all;
    }
}
