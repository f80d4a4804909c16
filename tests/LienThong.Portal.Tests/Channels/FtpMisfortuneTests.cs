using FsCheck;
using FsCheck.Fluent;
using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

/// <summary>What breaks, hangs or lies at each step of an FTP drop, and whether the receiver may have the file then.</summary>
public sealed class FtpMisfortuneTests
{
    private static readonly PortalOptions Hasty = new() { CallTimeout = TimeSpan.FromSeconds(4), ConnectTimeout = TimeSpan.FromSeconds(2) };

    public static TheoryData<string, string> NothingPlaced
    {
        get
        {
            var all = new TheoryData<string, string>();
            foreach (string step in new[] { "GREETING", "USER", "PASS", "TYPE", "SIZE", "EPSV", "STOR", "STOR-END", "RNFR" })
            {
                all.Add(step, ScriptedFtp.Cut);
                all.Add(step, "no FTP at all\r\n");
                all.Add(step, "421 closing\r\n");
            }

            all.Add("STOR", ScriptedFtp.CutData);
            all.Add("STOR", "452 disk full\r\n");
            all.Add("STOR-END", "552 quota\r\n");
            all.Add("STOR-END", ScriptedFtp.Hang);
            all.Add("PASS", ScriptedFtp.Hang);
            all.Add("GREETING", ScriptedFtp.Hang);
            all.Add("GREETING", new string('2', 10_000));
            all.Add("GREETING", "220-" + string.Concat(Enumerable.Repeat("more\r\n", 500)));
            all.Add("EPSV", "229 nothing\r\n");
            all.Add("EPSV", "229 (|||70000|)\r\n");
            all.Add("RNTO", "550 no\r\n");
            all.Add("RNTO", "451 later\r\n");
            return all;
        }
    }

    [Theory]
    [MemberData(nameof(NothingPlaced))]
    public async Task Before_the_rename_nothing_is_sent(string step, string words)
    {
        if (step == "SIZE" && words.StartsWith("421", StringComparison.Ordinal))
            return; // no answer to that question means no such file
        await using var server = new ScriptedFtp(at => at == step ? words : null);

        SendOutcome outcome = await SendAsync(server, A.Record(padding: 1_000_000));

        Assert.NotEmpty(Assert.IsType<SendOutcome.NotSent>(outcome).Cause);
        Assert.Equal(step == "RNTO", server.Commands.Any(static c => c.StartsWith("RNTO", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(ScriptedFtp.Cut)]
    [InlineData(ScriptedFtp.Hang)]
    [InlineData("what?\r\n")]
    [InlineData("150 soon\r\n")]
    public async Task A_rename_that_isnt_answered_leaves_the_outcome_unknown_and_touches_nothing_more(string words)
    {
        await using var server = new ScriptedFtp(at => at == "RNTO" ? words : null);

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await SendAsync(server, A.Record()));

        Assert.Contains("có thể đã đến", outcome.Cause, StringComparison.Ordinal);
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("DELE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_arrived_short_is_not_renamed()
    {
        int sizes = 0;
        await using var server = new ScriptedFtp(at => at == "SIZE" && Interlocked.Increment(ref sizes) > 1 ? "213 5\r\n" : null);

        Assert.Contains("chỉ giữ 5", Assert.IsType<SendOutcome.NotSent>(await SendAsync(server, A.Record())).Cause, StringComparison.Ordinal);
        Assert.Contains(server.Commands, static c => c.StartsWith("DELE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_old_server_without_EPSV_is_asked_for_PASV_and_its_address_is_not_believed()
    {
        using var data = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        data.Start();
        int port = ((System.Net.IPEndPoint)data.LocalEndpoint).Port;
        await using var server = new ScriptedFtp(at => at switch
        {
            "EPSV" => "500 what?\r\n",
            "PASV" => $"227 here (203,0,113,7,{port / 256},{port % 256})\r\n",
            "STOR" => "452 enough\r\n",
            _ => null,
        });
        Task<System.Net.Sockets.TcpClient> arrives = data.AcceptTcpClientAsync();

        await SendAsync(server, A.Record());

        using System.Net.Sockets.TcpClient arrived = await arrives.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(arrived.Connected);
    }

    [Theory]
    [InlineData("x\r\nDELE y", "p")]
    [InlineData("x", "p\nQUIT")]
    public async Task No_command_can_be_smuggled_in(string user, string password)
    {
        await using var server = new ScriptedFtp(static _ => null);

        SendOutcome outcome = await SendAsync(server, A.Record(), user, password);

        Assert.True(Assert.IsType<SendOutcome.NotSent>(outcome).NeedsPerson);
        Assert.DoesNotContain(server.Commands, static c => c.StartsWith("DELE", StringComparison.Ordinal) || c.StartsWith("QUIT", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Nobody_listening_is_not_sent()
    {
        var server = new ScriptedFtp(static _ => null);
        ChannelSettings settings = Settings(server, "u", "p");
        await server.DisposeAsync();
        using var factory = new ChannelFactory(Hasty, TimeProvider.System);

        Assert.False(Assert.IsType<SendOutcome.NotSent>(await factory.Create(settings).SendAsync(A.Record(), CancellationToken.None)).NeedsPerson);
    }

    [Fact]
    public void Any_line_is_a_reply_or_none() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<string>(static line =>
            FtpReply.Of(line ?? "") is not { } reply || (reply.Code is >= 100 and < 600 && reply.Text.Length <= 200 && reply.DataPort() is null or (> 0 and < 65536))));

    [Theory]
    [InlineData("229 Entering (|||6446|)", 6446)]
    [InlineData("229 Entering (!!!6446!)", 6446)]
    [InlineData("227 Entering (127,0,0,1,4,1)", 1025)]
    [InlineData("227 Entering (127,0,0,1,256,1)", null)]
    [InlineData("229 ()", null)]
    [InlineData("229 )(", null)]
    [InlineData("200 (1,2,3,4,5,6)", null)]
    public void The_data_port_is_read_from_both_replies(string line, int? port) => Assert.Equal(port, FtpReply.Of(line)!.DataPort());

    private static async Task<SendOutcome> SendAsync(ScriptedFtp server, PortalSubmission record, string user = "u", string password = "p")
    {
        using var factory = new ChannelFactory(Hasty, TimeProvider.System);
        return await factory.Create(Settings(server, user, password)).SendAsync(record, CancellationToken.None);
    }

    private static ChannelSettings Settings(ScriptedFtp server, string user, string password) => new(
        ChannelKinds.Ftp, new Uri($"ftp://127.0.0.1:{server.Port}/"), "99001", "99", user, password,
        new Dictionary<string, string>(StringComparer.Ordinal) { [ChannelOptions.AllowClearText] = "true" });
}
