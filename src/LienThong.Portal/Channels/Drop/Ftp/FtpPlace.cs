using System.Collections.Concurrent;

namespace LienThong.Portal.Channels;

/// <summary>A folder on an FTP server. Every transfer is a session of its own: rare enough, and nothing stale is ever used.</summary>
internal sealed class FtpPlace(ChannelSettings settings, PortalOptions options) : IDropPlace
{
    private static readonly TimeSpan TidyingUp = TimeSpan.FromSeconds(10);

    /// <summary>
    /// One TLS session to a host at a time. The runtime keeps the newest TLS session of a host name and resumes that; servers want the
    /// data connection to resume its own control connection's, so another session in between, or a second data connection, is refused.
    /// </summary>
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.OrdinalIgnoreCase);

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

    public async Task<string?> PutAsync(string name, ReadOnlyMemory<byte> document, byte[]? checksum, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(target.Options.CallTimeout);
        string temporary = DropNames.Temporary(name), sum = name + ".sha256";
        bool touched = false, renaming = false;
        try
        {
            if (checksum is not null)
            {
                await InSessionAsync(
                    async session =>
                    {
                        await RefuseTakenAsync(session, name, limit.Token);
                        touched = true;
                        await session.StoreAsync(sum, checksum, limit.Token);
                        return true;
                    },
                    limit.Token);
            }

            return await InSessionAsync<string?>(
                async session =>
                {
                    await RefuseTakenAsync(session, name, limit.Token);
                    touched = true;
                    await session.StoreAsync(temporary, document, limit.Token);
                    await session.RenameFromAsync(temporary, limit.Token);
                    renaming = true;
                    FtpReply reply = await session.RenameToAsync(name, limit.Token);
                    renaming = !reply.IsRefusal;
                    return reply.IsDone ? null
                        : reply.IsRefusal ? throw FtpRefusal.Of(reply, "đổi tên tệp")
                        : throw new IOException($"Reply {reply.Code} to a rename.");
                },
                limit.Token);
        }
        catch (Exception failure) when (failure is DropFailure || FtpRefusal.IsWorldly(failure))
        {
            string cause = failure is DropFailure ? failure.Message : FtpRefusal.Cause(failure, ct.IsCancellationRequested);
            if (renaming)
                return $"{cause}; tệp {name} có thể đã đến nơi nhận";
            if (touched)
                await TidyAsync(temporary, sum);
            throw failure as DropFailure ?? new DropFailure(cause, needsPerson: false, failure);
        }
    }

    public async Task<FoundFile?> FindAsync(string folder, Func<IReadOnlyList<string>, string?> choose, int limit, CancellationToken ct)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(ct);
        late.CancelAfter(target.Options.CallTimeout);
        try
        {
            IReadOnlyList<string> names = await InSessionAsync(
                async session =>
                {
                    await session.EnterAsync(folder, late.Token);
                    return await session.NamesAsync(late.Token);
                },
                late.Token);
            if (choose(names) is not { } name)
                return null;
            (byte[] body, bool whole) = await InSessionAsync(
                async session =>
                {
                    await session.EnterAsync(folder, late.Token);
                    return await session.RetrieveAsync(name, limit, late.Token);
                },
                late.Token);
            return new FoundFile(name, body, whole);
        }
        catch (Exception failure) when (FtpRefusal.IsWorldly(failure))
        {
            throw new DropFailure(FtpRefusal.Cause(failure, ct.IsCancellationRequested), needsPerson: false, failure);
        }
    }

    private static async Task RefuseTakenAsync(FtpSession session, string name, CancellationToken ct)
    {
        if (await session.SizeAsync(name, ct) is not null)
            throw new DropFailure($"Đã có tệp {name} trên máy chủ FTP; sẽ gửi lại bằng tên khác", needsPerson: false);
    }

    /// <summary>A session for one transfer.</summary>
    private async Task<T> InSessionAsync<T>(Func<FtpSession, Task<T>> work, CancellationToken ct)
    {
        SemaphoreSlim? gate = target.Tls ? Gates.GetOrAdd(target.Host, static _ => new SemaphoreSlim(1)) : null;
        if (gate is not null)
            await gate.WaitAsync(ct);
        try
        {
            await using FtpSession session = await FtpSession.OpenAsync(target, ct);
            return await work(session);
        }
        finally
        {
            gate?.Release();
        }
    }

    /// <summary>Removes what a failed drop left; what can't be removed has a name nobody takes for a document.</summary>
    private async Task TidyAsync(params string[] names)
    {
        using var soon = new CancellationTokenSource(TidyingUp);
        try
        {
            await InSessionAsync(
                async session =>
                {
                    foreach (string name in names)
                        await session.DeleteAsync(name, soon.Token);
                    return true;
                },
                soon.Token);
        }
        catch (Exception failure) when (failure is DropFailure || FtpRefusal.IsWorldly(failure))
        {
            // The server is gone; so is our say about the rest.
        }
    }
}
