using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LienThong.Portal.Channels;

/// <summary>An FTP session that is logged in and stands in its folder.</summary>
internal sealed class FtpSession : IAsyncDisposable
{
    private const int MostListBytes = 8 * 1024 * 1024;
    private readonly FtpControl control;

    private FtpSession(FtpControl control) => this.control = control;

    /// <summary>Connects, secures, logs in, changes to binary and into the folder.</summary>
    public static async Task<FtpSession> OpenAsync(FtpTarget target, CancellationToken ct)
    {
        var session = new FtpSession(await FtpControl.ConnectAsync(target, ct));
        try
        {
            if (target.Tls)
                await session.control.SecureAsync(ct);
            FtpReply reply = await session.control.CommandAsync("USER", target.UserName, ct);
            if (reply.Code is 331 or 332)
                reply = await session.control.CommandAsync("PASS", target.Password, ct);
            Expect(reply, "đăng nhập");
            if (target.Tls)
            {
                Expect(await session.control.CommandAsync("PBSZ", "0", ct), "mã hóa kênh dữ liệu");
                Expect(await session.control.CommandAsync("PROT", "P", ct), "mã hóa kênh dữ liệu");
            }

            Expect(await session.control.CommandAsync("TYPE", "I", ct), "chuyển sang chế độ nhị phân");
            // Not every server knows it; our own names are ASCII, folders may not be.
            await session.control.CommandAsync("OPTS", "UTF8 ON", ct);
            if (target.Folder.Length > 0)
                await session.EnterAsync(target.Folder, ct);
            return session;
        }
        catch
        {
            await session.DisposeAsync();
            throw;
        }
    }

    /// <summary>Changes into a folder.</summary>
    public async Task EnterAsync(string folder, CancellationToken ct) =>
        Expect(await control.CommandAsync("CWD", folder, ct), $"vào thư mục {folder}");

    /// <summary>Size of a file; null when it isn't there or the server doesn't tell.</summary>
    public async Task<long?> SizeAsync(string name, CancellationToken ct)
    {
        FtpReply reply = await control.CommandAsync("SIZE", name, ct);
        return reply.Code == 213 && long.TryParse(reply.Text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size : null;
    }

    /// <summary>Stores a file and makes sure that all of it arrived.</summary>
    public async Task StoreAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        const string doing = "ghi tệp";
        using (TcpClient data = await control.OpenDataAsync(ct))
        {
            FtpReply begins = await control.CommandAsync("STOR", name, ct);
            if (begins.Code / 100 != 1)
                throw FtpRefusal.Of(begins, doing);
            try
            {
                await using Stream stream = await control.DataStreamAsync(data, ct);
                await stream.WriteAsync(bytes, ct);
                await stream.FlushAsync(ct);
                // A receiver that sees no orderly end may take the file for cut.
                if (stream is SslStream tls)
                    await tls.ShutdownAsync();
                data.Client.Shutdown(SocketShutdown.Send);
            }
            catch (Exception failure) when (failure is IOException or SocketException)
            {
                // A server that refuses in the middle says why on the control connection.
                FtpReply why = await control.ReadAsync(ct);
                throw why.IsRefusal ? FtpRefusal.Of(why, doing) : failure;
            }
        }

        Expect(await control.ReadAsync(ct), doing);
        if (await SizeAsync(name, ct) is { } size && size != bytes.Length)
            throw new DropFailure($"Máy chủ FTP chỉ giữ {size} trong {bytes.Length} byte của tệp; sẽ gửi lại", needsPerson: false);
    }

    /// <summary>Announces the file that is to be renamed.</summary>
    public async Task RenameFromAsync(string name, CancellationToken ct)
    {
        FtpReply reply = await control.CommandAsync("RNFR", name, ct);
        if (reply.Code != 350)
            throw FtpRefusal.Of(reply, "đổi tên tệp");
    }

    /// <summary>Renames the announced file.</summary>
    public Task<FtpReply> RenameToAsync(string name, CancellationToken ct) => control.CommandAsync("RNTO", name, ct);

    /// <summary>Deletes a file; whether it was there doesn't matter.</summary>
    public Task DeleteAsync(string name, CancellationToken ct) => control.CommandAsync("DELE", name, ct);

    /// <summary>Names in the current folder, without paths; an empty folder gives none.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(CancellationToken ct)
    {
        (byte[] list, bool whole, FtpReply? refusal) = await FetchAsync("NLST", "", MostListBytes, ct);
        // Servers refuse to list an empty folder in several ways; the folder itself was entered already.
        if (refusal is not null)
            return refusal.Code is 450 or 550 or 226 ? [] : throw FtpRefusal.Of(refusal, "xem thư mục");
        if (!whole)
            throw new DropFailure("Thư mục xác nhận trên máy chủ FTP có quá nhiều tệp; dọn bớt tệp cũ", needsPerson: true);
        return
        [
            .. Encoding.UTF8.GetString(list).Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(static line => line.TrimEnd('\r')[(line.LastIndexOf('/') + 1)..])
                .Where(static name => name.Length is > 0 and <= 255 && !name.Any(char.IsControl)),
        ];
    }

    /// <summary>A file's bytes, at most so many.</summary>
    public async Task<(byte[] Body, bool Whole)> RetrieveAsync(string name, int limit, CancellationToken ct)
    {
        (byte[] body, bool whole, FtpReply? refusal) = await FetchAsync("RETR", name, limit, ct);
        return refusal is null ? (body, whole) : throw FtpRefusal.Of(refusal, "đọc tệp xác nhận");
    }

    public ValueTask DisposeAsync() => control.DisposeAsync();

    private async Task<(byte[] Bytes, bool Whole, FtpReply? Refusal)> FetchAsync(string verb, string argument, int limit, CancellationToken ct)
    {
        using TcpClient data = await control.OpenDataAsync(ct);
        FtpReply begins = await control.CommandAsync(verb, argument, ct);
        if (begins.Code / 100 != 1)
            return ([], false, begins);
        using var kept = new MemoryStream();
        await using (Stream stream = await control.DataStreamAsync(data, ct))
        {
            byte[] piece = new byte[16 * 1024];
            while (kept.Length <= limit)
            {
                int read = await stream.ReadAsync(piece, ct);
                if (read == 0)
                    break;
                kept.Write(piece, 0, read);
            }
        }

        if (kept.Length > limit)
            return (kept.GetBuffer()[..limit], false, null);
        FtpReply ends = await control.ReadAsync(ct);
        return (kept.ToArray(), true, ends.IsDone ? null : ends);
    }

    private static void Expect(FtpReply reply, string doing)
    {
        if (!reply.IsDone)
            throw FtpRefusal.Of(reply, doing);
    }
}
