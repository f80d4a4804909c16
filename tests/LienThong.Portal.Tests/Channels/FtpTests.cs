using System.Text;
using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

/// <summary>Drops on a real FTP server, in clear and with explicit TLS.</summary>
public sealed class FtpTests : IClassFixture<FtpServer>, IDisposable
{
    private static int moments;
    private readonly FtpServer server;
    private readonly TestClock clock = new(new DateTimeOffset(2026, 7, 1, 1, 0, 0, TimeSpan.Zero).AddMinutes(Interlocked.Increment(ref moments)));
    private readonly ChannelFactory factory;

    public FtpTests(FtpServer server)
    {
        this.server = server;
        factory = new ChannelFactory(new PortalOptions { CallTimeout = TimeSpan.FromSeconds(30) }, clock);
    }

    public void Dispose() => factory.Dispose();

    [FtpFact]
    public Task A_drop_in_clear_arrives_whole() => ArrivesAsync(Clear());

    [FtpFact]
    public Task A_drop_with_TLS_arrives_whole_where_the_data_connection_must_resume_the_session() => ArrivesAsync(Tls());

    [FtpFact]
    public async Task Drops_with_TLS_at_the_same_time_dont_take_each_others_session()
    {
        IDocumentChannel channel = factory.Create(Tls(options: (ChannelOptions.Checksum, "true")));

        SendOutcome[] outcomes = await Task.WhenAll(
            Enumerable.Range(0, 6).Select(i => channel.SendAsync(A.Record($"L-par{i}", padding: 100_000), CancellationToken.None)));

        Assert.All(outcomes, static o => Assert.True(o is SendOutcome.Unknown { TransactionCode.Length: > 0 }, o.ToString()));
        Assert.Equal(12, Directory.GetFiles(server.Files, "*L-par*").Length);
    }

    [FtpFact]
    public async Task Without_the_switch_no_byte_goes_out_in_clear()
    {
        ChannelSettings silent = Clear() with { Options = new Dictionary<string, string>(StringComparer.Ordinal) };

        SendOutcome.NotSent outcome = await NotSentAsync(silent);

        Assert.True(outcome.NeedsPerson);
        Assert.Contains("FTPS", outcome.Cause, StringComparison.Ordinal);
    }

    [FtpFact]
    public async Task A_certificate_nobody_vouches_for_is_not_accepted()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(Tls(authority: ""));

