using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>Settings of watched folders: see, add, change, try, remove.</summary>
public sealed class FolderDesk
{
    private const int LongestName = 100;
    private const int LongestPath = 1000;
    private readonly Database database;
    private readonly WatchedFolderStore store;
    private readonly FacilitySettings facilities;
    private readonly IReadOnlyList<IFolderFormat> formats;
    private readonly FolderOptions options;
    private readonly string dataFolder;

    internal FolderDesk(
        Database database, WatchedFolderStore store, FacilitySettings facilities, IEnumerable<IFolderFormat> formats, FolderOptions options, string dataFolder)
    {
        (this.database, this.store, this.facilities, this.options) = (database, store, facilities, options);
        this.formats = [.. formats];
        this.dataFolder = Path.GetFullPath(dataFolder);
    }

    /// <summary>Kinds that can be watched.</summary>
    public IReadOnlyList<FolderKind> Kinds => [.. formats.Select(f => f.Kind).Order()];

    /// <summary>Folders of the caller's facilities.</summary>
    public async Task<IReadOnlyList<WatchedFolder>> ListAsync(Caller caller, CancellationToken ct) => await store.ListAsync(caller, ct);

    /// <summary>One folder; null when unknown or out of scope.</summary>
    public async Task<WatchedFolder?> FindAsync(Caller caller, Guid id, CancellationToken ct) => (await store.ListAsync(caller, ct)).Find(f => f.Id == id);

    /// <summary>What was taken out of a folder, newest first; empty when it is unknown or out of scope.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="id">The folder.</param>
    /// <param name="take">How many, at most 500.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IReadOnlyList<FolderFile>> FilesAsync(Caller caller, Guid id, int take, CancellationToken ct) =>
        await store.FilesAsync(caller, id, Math.Clamp(take, 1, 500), ct);

