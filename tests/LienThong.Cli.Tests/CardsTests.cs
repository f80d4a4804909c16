using System.Net.Http.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Signing;

namespace LienThong.Cli.Tests;

/// <summary><c>cards lookup</c> against a simulator in a process of its own.</summary>
public sealed class CardsTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_card_is_looked_up_and_the_exit_code_says_how_it_stands()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        using var http = new HttpClient { BaseAddress = portal.Address };
        using HttpResponseMessage put = await http.PostAsJsonAsync("/_sim/cards", new
        {
            cardNumber = "GD4990000012345",
            fullName = "Trần Thị Ví Dụ",
            birthDate = "05/03/1990",
            validFrom = "2026-01-01",
            validTo = "2099-12-31",
            citizenId = "099090000123",
        });
        Assert.True(put.IsSuccessStatusCode);
        await SetUpAsync(portal.Address);

        Outcome good = await LookUpAsync("--card", "GD4990000012345", "--name", "Trần Thị Ví Dụ", "--birth", "05/03/1990", "--output", "json");
        Outcome scanned = await LookUpAsync("--qr", "099090000123||Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021", "--moment", "before-discharge");
        Outcome unknown = await LookUpAsync("--card", "GD4990000099999", "--name", "Trần Thị Ví Dụ", "--birth", "1990");
        Outcome wrong = await LookUpAsync("--card", "12", "--name", "Trần Thị Ví Dụ", "--birth", "1990");
        using HttpResponseMessage down = await http.PostAsync("/_sim/down", null);
        Outcome away = await LookUpAsync("--card", "GD4990000012345", "--name", "Trần Thị Ví Dụ", "--birth", "1990", "--output", "json");

        Assert.True(good.Exit == 0, good.ToString());
        Assert.Equal(("Verified", "000", "31/12/2099", true), (good.Json.GetProperty("state").GetString(), good.Json.GetProperty("code").GetString(), good.Json.GetProperty("fields").GetProperty("gtTheDen").GetString(), good.Json.GetProperty("simulator").GetBoolean()));
        Assert.True(scanned.Exit == 0, scanned.ToString());
        Assert.Contains("Thẻ hợp lệ (mã 000)", scanned.Out, StringComparison.Ordinal);
        Assert.True(unknown.Exit == 1 && unknown.Out.Contains("mã 050", StringComparison.Ordinal), unknown.ToString());
        Assert.True(wrong.Exit == 2 && wrong.Error.Contains("15 ký tự", StringComparison.Ordinal), wrong.ToString());
        Assert.True(away.Exit == 3, away.ToString());
        Assert.Equal("PortalDown", away.Json.GetProperty("state").GetString());
    }

    private Task<Outcome> LookUpAsync(params string[] arguments) => Command.RunAsync(
        ["cards", "lookup", "--data", folder.At("data"), "--facility", "99001", "--staff-name", "Lê Văn Mẫu", "--staff-id", "079085000111", .. arguments]);

    // The account is set where records are sent.
    private async Task SetUpAsync(Uri portal)
    {
        var keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        Outcome sent = await Command.RunAsync(
            "send", "--data", folder.At("data"), "--portal", portal.ToString(), "--facility", "99001", "--account", "99001_BV", "--password-file", folder.Write("portal.txt", "mật khẩu thử"),
            "--pfx", folder.Write("key.pfx", keys.Pfx), "--pfx-password-file", folder.Write("key.txt", keys.Password), folder.Write("in/1.xml", Made.Good(1)));
        Assert.True(sent.Exit == 0, sent.ToString());
    }
}
