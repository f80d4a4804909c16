using System.Net.Http.Json;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

/// <summary>Card lookups as CV 1923 has them.</summary>
public sealed class CardDeskTests : IAsyncLifetime
{
    private const string Name = "Trần Thị Ví Dụ";
    private static readonly SimulatorCard Card = new("GD4990000012345", Name, "05/03/1990", new(2026, 1, 1), new(2026, 12, 31)) { CitizenId = "099090000123", Area = "K1", FiveYears = new(2025, 6, 1) };
    private PortalSimulatorHost portal = null!;
    private HttpClient http = null!;
    private string token = "", idToken = "";

    public async Task InitializeAsync()
    {
        portal = await PortalSimulatorHost.StartAsync(new SimulatorOptions
        {
            Time = new TestClock(),
            Accounts =
            [
                new SimulatorAccount("99001", "99001_BV", "x") { Staff = new Dictionary<string, string>(StringComparer.Ordinal) { ["079085000111"] = "Lê Văn Mẫu" } },
                new SimulatorAccount("99002", "99002_BV", "x"),
            ],
            Cards = [Card, Card with { CardNumber = "GD4990000054321", CitizenId = "", ValidTo = new(2026, 6, 30), Newer = new SimulatorNewCard("HN2990000054321", new(2026, 7, 1), new(2027, 6, 30), "99014") }],
        });
        http = new HttpClient { BaseAddress = portal.BaseAddress };
        await LogInAsync("99001_BV");
    }

    public async Task DisposeAsync()
    {
        http.Dispose();
        await portal.DisposeAsync();
    }

    [Theory]
    [InlineData("GD4990000012345", "000")]
    [InlineData("0000012345", "000")]
    [InlineData("099090000123", "000")]
    [InlineData("GD4990000054321", "003")]
    [InlineData("HN2990000054321", "003")]
    [InlineData("GD4990000011111", "050")]
    [InlineData("0990000111", "050")]
    [InlineData("GD49900000111", "051")]
    [InlineData("G14990000011111", "051")]
    [InlineData("GD4000000011111", "052")]
    [InlineData("GD9990000011111", "053")]
    [InlineData("QN5990000011111", "001")]
    [InlineData("CA5990000011111", "002")]
    public async Task The_number_decides_the_code(string number, string code) => Assert.Equal(code, Code(await AskAsync(number)));

    [Theory]
    [InlineData("010")]
    [InlineData("100")]
    [InlineData("110")]
    [InlineData("120")]
    [InlineData("124")]
    [InlineData("130")]
    public async Task A_card_answers_the_code_it_was_given(string code)
    {
        portal.PutCard(Card with { FixedCode = code });

        Assert.Equal(code, Code(await AskAsync(Card.CardNumber)));
    }

    [Fact]
    public async Task Staff_are_registered_per_account()
    {
        Assert.Equal("054", Code(await AskAsync(Card.CardNumber, "000000000000")));
        Assert.Equal("055", Code(await AskAsync(Card.CardNumber, "079085000111", "Người Khác")));
        await LogInAsync("99002_BV");

        Assert.Equal("000", Code(await AskAsync(Card.CardNumber, "000000000000", account: "99002_BV")));
    }

    [Fact]
    public async Task A_new_card_and_every_earlier_lookup_are_told()
    {
        await AskAsync("GD4990000054321");

        JsonElement answer = await AskAsync("GD4990000054321");

        Assert.Equal(("HN2990000054321", "01/07/2026", "99014"), (Text("maTheMoi"), Text("gtTheTuMoi"), Text("maDKBDMoi")));
        Assert.Equal(("K1", "01/06/2025"), (Text("maKV"), Text("ngayDu5Nam")));
        Assert.Equal(2, answer.GetProperty("dsLichSuKT2018").GetArrayLength());

        string? Text(string name) => answer.GetProperty(name).GetString();
    }

    [Fact]
    public async Task Down_is_down_for_every_service_until_it_is_up_again()
    {
        using HttpResponseMessage down = await http.PostAsync("/_sim/down", null);
        using HttpResponseMessage login = await http.PostAsync("/api/token/take", new FormUrlEncodedContent([new("username", "99001_BV"), new("password", Digest.Of("x"))]));
        using HttpResponseMessage card = await PostAsync(Card.CardNumber, "079085000111", "Lê Văn Mẫu", "99001_BV");
        using HttpResponseMessage up = await http.DeleteAsync("/_sim/down");

        Assert.Equal((503, 503), ((int)login.StatusCode, (int)card.StatusCode));
        Assert.Equal("000", Code(await AskAsync(Card.CardNumber)));
    }

    [Fact]
    public async Task Cards_and_staff_are_added_over_HTTP()
    {
        using HttpResponseMessage put = await http.PostAsJsonAsync("/_sim/cards", new { cardNumber = "TE1990000077777", fullName = Name, birthDate = "05/03/1990", validFrom = "2026-01-01", validTo = "2026-12-31" });
        using HttpResponseMessage staff = await http.PostAsync("/_sim/staff/079085000999/" + Uri.EscapeDataString("Phạm Thử"), null);

        Assert.Equal("000", Code(await AskAsync("TE1990000077777")));
        await LogInAsync("99002_BV");
        Assert.Equal("054", Code(await AskAsync(Card.CardNumber, account: "99002_BV")));
        Assert.Equal("000", Code(await AskAsync(Card.CardNumber, "079085000999", "Phạm Thử", "99002_BV")));
    }

    private static string? Code(JsonElement answer) => answer.GetProperty("maKetQua").GetString();

    private async Task LogInAsync(string account)
    {
        using HttpResponseMessage answer = await http.PostAsync("/api/token/take", new FormUrlEncodedContent([new("username", account), new("password", Digest.Of("x"))]));
        JsonElement key = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("APIKey");
        (token, idToken) = (key.GetProperty("access_token").GetString()!, key.GetProperty("id_token").GetString()!);
    }

    private async Task<JsonElement> AskAsync(string number, string staffId = "079085000111", string staffName = "Lê Văn Mẫu", string account = "99001_BV")
    {
        using HttpResponseMessage answer = await PostAsync(number, staffId, staffName, account);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> PostAsync(string number, string staffId, string staffName, string account) => http.PostAsJsonAsync(
        $"/api/egw/KQNhanLichSuKCB2024?token={token}&id_token={idToken}&username={account}&password={Digest.Of("x")}",
        new { maThe = number, hoTen = Name, ngaySinh = "05/03/1990", hoTenCb = staffName, cccdCb = staffId });
}
