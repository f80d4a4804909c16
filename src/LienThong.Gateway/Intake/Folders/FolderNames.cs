using System.Text;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Names that files get on their way through a folder.</summary>
internal static class FolderNames
{
    // Room for the id in front and for «.report.json» behind, in what file systems allow (255 bytes).
    private const int MostBytes = 180;
    private const char Mark = '~';

    /// <summary>Name while it is worked on: our id and the name it had.</summary>
    public static string Claim(Guid fileId, string name) => $"{fileId:N}{Mark}{Short(name)}";

    /// <summary>Reads a name that <see cref="Claim"/> made; false for anything else.</summary>
    public static bool TryRead(string claim, out Guid fileId, out string name)
    {
        int at = claim.IndexOf(Mark, StringComparison.Ordinal);
        name = at == 32 ? claim[33..] : "";
        fileId = Guid.Empty;
        return name.Length > 0 && Guid.TryParseExact(claim[..32], "N", out fileId);
    }

    /// <summary>A name that is free in a folder, for the file and for the reports beside it: <c>NAME.xml</c>, then <c>NAME-2.xml</c>.</summary>
    public static string Free(string folder, string name)
    {
        string ending = Path.GetExtension(name);
        string stem = Path.GetFileNameWithoutExtension(name);
        for (int i = 1; ; i++)
        {
            string free = i == 1 ? name : FormattableString.Invariant($"{stem}-{i}{ending}");
            string path = Path.Combine(folder, free);
            if (!Path.Exists(path) && !File.Exists(path + FolderReport.JsonEnding) && !File.Exists(path + FolderReport.TextEnding))
                return free;
        }
    }

    private static string Short(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MostBytes)
            return name;
        string ending = Path.GetExtension(name) is { Length: <= 10 } kept ? kept : "";
        string stem = name[..^ending.Length];
        while (Encoding.UTF8.GetByteCount(stem) + ending.Length > MostBytes)
            stem = char.IsLowSurrogate(stem[^1]) ? stem[..^2] : stem[..^1];
        return stem + ending;
    }
}