        Assert.False(outcome.NeedsPerson);
        Assert.Contains("chứng thư", outcome.Cause, StringComparison.Ordinal);
    }

    [FtpFact]
    public async Task A_certificate_of_another_authority_is_not_accepted() =>
        Assert.Contains("TLS", (await NotSentAsync(Tls(authority: FtpServer.MakeCertificate("localhost").AuthorityPem))).Cause, StringComparison.Ordinal);

    [FtpFact]
    public async Task A_certificate_for_another_name_is_not_accepted() =>
        Assert.Contains("TLS", (await NotSentAsync(Tls() with { Address = new Uri($"ftp://127.0.0.1:{server.TlsPort}/") })).Cause, StringComparison.Ordinal);

    [FtpFact]
    public async Task A_server_without_TLS_gets_no_password()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(Tls() with { Address = new Uri($"ftp://localhost:{server.Port}/") });

        Assert.True(outcome.NeedsPerson);
        Assert.Contains("không hỗ trợ TLS", outcome.Cause, StringComparison.Ordinal);
    }

    [FtpFact]
    public async Task A_wrong_password_waits_for_a_person()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(Tls() with { Password = "sai" });

        Assert.True(outcome.NeedsPerson);
        Assert.Contains("530", outcome.Cause, StringComparison.Ordinal);
    }

    [FtpFact]
    public async Task A_missing_folder_waits_for_a_person() =>
        Assert.True((await NotSentAsync(Tls() with { Address = new Uri($"ftp://localhost:{server.TlsPort}/khong-co") })).NeedsPerson);

    [FtpFact]
    public async Task A_refused_rename_leaves_nothing_behind()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(Tls(options: (ChannelOptions.Checksum, "true")) with { Address = new Uri($"ftp://localhost:{server.TlsPort}/khoa") });
        SendOutcome.NotSent clear = await NotSentAsync(
            Clear((ChannelOptions.Checksum, "true")) with { Address = new Uri($"ftp://localhost:{server.Port}/khoa") });

        Assert.All([outcome, clear], static o => Assert.Contains("đổi tên", o.Cause, StringComparison.Ordinal));
        Assert.Empty(Directory.GetFiles(Path.Combine(server.Files, "khoa")));
    }

    [FtpFact]
    public async Task A_server_that_is_full_is_named_and_keeps_nothing()
    {
        SendOutcome.NotSent outcome = await NotSentAsync(Clear() with { UserName = FtpServer.SmallUser }, A.Record("L-full", padding: 3_000_000));

        Assert.Contains("mã 5", outcome.Cause, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(server.Files, "*L-full*"));
    }

    [FtpFact]
    public async Task The_name_of_an_earlier_file_is_never_taken_again()
    {
        Assert.IsType<SendOutcome.Unknown>(await factory.Create(Tls()).SendAsync(A.Record("L-twice"), CancellationToken.None));

        SendOutcome.NotSent outcome = await NotSentAsync(Tls(), A.Record("L-twice", padding: 7));

        Assert.Contains("Đã có tệp", outcome.Cause, StringComparison.Ordinal);
        Assert.Equal(A.Package("L-twice"), File.ReadAllBytes(Assert.Single(Directory.GetFiles(server.Files, "*L-twice*"))));
    }

    [FtpFact]
    public async Task An_acknowledgement_in_another_folder_settles_a_drop()
    {
        IDocumentChannel channel = factory.Create(Tls(options: [(ChannelOptions.AnswerFolder, "trả lời"), (ChannelOptions.RefusalPattern, "{name}.loi")]));
        string good = await DropAsync(channel, "L-ok"), bad = await DropAsync(channel, "L-loi");
        Assert.IsType<SendOutcome.Unknown>(await channel.AskAsync(good, CancellationToken.None));

        File.WriteAllText(Path.Combine(server.Files, "trả lời", good[..^4] + ".json"), """{"maKetQua":"200","maGiaoDich":"G7","thongDiep":"Đã nhận"}""");
        File.WriteAllText(Path.Combine(server.Files, "trả lời", bad[..^4] + ".loi"), "sai mã thẻ");

        Assert.Equal("G7", Assert.IsType<SendOutcome.Accepted>(await channel.AskAsync(good, CancellationToken.None)).Receipt.TransactionCode);
        Assert.Equal("sai mã thẻ", Encoding.UTF8.GetString(Assert.IsType<SendOutcome.Rejected>(await channel.AskAsync(bad, CancellationToken.None)).Answer.Body));
    }

    private static async Task<string> DropAsync(IDocumentChannel channel, string maLk) =>
        Assert.IsType<SendOutcome.Unknown>(await channel.SendAsync(A.Record(maLk), CancellationToken.None)).TransactionCode;

    private async Task ArrivesAsync(ChannelSettings settings)
    {
        PortalSubmission record = A.Record("L-" + settings.Kind, padding: 2_000_000);

        SendOutcome outcome = await factory.Create(settings).SendAsync(record, CancellationToken.None);

        string name = Assert.IsType<SendOutcome.Unknown>(outcome).TransactionCode;
        Assert.True(DropNames.IsOne(name), $"{name}: {outcome}");
        Assert.Equal(record.Document.ToArray(), File.ReadAllBytes(Path.Combine(server.Files, name)));
        Assert.Equal([name], Directory.GetFiles(server.Files, "*L-" + settings.Kind + ".*").Select(Path.GetFileName));
    }

    private async Task<SendOutcome.NotSent> NotSentAsync(ChannelSettings settings, PortalSubmission? record = null) =>
        Assert.IsType<SendOutcome.NotSent>(await factory.Create(settings).SendAsync(record ?? A.Record("L-not"), CancellationToken.None));

    private ChannelSettings Clear(params (string Name, string Value)[] options) =>
        Settings(ChannelKinds.Ftp, server.Port, [(ChannelOptions.AllowClearText, "true"), .. options]);

    private ChannelSettings Tls(string? authority = null, params (string Name, string Value)[] options) =>
        Settings(ChannelKinds.Ftps, server.TlsPort, [(ChannelOptions.AuthorityPem, authority ?? server.AuthorityPem), .. options]);

    private static ChannelSettings Settings(string kind, int port, (string Name, string Value)[] options) => new(
        kind, new Uri($"ftp://localhost:{port}/"), "99001", "99", FtpServer.User, FtpServer.Password,
        options.ToDictionary(static o => o.Name, static o => o.Value, StringComparer.Ordinal));
}
