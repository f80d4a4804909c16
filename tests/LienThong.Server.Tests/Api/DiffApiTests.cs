using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Api;

/// <summary><c>/api/v1/records/{id}/diff</c>, reasons, and the pages that show both.</summary>
public sealed class DiffApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task A_correction_by_code_and_reference_is_told_by_the_comparison()
    {
        Guid id = await server.IngestAsync(Packages.Clean(500));
        using HttpClient client = server.Api("insurance_officer");

        using HttpResponseMessage answer = await client.PostAsJsonAsync($"/api/v1/records/{id}/correct", new
        {
            reasonCode = "audit",
            referenceNumber = "12/BB",
            referenceDate = "2026-01-08",
            changes = new[] { new { table = "XML1", row = 1, field = "T_BHTT", value = "1000.5" } },
        });
        JsonElement diff = await client.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}/diff");

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal((1, 2), (diff.GetProperty("from").GetProperty("version").GetInt32(), diff.GetProperty("to").GetProperty("version").GetInt32()));
        Assert.Equal("audit", diff.GetProperty("to").GetProperty("reasonCode").GetString());
        Assert.Equal("12/BB", diff.GetProperty("to").GetProperty("referenceNumber").GetString());
        JsonElement money = diff.GetProperty("money").EnumerateArray().Single(m => m.GetProperty("field").GetString() == "T_BHTT");
        Assert.Equal(1000.5m, money.GetProperty("new").GetDecimal());
        JsonElement table = Assert.Single(diff.GetProperty("tables").EnumerateArray());
        Assert.Equal("T_BHTT", table.GetProperty("rows")[0].GetProperty("cells")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task Reasons_are_listed_and_a_bad_one_is_refused()
    {
        Guid id = await server.IngestAsync(Packages.Clean(501));
        using HttpClient client = server.Api("insurance_officer");

        JsonElement reasons = await client.GetFromJsonAsync<JsonElement>("/api/v1/change-reasons");
        using HttpResponseMessage answer = await client.PostAsJsonAsync($"/api/v1/records/{id}/correct", new
        {
            reasonCode = "audit",
            changes = new[] { new { table = "XML1", row = 1, field = "T_BHTT", value = "1" } },
        });

        Assert.Contains(reasons.EnumerateArray(), r => r.GetProperty("code").GetString() == "portal-fault");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        Assert.Equal("bad-reason", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task Versions_that_are_not_there_and_other_facilities_get_404()
    {
        Guid id = await server.IngestAsync(Packages.Clean(502));
        using HttpClient client = server.Api("auditor");
        using HttpClient other = server.Api("other");

        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync($"/api/v1/records/{id}/diff?to=9")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await client.GetAsync($"/api/v1/records/{id}/diff?from=x")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/api/v1/records/{id}/diff")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync($"/ho-so/{id}/so-sanh")).StatusCode);
    }

    [Fact]
    public async Task HIV_data_show_only_to_who_may_see_them_and_leave_a_note()
    {
        Guid id = await server.IngestAsync(Packages.Make(503, RunningServer.Facility, SampleKind.Outpatient, r =>
            r.AddRow(TableId.Xml6).Set(Xml6.MA_LK, r.Rows(TableId.Xml1)[0][Xml1.MA_LK]!).Set(Xml6.NGAYKD_HIV, "20250101")));
        await server.Get<RecordCorrections>().CorrectAsync(Caller.System(), id, [new CellChange("XML6", 1, "NGAYKD_HIV", "20250102")], new ChangeReason("wrong-code", ""), default);
        using HttpClient may = server.Api("insurance_officer");
        using HttpClient maynot = server.Api("therapist");

        string shown = await may.GetStringAsync($"/api/v1/records/{id}/diff");
        string hidden = await maynot.GetStringAsync($"/api/v1/records/{id}/diff");

        Assert.Contains("NGAYKD_HIV", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("XML6", hidden, StringComparison.Ordinal);
        List<string> notes = await server.Get<LienThong.Gateway.Storage.Database>().QueryUnscopedAsync<string>(
            "SELECT actor FROM audit_entry WHERE action = 'record.sensitive-read' AND subject = @id AND detail = 'diff'", new { id = id.ToString() }, default);
        Assert.Equal("insurance_officer", Assert.Single(notes));
    }

    [Fact]
    public async Task The_page_puts_both_versions_side_by_side_and_never_makes_markup_of_values()
    {
        Guid id = await server.IngestAsync(Packages.Clean(504));
        await server.Get<RecordCorrections>().CorrectAsync(
            Caller.System(), id, [new CellChange("XML1", 1, "HO_TEN", "<b>TRẦN ĐỔI</b>"), new CellChange("XML1", 1, "T_BHTT", "2000")], new ChangeReason("cost-correction", "Tính lại"), default);
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string record = await browser.GetStringAsync($"/ho-so/{id}");
        string link = Html.Find(record, "href=\"(?<it>/ho-so/[^\"]+/so-sanh\\?tu=1&(?:amp;)?den=2)\"").Replace("&amp;", "&", StringComparison.Ordinal);
        string page = await browser.GetStringAsync(link);
        string letter = await browser.GetStringAsync($"/ho-so/{id}/cong-van");

        Assert.Contains("Điều chỉnh chi phí", page, StringComparison.Ordinal);
        Assert.Contains("Tính lại", page, StringComparison.Ordinal);
        Assert.Contains("<ins class=\"diff\">&lt;b&gt;TR", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>TR", page, StringComparison.Ordinal);
        Assert.Matches("(?s)T_BHTT.*2\\.000", page);
        Assert.Contains("Điều 13 khoản 9", WebUtility.HtmlDecode(letter), StringComparison.Ordinal);
        Assert.Contains("2.000", letter, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>TR", letter, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_version_that_waits_is_told_with_both_choices_and_the_difference()
    {
        using HttpClient his = server.Api("insurance_officer");
        (await his.PostAsync("/api/v1/visits", Visits.Json(Visits.One("LK.505")))).EnsureSuccessStatusCode();
        JsonElement list = await his.GetFromJsonAsync<JsonElement>("/api/v1/records?maLk=LK.505");
        Guid id = list.GetProperty("items")[0].GetProperty("id").GetGuid();
        await server.Get<RecordCorrections>().CorrectAsync(Caller.System(), id, [new CellChange("XML1", 1, "LY_DO_VV", "Đau bụng")], new ChangeReason("wrong-code", ""), default);
        (await his.PostAsync("/api/v1/visits", Visits.Json(Visits.One("LK.505", reason: "Sốt")))).EnsureSuccessStatusCode();
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string record = WebUtility.HtmlDecode(await browser.GetStringAsync($"/ho-so/{id}"));
        string compare = WebUtility.HtmlDecode(await browser.GetStringAsync($"/ho-so/{id}/so-sanh"));
        using HttpResponseMessage chosen = await RunningServer.PostAsync(
            browser, $"/ho-so/{id}/so-sanh", $"/ho-so/{id}/bo-giu", ("ma-ly-do", "portal-fault"), ("ly-do", "Theo Cổng"), ("so-van-ban", "7"), ("ngay-van-ban", "05/01/2026"));

        Assert.Contains("cần người chọn một", record, StringComparison.Ordinal);
        Assert.Contains($"/ho-so/{id}/so-sanh?tu=2&den=3", record, StringComparison.Ordinal);
        Assert.Contains("Dùng bản HIS gửi", compare, StringComparison.Ordinal);
        Assert.Contains("Giữ bản đã sửa", compare, StringComparison.Ordinal);
        Assert.Contains("Sốt", compare, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, chosen.StatusCode);
        Assert.Equal(3, (await his.GetFromJsonAsync<JsonElement>($"/api/v1/records/{id}")).GetProperty("record").GetProperty("version").GetInt32());
    }
}
