using LienThong.PortalSimulator;
using Microsoft.Extensions.Logging;

namespace LienThong.Portal.Tests;

public sealed class SecretsTests
{
    [Fact]
    public async Task No_log_line_holds_a_secret_an_address_or_a_name()
    {
        await using Bench bench = await Bench.StartAsync(new SimulatorOptions
        {
            Cards = [new SimulatorCard("GD4990000012345", "Trần Thị Ví Dụ", "05/03/1990", new(2026, 1, 1), new(2026, 12, 31))],
        });
        var logs = new CapturedLogs();
        var options = new PortalOptions { CallTimeout = TimeSpan.FromSeconds(3) };
        using HttpClient http = PortalHttp.CreateClient(options);
        var sessions = new PortalSessions(http, options, TimeProvider.System, logs.CreateLogger<PortalSessions>());
        var channel = new BhxhPortalChannel(http, sessions, TimeProvider.System, options, logs.CreateLogger<BhxhPortalChannel>());
        var cards = new CardLookupClient(http, sessions, TimeProvider.System, options, logs.CreateLogger<CardLookupClient>());
        string[] misfortunes =
        [
            "code-401", "code-403", "code-9377", FaultKinds.Http500, FaultKinds.Garbled, FaultKinds.Reset, FaultKinds.TimeoutAfter,
        ];

        await channel.SendAsync(bench.Account, A.Record(), CancellationToken.None);
        foreach (string kind in misfortunes)
        {
            bench.Portal.Faults.Add(new FaultRule { Kind = kind, Text = "Người bệnh Trần Thị Ví Dụ", Count = 1 });
            await channel.SendAsync(bench.Account, A.Record(), CancellationToken.None);
        }

        await cards.LookupAsync(bench.Account, new("GD4990000012345", "Trần Thị Ví Dụ", "05/03/1990", "Lê Văn Mẫu", "079085000111"), CancellationToken.None);
        await channel.SendAsync(bench.Account with { PasswordDigest = PortalAccount.Digest("sai") }, A.Record(), CancellationToken.None);

        string text = logs.Text;
        string transaction = bench.Portal.Store.Documents()[0].TransactionCode;
        Assert.Contains(transaction, text, StringComparison.Ordinal);
        Assert.Contains("99001.0001", text, StringComparison.Ordinal);
        foreach (string secret in (string[])
            [PortalAccount.Digest(A.Password), PortalAccount.Digest("sai"), A.Password, "accessToken", "Ví Dụ", "Lê Văn", "GD499", "079085", "127.0.0.1", "http:"])
        {
            Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void The_digest_is_upper_case_MD5_and_never_printed()
    {
        PortalAccount account = A.Account(new Uri("https://cong.invalid"));

        Assert.Equal(32, account.PasswordDigest.Length);
        Assert.Equal("5F4DCC3B5AA765D61D8327DEB882CF99", PortalAccount.Digest("password"));
        Assert.DoesNotContain(account.PasswordDigest, account.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("bí mật", new PortalToken("bí mật", "bí mật", default).ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Mẫu", new CardQuery("1", "Mẫu", "1990", "Mẫu", "1").ToString(), StringComparison.Ordinal);
    }
}
