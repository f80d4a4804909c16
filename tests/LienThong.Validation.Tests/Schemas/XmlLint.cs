using System.Diagnostics;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>A test that needs <c>xmllint</c>: skipped where it is missing, but failing there when <c>CI=true</c>.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class XmlLintTheoryAttribute : TheoryAttribute
{
    public XmlLintTheoryAttribute()
    {
        if (!XmlLint.Present && Environment.GetEnvironmentVariable("CI") != "true") Skip = "xmllint is not installed (apt-get install libxml2-utils)";
    }
}

/// <summary>Holds documents against the checked-in schemas with <c>xmllint</c>, many in one call.</summary>
internal sealed class XmlLint : IDisposable
{
    internal static readonly bool Present = Array.Exists(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), static folder => File.Exists(Path.Combine(folder, "xmllint")));

    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-xsd-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>What it says of each document, in order; empty for valid ones.</summary>
    public string[] Judge(string release, string schema, IReadOnlyList<string> documents)
    {
        for (int i = 0; i < documents.Count; i++) File.WriteAllText(Path.Combine(folder, $"{i}.xml"), documents[i]);
        return Judge(release, schema, documents.Count);
    }

    /// <summary>What it says of one document, byte by byte as given.</summary>
    public string Judge(string release, string schema, byte[] document)
    {
        File.WriteAllBytes(Path.Combine(folder, "0.xml"), document);
        return Judge(release, schema, 1)[0];
    }

    private string[] Judge(string release, string schema, int count)
    {
        string xsd = Path.Combine(Repository.Root, "docs", "xsd", release, schema + ".xsd");
        using Process process = Process.Start(new ProcessStartInfo("xmllint", ["--noout", "--nonet", "--schema", xsd, .. Enumerable.Range(0, count).Select(i => $"{i}.xml")])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardError = true,
        })!;
        string[] said = Enumerable.Repeat("no answer", count).ToArray();
        var complaints = new List<string>[count];
        while (process.StandardError.ReadLine() is { } line) Take(line, said, complaints);
        process.WaitForExit();
        return said;
    }

    private static void Take(string line, string[] said, List<string>[] complaints)
    {
        int end = line.IndexOf(".xml", StringComparison.Ordinal);
        if (end < 0 || !int.TryParse(line.AsSpan(0, end), out int document)) return;
        string rest = line[(end + 4)..];
        if (rest == " validates") said[document] = "";
        else if (rest == " fails to validate" || rest.Contains("parser error", StringComparison.Ordinal)) said[document] = string.Join(" | ", [.. complaints[document] ?? [], rest]);
        else if (rest.StartsWith(':')) (complaints[document] ??= []).Add(rest);
    }
}