    /// <summary>Adds a folder, or changes one.</summary>
    /// <param name="caller">Needs <see cref="Permissions.Operate"/>.</param>
    /// <param name="id">The folder; null to add one.</param>
    /// <param name="draft">Its settings; the facility of a folder can't be changed.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<FolderChange> SaveAsync(Caller caller, Guid? id, FolderDraft draft, CancellationToken ct)
    {
        if (!caller.May(Permissions.Operate))
            return new FolderChange(false, "Tài khoản của bạn không được làm việc này.", null);
        draft = draft with { Name = draft.Name.Trim(), Path = draft.Path.Trim(), Mapping = draft.Mapping.Trim() };
        if (id is { } known && await FindAsync(caller, known, ct) is not { } before)
            return Missing();
        else if (id is { } changed)
            draft = draft with { Facility = (await FindAsync(caller, changed, ct))!.Facility };
        if (await facilities.FindAsync(caller, draft.Facility, ct) is null)
            return new FolderChange(false, "Cơ sở chưa được khai báo hoặc không thuộc quyền của bạn.", null);
        if (draft.Name.Length is 0 or > LongestName)
            return new FolderChange(false, $"Ghi tên thư mục, tối đa {LongestName} ký tự.", null);
        if (formats.All(f => f.Kind != draft.Kind))
            return new FolderChange(false, "Loại tệp này chưa dùng được ở thư mục theo dõi.", null);
        if (Wrong(draft.Path) is { } wrong)
            return new FolderChange(false, wrong, null);
        draft = draft with { Path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(draft.Path)) };
        Guid saved = id ?? Guid.CreateVersion7(database.Time.GetUtcNow());
        await using WriteSession session = await database.BeginAsync(ct);
        if ((await WatchedFolderStore.AllAsync(session, ct)).Exists(f => f.Id != saved && Overlap(f.Path, draft.Path)))
            return new FolderChange(false, "Thư mục này, hoặc thư mục chứa nó, đã được theo dõi.", null);
        await WatchedFolderStore.SaveAsync(session, saved, draft, caller.Name, ct);
        session.Audit(draft.Facility, caller.Name, id is null ? "folder.added" : "folder.changed", saved.ToString(), $"{draft.Kind} {draft.Path} {(draft.Active ? "on" : "off")}");
        await session.CommitAsync(ct);
        return new FolderChange(true, "", saved);
    }

    /// <summary>Stops watching a folder and forgets it; files stay where they are.</summary>
    public async Task<FolderChange> RemoveAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (!caller.May(Permissions.Operate))
            return new FolderChange(false, "Tài khoản của bạn không được làm việc này.", null);
        if (await FindAsync(caller, id, ct) is not { } folder)
            return Missing();
        await using WriteSession session = await database.BeginAsync(ct);
        await WatchedFolderStore.RemoveAsync(session, id, ct);
        session.Audit(folder.Facility, caller.Name, "folder.removed", id.ToString(), folder.Path);
        await session.CommitAsync(ct);
        return new FolderChange(true, "", id);
    }

    /// <summary>Tries a folder: whether it is there, can be read, and files can be moved in it.</summary>
    public async Task<FolderChange> TestAsync(Caller caller, Guid id, CancellationToken ct)
    {
        if (await FindAsync(caller, id, ct) is not { } folder)
            return Missing();
        if (formats.FirstOrDefault(f => f.Kind == folder.Kind) is not { } format)
            return new FolderChange(false, "Loại tệp này chưa dùng được ở thư mục theo dõi.", id);
        try
        {
            FolderPlaces.Prepare(folder.Path);
            string probe = Path.Combine(folder.Path, $".thu-{Guid.NewGuid():N}.tmp");
            await File.WriteAllBytesAsync(probe, [], ct);
            string moved = Path.Combine(folder.Path, FolderScan.Processing, Path.GetFileName(probe));
            File.Move(probe, moved);
            File.Delete(moved);
            DirectoryInfo top = new(folder.Path);
            int waiting = format.TakesFolders ? top.EnumerateDirectories().Count(d => format.Takes(d.Name)) : top.EnumerateFiles().Count(f => format.Takes(f.Name));
            int others = top.EnumerateFiles().Count() - (format.TakesFolders ? 0 : waiting);
            string besides = others > 0 ? $" {others} tệp khác loại sẽ không được lấy." : "";
            return new FolderChange(true, $"Đọc và chuyển tệp được. Đang có {waiting} mục chờ lấy.{besides}", id);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new FolderChange(false, FolderPlaces.Say(e), id);
        }
    }

    private string? Wrong(string path)
    {
        if (path.Length is 0 or > LongestPath || path.Contains('\0', StringComparison.Ordinal) || !Path.IsPathFullyQualified(path))
            return "Ghi đường dẫn đầy đủ của thư mục trên máy chủ.";
        string full = Path.GetFullPath(path);
        if (Path.GetPathRoot(full) == full || Overlap(dataFolder, full))
            return "Không theo dõi được thư mục gốc hoặc thư mục dữ liệu của phần mềm.";
        return options.Roots.Count > 0 && !options.Roots.Any(root => Holds(root, full))
            ? $"Thư mục phải nằm trong: {string.Join(", ", options.Roots)}." : null;
    }

    private static bool Overlap(string a, string b) => Holds(a, b) || Holds(b, a);

    private static bool Holds(string outer, string inner)
    {
        string root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(outer));
        return inner == root || inner.StartsWith(root + Path.DirectorySeparatorChar, OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static FolderChange Missing() => new(false, "Thư mục không có, hoặc không thuộc cơ sở của bạn.", null);
}

/// <summary>The sub-folders of a watched folder.</summary>
internal static class FolderPlaces
{
    /// <summary>Makes sure they are there.</summary>
    /// <exception cref="IOException">The folder isn't there or can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be written.</exception>
    public static void Prepare(string folder)
    {
        // The folder itself is never made: a share that isn't mounted would become an empty folder of this machine.
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"{folder} is not there.");
        foreach (string place in (string[])[FolderScan.Processing, FolderScan.Done, FolderScan.Failed])
            Directory.CreateDirectory(Path.Combine(folder, place));
    }

    /// <summary>What to tell people of a folder that can't be used.</summary>
    public static string Say(Exception e) => e switch
    {
        DirectoryNotFoundException => "Không thấy thư mục. Kiểm tra đường dẫn và ổ đĩa mạng.",
        UnauthorizedAccessException => "Phần mềm không có quyền đọc và ghi ở thư mục này. Cấp quyền cho tài khoản chạy dịch vụ.",
        _ => "Không truy cập được thư mục. Kiểm tra ổ đĩa mạng và dung lượng.",
    };
}
