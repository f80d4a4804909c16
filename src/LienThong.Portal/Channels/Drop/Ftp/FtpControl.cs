using System.Net.Security;
using System.Net.Sockets;
using System.Text;

namespace LienThong.Portal.Channels;

/// <summary>
/// The control connection of an FTP session: commands and replies, TLS on it, and its data connections (passive, binary).
/// A refusal is a <see cref="DropFailure"/>; a broken or garbled connection an <see cref="IOException"/>.
/// </summary>
/// <remarks>
/// Own client because the framework's FtpWebRequest is obsolete and can't rename safely. RFC 959, 2228, 2428, 4217.
/// Both TLS connections use the same options, so that the data connection resumes the control connection's session, which many
/// servers insist on (RFC 4217, 10.2).
/// </remarks>
internal sealed class FtpControl : IAsyncDisposable
{
    private const int LongestLine = 4096, MostLines = 200;
    private static readonly Encoding Utf8 = new UTF8Encoding(false);
    private readonly TcpClient client;
    private readonly FtpTarget target;
    private readonly SslClientAuthenticationOptions? tls;
    private readonly byte[] buffer = new byte[LongestLine];
    private Stream stream;
    private int at, filled;

    private FtpControl(TcpClient client, FtpTarget target)
    {
        (this.client, this.target, stream) = (client, target, client.GetStream());
        if (!target.Tls)
            return;
        tls = PrivateTrust.TlsOptions(target.Options.Network);
        tls.TargetHost = target.Host;
    }

    /// <summary>Connects and reads the greeting.</summary>
    public static async Task<FtpControl> ConnectAsync(FtpTarget target, CancellationToken ct)
    {
        var line = new TcpClient { NoDelay = true };
        FtpControl? control = null;
        try
        {
            await ConnectAsync(line, socket => socket.ConnectAsync(target.Host, target.Port, ct), target, ct);
            control = new FtpControl(line, target);
            FtpReply greeting = await control.ReadAsync(ct);
            if (greeting.Code != 220)
                throw FtpRefusal.Of(greeting, "kết nối");
            return control;
        }
        catch
        {
            if (control is not null)
                await control.DisposeAsync();
            line.Dispose();
            throw;
        }
    }

    /// <summary>Changes the control connection to TLS.</summary>
    public async Task SecureAsync(CancellationToken ct)
    {
        FtpReply reply = await CommandAsync("AUTH", "TLS", ct);
        if (reply.Code != 234)
            throw new DropFailure("Máy chủ FTP không hỗ trợ TLS; bật FTPS (explicit TLS) trên máy chủ", needsPerson: true);
        if (at < filled)
            throw new IOException("Bytes in clear after the change to TLS.");
        stream = await EncryptAsync(stream, ct);
    }

    /// <summary>Sends one command and reads its reply.</summary>
    public async Task<FtpReply> CommandAsync(string verb, string argument, CancellationToken ct)
    {
        if (argument.AsSpan().ContainsAnyInRange('\0', '\x1F') || argument.Contains('\x7F'))
            throw new DropFailure("Tên, mật khẩu hoặc thư mục FTP có ký tự điều khiển; sửa lại cấu hình kênh", needsPerson: true);
        await stream.WriteAsync(Utf8.GetBytes(argument.Length == 0 ? $"{verb}\r\n" : $"{verb} {argument}\r\n"), ct);
        await stream.FlushAsync(ct);
        return await ReadAsync(ct);
    }

    /// <summary>Reads one reply, several lines of it at most; earlier lines of a long one are dropped.</summary>
    public async Task<FtpReply> ReadAsync(CancellationToken ct)
    {
        string line = await LineAsync(ct);
        FtpReply first = FtpReply.Of(line) ?? throw new IOException("Not an FTP reply.");
        if (line.Length < 4 || line[3] != '-')
            return first;
        for (int lines = 1; lines < MostLines; lines++)
        {
            line = await LineAsync(ct);
            if (FtpReply.Of(line) is { } last && last.Code == first.Code && (line.Length == 3 || line[3] == ' '))
                return last;
        }

        throw new IOException("An FTP reply without end.");
    }

    /// <summary>Opens a passive data connection to the same server, not yet encrypted.</summary>
    public async Task<TcpClient> OpenDataAsync(CancellationToken ct)
    {
        FtpReply reply = await CommandAsync("EPSV", "", ct);
        if (reply.Code != 229)
            reply = await CommandAsync("PASV", "", ct);
        if (reply.IsRefusal)
            throw FtpRefusal.Of(reply, "mở kênh dữ liệu");
        int port = reply.DataPort() ?? throw new IOException("No data port in the reply.");
        var data = new TcpClient { NoDelay = true };
        try
        {
            System.Net.IPAddress server = ((System.Net.IPEndPoint)client.Client.RemoteEndPoint!).Address;
            await ConnectAsync(data, socket => socket.ConnectAsync(server, port, ct), target, ct);
            return data;
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>The data connection's stream, encrypted where the control connection is.</summary>
    public async Task<Stream> DataStreamAsync(TcpClient data, CancellationToken ct) =>
        tls is null ? data.GetStream() : await EncryptAsync(data.GetStream(), ct);

    /// <summary>Ends the session without waiting for a goodbye.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            await stream.DisposeAsync();
        }
        catch (Exception failure) when (failure is IOException or SocketException)
        {
            // It was broken already.
        }

        client.Dispose();
    }

    private async Task<Stream> EncryptAsync(Stream plain, CancellationToken ct)
    {
        var encrypted = new SslStream(plain, leaveInnerStreamOpen: false);
        try
        {
            await encrypted.AuthenticateAsClientAsync(tls!, ct);
            return encrypted;
        }
        catch
        {
            await encrypted.DisposeAsync();
            throw;
        }
    }

    private static async Task ConnectAsync(TcpClient line, Func<TcpClient, ValueTask> connect, FtpTarget target, CancellationToken ct)
    {
        Task connecting = connect(line).AsTask();
        try
        {
            await connecting.WaitAsync(target.Options.ConnectTimeout, ct);
        }
        catch (TimeoutException late)
        {
            line.Dispose();
            throw new DropFailure("Không kết nối được tới máy chủ FTP trong thời gian cho phép; kiểm tra mạng và tường lửa", needsPerson: false, late);
        }
    }

    private async Task<string> LineAsync(CancellationToken ct)
    {
        while (true)
        {
            int end = buffer.AsSpan(at, filled - at).IndexOf((byte)'\n');
            if (end >= 0)
            {
                string line = Utf8.GetString(buffer, at, end).TrimEnd('\r');
                at += end + 1;
                return line;
            }

            if (at > 0)
            {
                buffer.AsSpan(at, filled - at).CopyTo(buffer);
                (at, filled) = (0, filled - at);
            }

            if (filled == buffer.Length)
                throw new IOException("An FTP reply line without end.");
            int read = await stream.ReadAsync(buffer.AsMemory(filled), ct);
            if (read == 0)
                throw new IOException("The FTP server closed the connection.");
            filled += read;
        }
    }
}
