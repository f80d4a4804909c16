using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Gateway.Cards;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Cards;

/// <summary><c>/api/v1/cards</c>.</summary>
public sealed class CardApiTests(CardServer house) : IClassFixture<CardServer>
{
    private const string Lookups = "/api/v1/cards/lookups";
    private static readonly object Ask = new { facility = RunningServer.Facility, number = CardServer.Number, name = CardServer.Name, birth = "05/03/1990" };

    [Fact]
    public async Task A_card_is_looked_up_listed_and_read_again()
    {
        using HttpClient api = house.Server.Api("front_desk");

        using HttpResponseMessage made = await api.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, number = CardServer.Number, name = CardServer.Name, birth = "05/03/1990", maLk = "LK-API", moment = "BeforeDischarge" });
        JsonElement body = await made.Content.ReadFromJsonAsync<JsonElement>();
        JsonElement again = await api.GetFromJsonAsync<JsonElement>(made.Headers.Location);
        string list = await api.GetStringAsync(Lookups + "?maLk=LK-API&state=Verified");

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(("Verified", "000", "LK-API", "BeforeDischarge", "front_desk"), (
            Of(body, "state"), Of(body, "code"), Of(body, "maLk"), Of(body, "moment"), Of(body, "actor")));
        Assert.Equal("31/12/2099", again.GetProperty("fields").GetProperty("gtTheDen").GetString());
        Assert.Equal("(cần quyền xem riêng)", again.GetProperty("visits")[1].GetProperty("diagnosis").GetString());
        Assert.Contains(Of(body, "id")!, list, StringComparison.Ordinal);
        Assert.DoesNotContain(CardServer.Number, list, StringComparison.Ordinal);
        Assert.DoesNotContain("Trần", list, StringComparison.Ordinal);

        static string? Of(JsonElement body, string name) => body.GetProperty("lookup").GetProperty(name).GetString();
    }

    [Fact]
    public async Task The_portal_s_own_bytes_are_for_those_who_may_see_everything()
    {
        using HttpClient desk = house.Server.Api("front_desk"), officer = house.Server.Api("insurance_officer");
        using HttpResponseMessage made = await desk.PostAsJsonAsync(Lookups, Ask);

        using HttpResponseMessage refused = await desk.GetAsync(made.Headers.Location + "/answer");
        string answer = await officer.GetStringAsync(made.Headers.Location + "/answer");

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("dsLichSuKCB2018", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_is_told_per_field_and_the_portal_isn_t_asked()
    {
        using HttpClient api = house.Server.Api("front_desk");
        int before = house.Portal.Store.Requests().Count;

        using HttpResponseMessage refused = await api.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, number = "12", name = "", birth = "" });
        using HttpResponseMessage moment = await api.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, moment = "later" });

        JsonElement errors = (await refused.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(["birth", "name", "number"], errors.EnumerateObject().Select(e => e.Name).Order(StringComparer.Ordinal));
        Assert.Equal(HttpStatusCode.BadRequest, moment.StatusCode);
        Assert.Equal(before, house.Portal.Store.Requests().Count);
    }

    [Fact]
    public async Task Another_facility_s_card_desk_and_evidence_are_out_of_reach()
    {
        using HttpClient desk = house.Server.Api("front_desk"), other = house.Server.Api("other");
        using HttpResponseMessage made = await desk.PostAsJsonAsync(Lookups, Ask);

        using HttpResponseMessage refused = await other.PostAsJsonAsync(Lookups, Ask);
        using HttpResponseMessage read = await other.GetAsync(made.Headers.Location);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, read.StatusCode);
        Assert.Empty((await other.GetFromJsonAsync<JsonElement>(Lookups)).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task An_outage_is_on_the_list_until_a_person_closes_it()
    {
        using HttpClient api = house.Server.Api("front_desk");
        house.Portal.IsDown = true;
        using HttpResponseMessage made = await api.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, number = "0000077777", name = CardServer.Name, birth = "1990", maLk = "LK-DOWN" });
        house.Portal.IsDown = false;
        JsonElement visit = (await api.GetFromJsonAsync<JsonElement>("/api/v1/cards/unverified?state=PortalDown")).GetProperty("items").EnumerateArray().Single(v => v.GetProperty("maLk").GetString() == "LK-DOWN");
        string close = $"/api/v1/cards/unverified/{visit.GetProperty("id").GetString()}/close";

        using HttpResponseMessage without = await api.PostAsJsonAsync(close, new { contact = "" });
        using HttpResponseMessage closed = await api.PostAsJsonAsync(close, new { contact = "0900 000 000" });

        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.NotEqual(JsonValueKind.Null, visit.GetProperty("dueAt").ValueKind);
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.NoContent), (without.StatusCode, closed.StatusCode));
        Assert.DoesNotContain("LK-DOWN", await api.GetStringAsync("/api/v1/cards/unverified"), StringComparison.Ordinal);
        using HttpResponseMessage bad = await api.GetAsync("/api/v1/cards/unverified?state=1");
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
    }

    [Fact]
    public async Task A_watched_visit_that_changes_is_on_the_change_list()
    {
        using HttpClient desk = house.Server.Api("front_desk"), admin = house.Server.Api("clinic_admin");
        const string Other = "GD4990000054321";
        house.Portal.PutCard(CardServer.Card with { CardNumber = Other, CitizenId = "" });
        using HttpResponseMessage watched = await desk.PostAsJsonAsync("/api/v1/cards/watch", new
        {
            facility = RunningServer.Facility,
            visits = new object[] { new { maLk = "LK-WATCH", number = Other, name = CardServer.Name, birth = "05/03/1990" }, new { number = "1", kind = "Appointment" } },
        });
        JsonElement taken = await watched.Content.ReadFromJsonAsync<JsonElement>();
        await desk.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, number = Other, name = CardServer.Name, birth = "05/03/1990", maLk = "LK-WATCH" });
        house.Portal.PutCard(CardServer.Card with { CardNumber = Other, CitizenId = "", FixedCode = "110" });
        await desk.PostAsJsonAsync(Lookups, new { facility = RunningServer.Facility, number = Other, name = CardServer.Name, birth = "05/03/1990", maLk = "LK-WATCH" });

        JsonElement change = (await desk.GetFromJsonAsync<JsonElement>("/api/v1/cards/changes?unseen=true")).GetProperty("items").EnumerateArray().Single(c => c.GetProperty("maLk").GetString() == "LK-WATCH");
        using HttpResponseMessage seen = await desk.PostAsync($"/api/v1/cards/changes/{change.GetProperty("id").GetString()}/seen", null);
        using HttpResponseMessage set = await admin.PutAsJsonAsync($"/api/v1/cards/settings/{RunningServer.Facility}", new { nightly = true, nightlyAt = "20:30", nightlyPerMinute = 10 });
        using HttpResponseMessage wrong = await admin.PutAsJsonAsync($"/api/v1/cards/settings/{RunningServer.Facility}", new { nightlyPerMinute = 0 });
        using HttpResponseMessage staff = await desk.PutAsJsonAsync($"/api/v1/cards/staff/{RunningServer.Facility}", new { name = "Ai Đó", citizenId = "1", forFacility = false });
        using HttpResponseMessage forAll = await desk.PutAsJsonAsync($"/api/v1/cards/staff/{RunningServer.Facility}", new { name = "Ai Đó", citizenId = "079085000333", forFacility = true });

        Assert.Equal((1, 0), (taken.GetProperty("watched").GetInt32(), taken.GetProperty("ended").GetInt32()));
        Assert.Contains(taken.GetProperty("errors").EnumerateArray(), e => e.GetProperty("entry").GetInt32() == 2 && e.GetProperty("field").GetString() == "day");
        Assert.Equal(("000", "110"), (change.GetProperty("codeBefore").GetString(), change.GetProperty("codeAfter").GetString()));
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (seen.StatusCode, set.StatusCode));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden), (wrong.StatusCode, staff.StatusCode, forAll.StatusCode));
        Assert.Contains("\"nightlyAt\":\"20:30\"", await desk.GetStringAsync("/api/v1/cards/settings"), StringComparison.Ordinal);
        Assert.True((await house.Server.Get<CardSettings>().SaveAsync(Gateway.Access.Caller.System(), CardSetting.Default(RunningServer.Facility), default)).Ok);
    }
}
