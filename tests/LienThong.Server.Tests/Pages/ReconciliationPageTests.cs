using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Receipts;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>Lists of the portal on pages and over REST: upload, preview, apply, differences, work lists, export.</summary>
public sealed class ReconciliationPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task List_is_shown_before_it_is_applied_and_its_differences_can_be_taken_away()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string run = await UploadAsync(browser, "Danh sách\nMã liên kết,Ngày ra,Tổng chi\nTRANG1,03/07/2026,150000\nTRANG2,31/02/2026,1\n");

        string preview = await browser.GetStringAsync(run);
        Assert.Contains("Danh sách đề nghị thanh toán", preview, StringComparison.Ordinal);
        Assert.Contains("dòng 4, cột NGAY_RA", preview, StringComparison.Ordinal);
        Assert.DoesNotContain("Xuất CSV", preview, StringComparison.Ordinal);
        using HttpResponseMessage applied = await RunningServer.PostAsync(browser, run, run + "/ap-dung");
        Assert.Equal(HttpStatusCode.Redirect, applied.StatusCode);
        Assert.Contains("Đang áp dụng", await browser.GetStringAsync(run), StringComparison.Ordinal);
        await server.Get<Reconciliations>().RunAsync(Caller.System(), IdOf(run), default);

        string result = await browser.GetStringAsync(run + "?loai=NotOurs");
        Assert.Contains("TRANG1", Html.Find(result, "<section[^>]*Chênh lệch.*?</section>"), StringComparison.Ordinal);
        Assert.DoesNotContain("rel=\"next\"", result, StringComparison.Ordinal);
        string csv = await browser.GetStringAsync(run + "/xuat?dang=csv");
        Assert.StartsWith("Loại,Mã liên kết,", csv, StringComparison.Ordinal);
        Assert.Equal(Encoding.UTF8.GetPreamble(), (await browser.GetByteArrayAsync(run + "/xuat?dang=csv"))[..3]);
        Assert.Contains("Ta không có,TRANG1,", csv, StringComparison.Ordinal);
        Assert.Equal("PK"u8.ToArray(), (await browser.GetByteArrayAsync(run + "/xuat?dang=xlsx&loai=NotOurs"))[..2]);
        Assert.Contains("1 ta không có", await browser.GetStringAsync("/doi-soat"), StringComparison.Ordinal);
        using HttpResponseMessage twice = await RunningServer.PostAsync(browser, run, run + "/ap-dung");
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using HttpClient other = await server.SignedInAsync("other");
        foreach (string path in (string[])[run, run + "/xuat"])
        {
            using HttpResponseMessage hidden = await other.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, hidden.StatusCode);
        }
    }

    [Fact]
    public async Task What_is_no_list_comes_back_with_its_problem_and_nothing_is_kept()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage refused = await PostAsync(browser, "a,b\n1,2\n");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        string html = await refused.Content.ReadAsStringAsync();
        Assert.Contains("Không nhận ra danh sách", html, StringComparison.Ordinal);
        Assert.Contains("Cách sửa", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Work_lists_and_reminder_have_pages()
    {
        using HttpClient browser = await server.SignedInAsync("auditor");

        foreach (string path in (string[])["/doi-soat/viec/khong-thay", "/doi-soat/viec/bao-loi", "/doi-soat/viec/da-giai-quyet", "/doi-soat/nhac"])
            Assert.Contains("Không có hồ sơ nào", await browser.GetStringAsync(path), StringComparison.Ordinal);
        Assert.DoesNotContain("Xem trước", await browser.GetStringAsync("/doi-soat"), StringComparison.Ordinal);
        using HttpResponseMessage none = await browser.GetAsync("/doi-soat/viec/khac");
        Assert.Equal(HttpStatusCode.NotFound, none.StatusCode);
    }

    [Fact]
    public async Task Program_reads_applies_and_pages_through_differences()
    {
        using HttpClient api = server.Api("clinic_admin");
        string list = "Mã liên kết,Ngày ra\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"API{i:D2},05/07/2026\n"));

        using HttpResponseMessage read = await SendAsync(api, "/api/v1/reconciliations?facility=99001&fileName=ds.csv", list);
        JsonElement run = await read.Content.ReadFromJsonAsync<JsonElement>();
        string address = read.Headers.Location!.OriginalString;
        using HttpResponseMessage unconfirmed = await api.PostAsync(address + "/apply", null);
        using HttpResponseMessage applied = await api.PostAsync(address + "/apply?confirmed=true", null);
        await server.Get<Reconciliations>().RunAsync(Caller.System(), run.GetProperty("id").GetGuid(), default);

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Conflict, HttpStatusCode.Accepted), (read.StatusCode, unconfirmed.StatusCode, applied.StatusCode));
        Assert.Equal(("Payment", 12, true), (run.GetProperty("kind").GetString(), run.GetProperty("expected").GetProperty("notOurs").GetInt32(), run.GetProperty("needsConfirmation").GetBoolean()));
        JsonElement first = await api.GetFromJsonAsync<JsonElement>(address + "/differences?take=7&kind=NotOurs");
        JsonElement second = await api.GetFromJsonAsync<JsonElement>($"{address}/differences?take=7&kind=NotOurs&after={first.GetProperty("next").GetString()}");
        Assert.Equal((7, 5, JsonValueKind.Null), (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength(), second.GetProperty("next").ValueKind));
        Assert.Equal("Done", (await api.GetFromJsonAsync<JsonElement>(address)).GetProperty("state").GetString());
        Assert.Contains("API11", await api.GetStringAsync(address + "/export"), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, (await api.GetFromJsonAsync<JsonElement>("/api/v1/reconciliations/cases/Fail")).GetProperty("items").ValueKind);
        Assert.Equal(JsonValueKind.Array, (await api.GetFromJsonAsync<JsonElement>("/api/v1/reconciliations/unconfirmed?take=1")).GetProperty("items").ValueKind);
        Assert.Contains(run.GetProperty("id").GetString()!, await api.GetStringAsync("/api/v1/reconciliations"), StringComparison.Ordinal);
        using HttpClient other = server.Api("other");
        foreach (string path in (string[])["", "/differences", "/export"])
            Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(address + path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.PostAsync(address + "/apply?confirmed=true", null)).StatusCode);
    }

    [Fact]
    public async Task Program_is_told_what_is_wrong()
    {
        using HttpClient api = server.Api("clinic_admin");

        using HttpResponseMessage kind = await SendAsync(api, "/api/v1/reconciliations?facility=99001&kind=khac&asOf=hom-qua", "x");
        using HttpResponseMessage facility = await SendAsync(api, "/api/v1/reconciliations", "x");
        using HttpResponseMessage foreign = await SendAsync(api, "/api/v1/reconciliations?facility=99002", "MA_LK,MALOI\nA,1\n");
        using HttpResponseMessage junk = await SendAsync(api, "/api/v1/reconciliations?facility=99001", "%PDF-1.7");

        Assert.Equal(
            (HttpStatusCode.BadRequest, HttpStatusCode.BadRequest, HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity),
            (kind.StatusCode, facility.StatusCode, foreign.StatusCode, junk.StatusCode));
        Assert.Equal(2, (await kind.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").EnumerateObject().Count());
        Assert.NotEqual("", (await junk.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("problems")[0].GetProperty("fix").GetString());
    }

    [Fact]
    public async Task Health_tells_how_many_records_nothing_confirmed() =>
        Assert.Equal("ok", (await server.Api(null).GetFromJsonAsync<JsonElement>("/health")).GetProperty("checks").GetProperty("reconciliation").GetProperty("status").GetString());

    private static async Task<HttpResponseMessage> SendAsync(HttpClient api, string address, string list)
    {
        using ByteArrayContent file = new(Encoding.UTF8.GetBytes(list));
        file.Headers.ContentType = new("application/octet-stream");
        return await api.PostAsync(address, file);
    }

    private static async Task<string> UploadAsync(HttpClient browser, string list)
    {
        using HttpResponseMessage read = await PostAsync(browser, list);
        Assert.Equal(HttpStatusCode.Redirect, read.StatusCode);
        return read.Headers.Location!.OriginalString;
    }

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, string list)
    {
        using MultipartFormDataContent form = new();
        form.Add(new StringContent(RunningServer.CsrfOf(await browser.GetStringAsync("/doi-soat"))), "csrf");
        form.Add(new StringContent("99001"), "co-so");
        form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(list)), "tep", "danh-sach.csv");
        return await browser.PostAsync("/doi-soat/xem-truoc", form);
    }

    private static Guid IdOf(string run) => Guid.Parse(run.Split('/')[^1]);
}
