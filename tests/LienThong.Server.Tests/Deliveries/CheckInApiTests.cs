using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Deliveries;

/// <summary>Check-ins over the API and in the browser.</summary>
public sealed class CheckInApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Fields_as_JSON_are_judged_and_the_page_shows_what_is_wrong()
    {
        using HttpClient api = server.Api("insurance_officer");

        using HttpResponseMessage good = await api.PostAsync("/api/v1/check-ins", Visits.Json(Body("CI1")));
        using HttpResponseMessage bad = await api.PostAsync("/api/v1/check-ins", Visits.Json($"[{Body("CI2", name: "")},{Body("CI3", category: "2")}]"));

        JsonElement taken = JsonDocument.Parse(await good.Content.ReadAsStringAsync()).RootElement[0];
        Assert.Equal(("Ready", "FirstCost", false), (taken.GetProperty("state").GetString(), taken.GetProperty("kind").GetString(), taken.GetProperty("same").GetBoolean()));
        JsonElement two = JsonDocument.Parse(await bad.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal(["Blocked", "Exempt"], two.EnumerateArray().Select(e => e.GetProperty("state").GetString()));
        Assert.Contains(two[0].GetProperty("findings").EnumerateArray(), f => f.GetProperty("field").GetString() == "HO_TEN");
        string id = two[0].GetProperty("id").GetString()!;
        JsonElement one = JsonDocument.Parse(await api.GetStringAsync($"/api/v1/check-ins/{id}")).RootElement;
        Assert.Equal("Blocked", one.GetProperty("checkIn").GetProperty("group").GetString());
        Assert.Equal(2, JsonDocument.Parse(await api.GetStringAsync("/api/v1/check-ins?group=Blocked&take=1")).RootElement.GetProperty("items").GetArrayLength()
            + JsonDocument.Parse(await api.GetStringAsync("/api/v1/check-ins?group=Exempt")).RootElement.GetProperty("items").GetArrayLength());

        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string list = await browser.GetStringAsync("/check-in?nhom=Blocked");
        Assert.Contains("CI2", list, StringComparison.Ordinal);
        Assert.DoesNotContain("CI1", list, StringComparison.Ordinal);
        Assert.Contains("HO_TEN", await browser.GetStringAsync($"/check-in/{id}"), StringComparison.Ordinal);
        using HttpResponseMessage closed = await RunningServer.PostAsync(browser, $"/check-in/{id}", $"/check-in/{id}/dong", ("ly-do", "Người bệnh bỏ về"));
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        Assert.Contains("Đã đóng", await browser.GetStringAsync($"/check-in/{id}"), StringComparison.Ordinal);
        using HttpResponseMessage again = await RunningServer.PostAsync(browser, "/check-in", $"/check-in/{id}/dong", ("ly-do", "lần nữa"));
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
    }

    [Fact]
    public async Task XML_is_taken_other_files_and_foreign_facilities_are_refused()
    {
        using HttpClient api = server.Api("insurance_officer"), other = server.Api("other");
        const string Xml = """
            <CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>CI9</MA_LK><STT>1</STT><MA_BN>BN9</MA_BN><HO_TEN>Nguyễn Thị Thử</HO_TEN><SO_CCCD></SO_CCCD>
            <NGAY_SINH>198504020000</NGAY_SINH><GIOI_TINH>2</GIOI_TINH><MA_THE_BHYT>DN4990100000001</MA_THE_BHYT><MA_DKBD>99001</MA_DKBD><GT_THE_TU>20260101</GT_THE_TU><GT_THE_DEN>20261231</GT_THE_DEN>
            <MA_DOITUONG_KCB>1.1</MA_DOITUONG_KCB><NGAY_VAO>202610010800</NGAY_VAO><NGAY_VAO_NOI_TRU></NGAY_VAO_NOI_TRU><LY_DO_VNT></LY_DO_VNT><MA_LY_DO_VNT></MA_LY_DO_VNT><MA_LOAI_KCB>01</MA_LOAI_KCB>
            <MA_CSKCB>99001</MA_CSKCB><MA_DICH_VU>02.1896</MA_DICH_VU><TEN_DICH_VU>Khám Nội</TEN_DICH_VU><MA_THUOC></MA_THUOC><TEN_THUOC></TEN_THUOC><MA_VAT_TU></MA_VAT_TU><TEN_VAT_TU></TEN_VAT_TU>
            <NGAY_YL>202610010805</NGAY_YL><DU_PHONG></DU_PHONG></TRANG_THAI_KCB></DSACH_TRANG_THAI_KCB><CHUKYDONVI/></CHI_TIEU_TRANG_THAI_KCB>
            """;

        using HttpResponseMessage taken = await api.PostAsync("/api/v1/check-ins", new StringContent(Xml, Encoding.UTF8, "application/xml"));
        using HttpResponseMessage record = await api.PostAsync("/api/v1/check-ins", new StringContent("<GIAMDINHHS/>", Encoding.UTF8, "application/xml"));
        using HttpResponseMessage unknown = await api.PostAsync("/api/v1/check-ins", Visits.Json("""{"MA_LK":"X","MA_GI":"1"}"""));
        using HttpResponseMessage broken = await api.PostAsync("/api/v1/check-ins", Visits.Json("{"));
        using HttpResponseMessage foreign = await other.PostAsync("/api/v1/check-ins", Visits.Json(Body("CI8")));

        Assert.Equal("Ready", JsonDocument.Parse(await taken.Content.ReadAsStringAsync()).RootElement[0].GetProperty("state").GetString());
        await ProblemDetail.AssertAsync(record, 422, "bad-check-in");
        Assert.Contains("MA_GI", (await ProblemDetail.AssertAsync(unknown, 422, "bad-check-in")).GetProperty("detail").GetString(), StringComparison.Ordinal);
        await ProblemDetail.AssertAsync(broken, 422, "bad-check-in");
        await ProblemDetail.AssertAsync(foreign, 422, "bad-check-in");
        Assert.Equal(0, JsonDocument.Parse(await other.GetStringAsync("/api/v1/check-ins")).RootElement.GetProperty("items").GetArrayLength());
    }

    [Fact]
    public async Task A_visit_that_goes_on_is_answered_with_its_check_in()
    {
        using HttpClient api = server.Api("insurance_officer");

        using HttpResponseMessage answer = await api.PostAsync("/api/v1/visits", Visits.Json(Visits.One("CI7", ngayRa: "")));

        JsonElement body = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
        Assert.Equal((200, "CheckIn"), ((int)answer.StatusCode, body.GetProperty("verdict").GetString()));
        Assert.Contains("Chi phí đầu tiên", body.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Settings_are_the_administrators()
    {
        using HttpClient admin = await server.SignedInAsync("clinic_admin"), officer = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage wrong = await RunningServer.PostAsync(admin, "/check-in", "/check-in/cai-dat", ("co-so", RunningServer.Facility), ("canh-bao", "30"), ("bao-dong", "10"));
        using HttpResponseMessage set = await RunningServer.PostAsync(admin, "/check-in", "/check-in/cai-dat", ("co-so", RunningServer.Facility), ("canh-bao", "30"), ("bao-dong", "90"));
        using HttpResponseMessage refused = await RunningServer.PostAsync(officer, "/check-in", "/check-in/cai-dat", ("co-so", RunningServer.Facility), ("canh-bao", "30"), ("bao-dong", "90"));

        Assert.Equal((HttpStatusCode.UnprocessableEntity, HttpStatusCode.Redirect, HttpStatusCode.Forbidden), (wrong.StatusCode, set.StatusCode, refused.StatusCode));
        using HttpClient api = server.Api("insurance_officer");
        JsonElement settings = JsonDocument.Parse(await api.GetStringAsync("/api/v1/check-ins/settings")).RootElement[0];
        Assert.Equal((30, 90), (settings.GetProperty("warnMinutes").GetInt32(), settings.GetProperty("alertMinutes").GetInt32()));
    }

    [Fact]
    public async Task A_destination_is_added_switched_tried_and_removed_and_never_shows_its_password()
    {
        using HttpClient admin = await server.SignedInAsync("clinic_admin");
        using HttpResponseMessage wrong = await RunningServer.PostAsync(admin, "/kenh-gui", "/kenh-gui", Fields("mai"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        using HttpResponseMessage outside = await RunningServer.PostAsync(
            admin, "/kenh-gui", "/kenh-gui", [.. Fields("18:00-06:00").Select(f => f.Item1 == "dia-chi" ? ("dia-chi", "file:///etc") : f)]);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, outside.StatusCode);
        Assert.Contains("nằm ngoài", await outside.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage added = await RunningServer.PostAsync(admin, "/kenh-gui", "/kenh-gui", Fields("18:00-06:00"));
        Assert.True(added.StatusCode == HttpStatusCode.Redirect, await added.Content.ReadAsStringAsync());
        string page = await admin.GetStringAsync("/kenh-gui");
        Assert.Contains("Thư mục tỉnh", page, StringComparison.Ordinal);
        Assert.Contains("Đang tắt", page, StringComparison.Ordinal);
        string path = Html.Find(page, "action=\"(?<it>/kenh-gui/[0-9a-f]{32})/thu\"");
        using HttpResponseMessage on = await RunningServer.PostAsync(admin, "/kenh-gui", path + "/bat");
        Assert.Contains("Đang bật", await admin.GetStringAsync("/kenh-gui"), StringComparison.Ordinal);
        using HttpResponseMessage tried = await RunningServer.PostAsync(admin, "/kenh-gui", path + "/thu");
        Assert.Contains("role=\"", await tried.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        using HttpClient api = server.Api("clinic_admin"), officer = server.Api("insurance_officer");
        string id = path["/kenh-gui/".Length..];
        using HttpResponseMessage changed = await api.PutAsJsonAsync($"/api/v1/channels/{id}", new { name = "Tên mới", address = Folder, password = "bi-mat-lam", options = new Dictionary<string, string> { ["sha256"] = "true" } });
        Assert.Equal(HttpStatusCode.NoContent, changed.StatusCode);
        string listed = await api.GetStringAsync("/api/v1/channels");
        Assert.Contains("Tên mới", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("bi-mat-lam", listed, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, (await officer.DeleteAsync($"/api/v1/channels/{id}")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await api.DeleteAsync($"/api/v1/channels/{id}")).StatusCode);
        await ProblemDetail.AssertAsync(await api.DeleteAsync($"/api/v1/channels/{id}"), 404, "not-found");
        Assert.Equal("[]", await api.GetStringAsync("/api/v1/channels"));
    }

    [Fact]
    public async Task Deliveries_are_listed_and_documents_without_a_right_signature_refused()
    {
        using HttpClient api = server.Api("insurance_officer");
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage unsigned = await api.PostAsJsonAsync("/api/v1/deliveries", new
        {
            facility = RunningServer.Facility,
            service = "StaffForm",
            document = Encoding.UTF8.GetBytes("<HSDANHMUC><DANHSACH_DMNHANLUCKBCB Id=\"Id-1\"/><CHUKYDONVI/></HSDANHMUC>"),
        });
        using HttpResponseMessage unknown = await api.PostAsJsonAsync("/api/v1/deliveries", new { facility = RunningServer.Facility, service = "Record", document = new byte[] { 1 } });

        await ProblemDetail.AssertAsync(unsigned, 422, "refused");
        await ProblemDetail.AssertAsync(unknown, 422, "refused");
        await ProblemDetail.AssertAsync(await api.GetAsync("/api/v1/deliveries?state=Khac"), 400, "bad-parameter");
        await ProblemDetail.AssertAsync(await api.GetAsync("/api/v1/deliveries/123456"), 404, "not-found");
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/luot-gui?trang-thai=Dead")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/luot-gui/123456")).StatusCode);
    }

    // Below the folder the server lets channels use; it needn't be there yet.
    private string Folder => new Uri(Path.Combine(server.DataFolder, "kenh", "tinh")).AbsoluteUri;

    private (string, string)[] Fields(string window) =>
    [
        ("co-so", RunningServer.Facility), ("ten", "Thư mục tỉnh"), ("loai", "folder"), ("dia-chi", Folder), ("tai-khoan", ""), ("mat-khau", ""),
        ("khung-gio", window), ("gui-khi", "Accepted"), ("song-song", "2"), ("tuy-chon", ""),
    ];

    private static string Body(string maLk, string name = "Nguyễn Thị Thử", string category = "1.1") => $$"""
        {"MA_LK":"{{maLk}}","MA_BN":"BN{{maLk}}","HO_TEN":"{{name}}","NGAY_SINH":"198504020000","GIOI_TINH":2,"MA_THE_BHYT":"DN4990100000001","MA_DKBD":"99001","GT_THE_TU":"20260101",
         "GT_THE_DEN":"20261231","MA_DOITUONG_KCB":"{{category}}","NGAY_VAO":"202610010800","MA_LOAI_KCB":"01","MA_CSKCB":"99001","MA_DICH_VU":"02.1896","TEN_DICH_VU":"Khám Nội","NGAY_YL":"202610010805"}
        """;
}
