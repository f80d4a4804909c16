namespace LienThong.Portal.Channels;

/// <summary>A folder of this machine, or one that is mounted here, below the folder a server keeps its channels in.</summary>
internal sealed class FolderPlace(ChannelSettings settings, string? fence) : IDropPlace
{
    private const int DiskFullOnLinux = 28, DiskFullOnWindows = 112;
    private readonly string root = settings.Address.LocalPath;

    public static string? Problem(ChannelSettings settings, string? fence)
    {
        if (!settings.Address.IsFile || (settings.Address.IsUnc && !OperatingSystem.IsWindows()) || !Path.IsPathFullyQualified(settings.Address.LocalPath))
            return "Địa chỉ thư mục không hợp lệ; cần dạng file:///thư-mục";
        string answers = settings.Option(ChannelOptions.AnswerFolder);
        return FolderFence.Problem(settings.Address.LocalPath, fence)
            ?? (answers.Length > 0 ? FolderFence.Problem(Path.Combine(settings.Address.LocalPath, answers), fence) : null);
    }

    public async Task<string?> PutAsync(string name, ReadOnlyMemory<byte> document, byte[]? checksum, CancellationToken ct)
    {
        using PinnedFolder folder = Pin();
        string final = Path.Combine(folder.Path, name), temporary = DropNames.Temporary(final), sum = final + ".sha256", temporarySum = DropNames.Temporary(sum);
        bool renaming = false, ownSum = false;
        try
        {
            if (File.Exists(final))
                throw new DropFailure($"Đã có tệp {name} trong thư mục; sẽ gửi lại bằng tên khác", needsPerson: false);
            await WriteAsync(temporary, document, ct);
            if (checksum is not null)
            {
                await WriteAsync(temporarySum, checksum, ct);
                File.Move(temporarySum, sum);
                ownSum = true;
            }

            renaming = true;
            File.Move(temporary, final);
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            if (renaming && !File.Exists(temporary))
                return $"Đổi tên tệp {name} không được trả lời; tệp có thể đã đến nơi nhận";
            Remove(temporary);
            Remove(temporarySum);
            if (ownSum)
                Remove(sum);
            throw new DropFailure(Cause(failure), failure is UnauthorizedAccessException, failure);
        }
    }

    public async Task<FoundFile?> FindAsync(string folder, Func<IReadOnlyList<string>, string?> choose, int limit, CancellationToken ct)
    {
        string place = Path.Combine(root, folder);
        try
        {
            using PinnedFolder pinned = PinnedFolder.Open(place, fence);
            string[] names = [.. Directory.EnumerateFiles(pinned.Path).Select(static path => Path.GetFileName(path))];
            if (choose(names) is not { } name)
                return null;
            await using FileStream file = pinned.Read(name);
            byte[] body = new byte[Math.Min(limit, file.Length)];
            int read = await file.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, ct);
            return new FoundFile(name, body[..read], file.Length <= limit);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new DropFailure($"Không đọc được thư mục xác nhận {place}; kiểm tra thư mục và quyền truy cập", needsPerson: true, failure);
        }
    }

    private PinnedFolder Pin()
    {
        try
        {
            return PinnedFolder.Open(root, fence);
        }
        catch (DirectoryNotFoundException failure)
        {
            throw new DropFailure($"Không thấy thư mục {root}; kiểm tra ổ mạng và quyền truy cập", needsPerson: true, failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new DropFailure(Cause(failure), failure is UnauthorizedAccessException, failure);
        }
    }

    private static async Task WriteAsync(string path, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        await using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        await file.WriteAsync(bytes, ct);
        file.Flush(flushToDisk: true);
    }

    private static void Remove(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // A temporary file that stays is never taken for a document.
        }
    }

    private string Cause(Exception failure) => failure switch
    {
        OperationCanceledException => "Dừng theo yêu cầu trước khi gửi",
        UnauthorizedAccessException => $"Không có quyền ghi vào thư mục {root}; cấp quyền cho dịch vụ",
        _ when (failure.HResult & 0xFFFF) is DiskFullOnLinux or DiskFullOnWindows => $"Thư mục {root} hết dung lượng; dọn bớt tệp",
        _ => $"Không ghi được vào thư mục {root}; kiểm tra ổ mạng",
    };
}
