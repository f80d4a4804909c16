using System.Text;

namespace LienThong.Bench;

/// <summary>The same records for <c>xmllint --schema</c>: their table documents as files of their own, already decoded, one call per table.</summary>
internal sealed class Lint
{
    private const string Schemas = "docs/xsd/QD1931";
    private readonly List<(string Schema, string[] Files)> tables = [];

    /// <summary>Takes the table documents out of packages.</summary>
    /// <param name="packages">Folder with the packages.</param>
    /// <param name="folder">Folder to fill.</param>
    public Lint(string packages, string folder)
    {
        var files = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (string package in Directory.EnumerateFiles(packages, "*.xml").Order(StringComparer.Ordinal))
        {
            foreach (string part in Encoding.UTF8.GetString(File.ReadAllBytes(package)).Split("<FILEHOSO>")[1..])
            {
                string table = Between(part, "LOAIHOSO");
                string own = Path.Combine(folder, table);
                Directory.CreateDirectory(own);
                string file = Path.Combine(own, Path.GetFileName(package));
                File.WriteAllBytes(file, Convert.FromBase64String(Between(part, "NOIDUNGFILE")));
                if (!files.TryGetValue(table, out List<string>? known)) files.Add(table, known = []);
                known.Add(file);
            }
        }

        foreach ((string table, List<string> own) in files) tables.Add((Path.Combine(Schemas, table + ".xsd"), [.. own]));
    }

    /// <summary>True where <c>xmllint</c> is installed.</summary>
    public static bool Present { get; } =
        Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), static folder => File.Exists(Path.Combine(folder, "xmllint")));

    /// <summary>Judges all of them; the seconds of all calls together.</summary>
    public (double Seconds, long Peak) Run()
    {
        double seconds = 0;
        foreach ((string schema, string[] files) in tables) seconds += WholeProcess.Start("xmllint", ["--noout", "--schema", schema, .. files]).Seconds;
        return (seconds, 0);
    }

    private static string Between(string text, string element)
    {
        int from = text.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        return text[from..text.IndexOf($"</{element}>", from, StringComparison.Ordinal)];
    }
}
