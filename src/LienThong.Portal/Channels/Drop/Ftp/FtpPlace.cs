namespace LienThong.Portal.Channels;

/// <summary>A folder on an FTP server. Every drop is a session of its own: rare enough, and nothing stale is ever used.</summary>
internal sealed class FtpPlace(ChannelSettings settings, PortalOptions options) : IDropPlace
{
    private static readonly TimeSpan TidyingUp = TimeSpan.FromSeconds(5);

    private readonly FtpTarget target = new(
        settings.Address.DnsSafeHost, settings.Address.Port > 0 ? settings.Address.Port : 21, settings.Kind == ChannelKinds.Ftps,
        settings.UserName, settings.Password, Uri.UnescapeDataString(settings.Address.AbsolutePath)[1..], options);

    public static string? Problem(ChannelSettings settings)
    {
        if (settings.Address.Scheme is not ("ftp" or "ftps") || settings.Address.Host.Length == 0 || settings.Address.UserInfo.Length > 0)
            return "Địa chỉ FTP không hợp lệ; cần dạng ftp://máy/thư-mục, không kèm tài khoản";
        if (settings.Kind == ChannelKinds.Ftp && !settings.IsOn(ChannelOptions.AllowClearText))
        {
            return "FTP không mã hóa làm lộ mật khẩu và dữ liệu người bệnh; chọn FTPS. "
                + "Nếu đường truyền đã được bảo vệ (VPN), bật cho phép gửi không mã hóa";
        }

        if (settings.Option(ChannelOptions.Proxy).Length > 0)
            return "Kênh FTP không đi qua proxy HTTP; bỏ proxy của kênh";
        return settings.UserName.Length == 0 ? "Chưa nhập tài khoản FTP của kênh" : null;
    }

    public async Task<string?> PutAsync(string name, ReadOnlyMemory<byte> document, ReadOnlyMemory<byte>? checksum, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(target.Options.CallTimeout);
        bool renaming = false;
        try
        {
            await using FtpSession session = await FtpSession.OpenAsync(target, limit.Token);
            if (await session.SizeAsync(name, limit.Token) is not null)
                throw new DropFailure($"Đã có tệp {name} trên máy chủ FTP; sẽ gửi lại bằng tên khác", needsPerson: false);
            string temporary = DropNames.Temporary(name), sum = name + ".sha256";
            try
            {
                await session.StoreAsync(temporary, document, limit.Token);
                if (checksum is { } text)
                    await session.StoreAsync(sum, text, limit.Token);
                await session.RenameFromAsync(temporary, limit.Token);
                renaming = true;
                FtpReply reply = await session.RenameToAsync(name, limit.Token);
                if (reply.IsRefusal)
                {
                    renaming = false;
                    throw FtpRefusal.Of(reply, "đổi tên tệp");
                }

                return reply.IsDone ? null : throw new IOException($"Reply {reply.Code} to a rename.");
            }
            catch (DropFailure)
            {
                await TidyAsync(session, temporary, sum);
                throw;
            }
        }
        catch (Exception failure) when (FtpRefusal.IsWorldly(failure))
        {
            string cause = FtpRefusal.Cause(failure, ct.IsCancellationRequested);
            return renaming ? $"{cause}; tệp {name} có thể đã đến nơi nhận" : throw new DropFailure(cause, needsPerson: false, failure);
        }
    }

    public async Task<FoundFile?> FindAsync(string folder, Func<IReadOnlyList<string>, string?> choose, int limit, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(target.Options.CallTimeout);
        try
        {
            await using FtpSession session = await FtpSession.OpenAsync(target, late.Token);
            await session.EnterAsync(folder, late.Token);
            if (choose(await session.NamesAsync(late.Token)) is not { } name)
                return null;
            (byte[] body, bool whole) = await session.RetrieveAsync(name, limit, late.Token);
            return new FoundFile(name, body, whole);
        }
        catch (Exception failure) when (FtpRefusal.IsWorldly(failure))
        {
            throw new DropFailure(FtpRefusal.Cause(failure, ct.IsCancellationRequested), needsPerson: false, failure);
        }
    }

    /// <summary>Removes what a refused drop left; what can't be removed has a name nobody takes for a document.</summary>
    private static async Task TidyAsync(FtpSession session, params string[] names)
    {
        using var soon = new CancellationTokenSource(TidyingUp);
        try
        {
            foreach (string name in names)
                await session.DeleteAsync(name, soon.Token);
        }
        catch (Exception failure) when (FtpRefusal.IsWorldly(failure) || failure is DropFailure)
        {
            // The connection is gone; so is our say about the rest.
        }
    }
}
