namespace LienThong.Portal.Channels;

/// <summary>
/// Says whether a path is below the one folder a server lets channels use, links included. That is so at the moment of asking; <see cref="PinnedFolder"/> makes it
/// hold until the file is there.
/// </summary>
internal static class FolderFence
{
    private const int MostLinks = 40;
    private static readonly StringComparison Names = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    /// <summary>A Vietnamese sentence when a channel mustn't use a folder; null when it may.</summary>
    /// <param name="folder">The folder, absolute; it needn't exist.</param>
    /// <param name="root">The folder that channels are kept in; null for anywhere.</param>
    public static string? Problem(string folder, string? root)
    {
        if (root is null)
            return null;
        if (folder.Split('/', '\\').Contains("..", StringComparer.Ordinal))
            return $"Thư mục «{folder}» có «..»; ghi đường dẫn đầy đủ, không có «..»";
        string allowed = Path.GetFullPath(root);
        if (!IsWithin(Path.GetFullPath(folder), allowed))
            return $"Thư mục «{folder}» nằm ngoài {allowed}, nơi máy chủ cho phép kênh thư mục; chọn thư mục bên trong, hoặc nhờ quản trị máy chủ đổi --channel-folders";
        if (Real(folder, MostLinks) is not { } real || Real(allowed, MostLinks) is not { } realRoot || !IsWithin(real, realRoot))
            return $"Thư mục «{folder}» đi qua liên kết dẫn ra ngoài {allowed}; bỏ liên kết hoặc chọn thư mục khác";
        return null;
    }

    /// <summary>Whether a path without links is really below the folder.</summary>
    public static bool Holds(string real, string root) => Real(root, MostLinks) is { } realRoot && IsWithin(real, realRoot);

    private static bool IsWithin(string path, string root)
    {
        (path, root) = (Path.TrimEndingDirectorySeparator(path), Path.TrimEndingDirectorySeparator(root));
        return path.Equals(root, Names) || path.StartsWith(Path.EndsInDirectorySeparator(root) ? root : root + Path.DirectorySeparatorChar, Names);
    }

    /// <summary>The path with every link on the way followed; null when the links never end.</summary>
    private static string? Real(string path, int links)
    {
        path = Path.GetFullPath(path);
        string current = Path.GetPathRoot(path)!;
        string[] parts = path[current.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries);
        for (int i = 0; i < parts.Length; i++)
        {
            string next = Path.Combine(current, parts[i]);
            if (new DirectoryInfo(next).LinkTarget is { } target)
                return links == 0 ? null : Real(Path.Combine([current, target, .. parts[(i + 1)..]]), links - 1);
            current = next;
        }
        return current;
    }
}
