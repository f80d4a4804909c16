namespace LienThong.Gateway.Intake.Folders;

/// <summary>Something in a folder that is complete.</summary>
/// <param name="Path">Where it lies.</param>
/// <param name="Name">Its name.</param>
/// <param name="Ready">The <c>NAME.ready</c> beside it; null when there is none.</param>
internal sealed record ReadyItem(string Path, string Name, string? Ready);

/// <summary>
/// Looks for files that nobody is writing any more: unchanged in size and time over several looks, or with a <c>NAME.ready</c> beside them.
/// Only what was seen is remembered; after a restart files are looked at anew.
/// </summary>
internal sealed class FolderScan(int stableLooks)
{
    /// <summary>Sub-folder of what is being worked on.</summary>
    public const string Processing = "processing";

    /// <summary>Sub-folder of what was taken.</summary>
    public const string Done = "done";

    /// <summary>Sub-folder of what was not, or not wholly, taken.</summary>
    public const string Failed = "failed";

    private const string ReadyEnding = ".ready";
    private static readonly string[] OwnFolders = [Processing, Done, Failed];
    private static readonly string[] Unfinished = [".tmp", ".part", ".partial", ".filepart", ".crdownload", ReadyEnding];
    private Dictionary<string, (Shape Shape, int Looks)> seen = new(StringComparer.Ordinal);

    /// <summary>What is complete, oldest first.</summary>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder may not be read.</exception>
    public IReadOnlyList<ReadyItem> Look(string folder, IFolderFormat format)
    {
        Dictionary<string, (Shape Shape, int Looks)> now = new(StringComparer.Ordinal);
        List<(ReadyItem Item, DateTime Changed)> ready = [];
        DirectoryInfo top = new(folder);
        IEnumerable<FileSystemInfo> items = format.TakesFolders ? top.EnumerateDirectories() : top.EnumerateFiles();
        foreach (FileSystemInfo item in items)
        {
            if (!IsCandidate(item) || !format.Takes(item.Name) || Measure(item) is not { } shape)
                continue;
            string mark = item.FullName + ReadyEnding;
            bool marked = File.Exists(mark);
            int looks = seen.TryGetValue(item.Name, out (Shape Shape, int Looks) before) && before.Shape == shape ? before.Looks + 1 : 1;
            now[item.Name] = (shape, looks);
            if (marked || (looks >= stableLooks && !IsHeld(item)))
                ready.Add((new ReadyItem(item.FullName, item.Name, marked ? mark : null), shape.Changed));
        }
        seen = now;
        return [.. ready.OrderBy(r => r.Changed).ThenBy(r => r.Item.Name, StringComparer.Ordinal).Select(r => r.Item)];
    }

    // What a link points to may lie anywhere: links are left alone.
    private static bool IsCandidate(FileSystemInfo item) =>
        item.Name[0] != '.' && !item.Name.StartsWith("~$", StringComparison.Ordinal) && !item.Attributes.HasFlag(FileAttributes.ReparsePoint)
        && !IsUnfinished(item.Name) && !(item is DirectoryInfo && Array.IndexOf(OwnFolders, item.Name) >= 0);

    private static bool IsUnfinished(string name) => Array.Exists(Unfinished, e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase));

    // Null when it vanished meanwhile because another node took it, or is a folder in which somebody is still writing.
    private static Shape? Measure(FileSystemInfo item)
    {
        try
        {
            if (item is FileInfo file)
                return new Shape(1, file.Length, file.LastWriteTimeUtc);
            Shape shape = new(0, 0, item.LastWriteTimeUtc);
            foreach (FileInfo inner in ((DirectoryInfo)item).EnumerateFiles())
            {
                if (IsUnfinished(inner.Name))
                    return null;
                shape = new Shape(shape.Files + 1, shape.Bytes + inner.Length, inner.LastWriteTimeUtc > shape.Changed ? inner.LastWriteTimeUtc : shape.Changed);
            }
            return shape.Files == 0 ? null : shape;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    // Where the system tells: somebody has it open for writing.
    private static bool IsHeld(FileSystemInfo item)
    {
        if (item is not FileInfo file)
            return false;
        try
        {
            using FileStream probe = new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            // It can't be read: that is told when it is taken.
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    private readonly record struct Shape(int Files, long Bytes, DateTime Changed);
}
