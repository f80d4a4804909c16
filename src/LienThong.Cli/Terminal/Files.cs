using LienThong.Gateway.Archive;

namespace LienThong.Cli.Terminal;

/// <summary>Finds and reads what a command line names.</summary>
internal static class Files
{
    /// <summary>
    /// The files meant by paths: a file is itself, a folder is every <c>*.xml</c> below it, sorted by name.
    /// What can't be reached stands in the result with its trouble.
    /// </summary>
    public static List<FoundFile> Walk(IReadOnlyList<string> paths)
    {
        var found = new List<FoundFile>(paths.Count);
        foreach (string path in paths)
        {
            if (!Directory.Exists(path))
            {
                found.Add(new FoundFile(path, File.Exists(path) ? null : "không tìm thấy tệp hoặc thư mục này"));
                continue;
            }

            WalkFolder(path, found);
        }

        return found;
    }

    /// <summary>Reads a file whole.</summary>
    /// <exception cref="CommandFailure">It can't be read.</exception>
    public static byte[] ReadAll(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            throw CommandFailure.Io($"{path}: {Explain(e)}");
        }
    }

    /// <summary>The password in a file, without the line end that editors leave.</summary>
    /// <exception cref="CommandFailure">It can't be read.</exception>
    public static string ReadPassword(string path)
    {
        string text = System.Text.Encoding.UTF8.GetString(ReadAll(path)).TrimStart('\uFEFF');
        if (text.EndsWith('\n')) text = text[..^1];
        return text.EndsWith('\r') ? text[..^1] : text;
    }

    /// <summary>Writes a file whole: it is there completely or not at all.</summary>
    /// <exception cref="CommandFailure">It can't be written.</exception>
    public static void WriteAll(string path, byte[] bytes) => WriteAll(path, [bytes]);

    /// <summary>Writes a file whole out of pieces: it is there completely or not at all.</summary>
    /// <exception cref="CommandFailure">It can't be written.</exception>
    public static void WriteAll(string path, IReadOnlyList<ReadOnlyMemory<byte>> pieces)
    {
        string part = $"{path}.{Environment.ProcessId}.part";
        try
        {
            using (FileStream stream = File.Create(part))
            {
                foreach (ReadOnlyMemory<byte> piece in pieces) stream.Write(piece.Span);
            }

            File.Move(part, path, overwrite: true);
        }
        catch (Exception e) when (IsTrouble(e))
        {
            try
            {
                File.Delete(part);
            }
            catch (Exception again) when (IsTrouble(again))
            {
                // The first trouble is the one to tell.
            }

            throw CommandFailure.Io($"không ghi được {path}: {Explain(e)}");
        }
    }

    /// <summary>Trouble that a file system may cause.</summary>
    public static bool IsTrouble(Exception e) => e is IOException or UnauthorizedAccessException or System.Security.SecurityException;

    /// <summary>The trouble in words.</summary>
    public static string Explain(Exception e) => e switch
    {
        ArchiveUnavailableException => $"kho lưu trữ tạm thời không dùng được, thử lại sau ({e.Message})",
        FileNotFoundException or DirectoryNotFoundException => "không tìm thấy tệp hoặc thư mục này",
        UnauthorizedAccessException or System.Security.SecurityException => "không có quyền truy cập",
        _ => $"không truy cập được ({e.Message})",
    };

    private static void WalkFolder(string folder, List<FoundFile> found)
    {
        try
        {
            // The framework's own matching without case loads the tables of all cultures, which takes longer than a hundred files.
            string[] files = Directory.GetFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = false });
            Array.Sort(files, StringComparer.Ordinal);
            int before = found.Count;
            foreach (string file in files)
            {
                if (file.EndsWith(".xml", StringComparison.OrdinalIgnoreCase)) found.Add(new FoundFile(file, null));
            }

            if (found.Count == before) found.Add(new FoundFile(folder, "thư mục không có tệp .xml nào"));
        }
        catch (Exception e) when (IsTrouble(e))
        {
            found.Add(new FoundFile(folder, Explain(e)));
        }
    }
}

/// <summary>A file to work on.</summary>
/// <param name="Path">As the person named it, or below the folder named.</param>
/// <param name="Trouble">Why it can't be read, in Vietnamese; null when nothing is known against it.</param>
internal sealed record FoundFile(string Path, string? Trouble);
