using System.Net;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>Correcting a record on its page.</summary>
public sealed class CorrectionFormTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly (string, string)[] Why =
        [("ma-ly-do", "audit"), ("ly-do", "Theo biên bản giám định"), ("so-van-ban", "123/BHXH-GĐ"), ("ngay-van-ban", "06/07/2026")];

    [Fact]
    public async Task Cells_reason_and_reference_make_a_new_version_that_is_judged_again()
    {
        Guid id = await server.IngestAsync(Packages.Broken(470));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage answer = await PostAsync(browser, id, [.. Cell("xml1", "1", "gioi_tinh", "2"), .. Cell("XML1", "1", "LY_DO_VV", "Đau lưng <b>"), .. Why]);

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        RecordDetail detail = (await server.Get<RecordQueries>().FindAsync(Caller.System(), id, default))!;
        VersionView version = detail.Versions.Single(v => v.IsCurrent);
        Assert.Equal((2, "insurance_officer", "Theo biên bản giám định", "123/BHXH-GĐ"), (version.Version, version.Actor, version.Reason, version.ReferenceNumber));
        Assert.Equal(["GIOI_TINH=2", "LY_DO_VV=Đau lưng <b>"], version.Corrections.Select(c => $"{c.Field}={c.NewValue}"));
        Assert.DoesNotContain(detail.Findings, f => f.Field == "GIOI_TINH");
        string html = await browser.GetStringAsync(answer.Headers.Location);
        Assert.Contains("Đã tạo bản sửa", html, StringComparison.Ordinal);
        Assert.Contains("123/BHXH-GĐ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Đau lưng <b>", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("XML1", "1", "GIOI_TINH", "", "cần số và ngày văn bản")]
    [InlineData("XML1", "7", "GIOI_TINH", "06/07/2026", "không có dòng 7")]
    [InlineData("XML1", "hai", "GIOI_TINH", "06/07/2026", "không có dòng 0")]
    [InlineData("XML1", "1", "MA_LK", "06/07/2026", "Không được sửa MA_LK")]
    [InlineData("XML1", "1", "KHONG_CO", "06/07/2026", "Không có trường XML1.KHONG_CO")]
    public async Task What_can_t_be_done_is_told_and_the_form_keeps_what_was_typed(string table, string row, string field, string day, string told)
    {
        Guid id = await server.IngestAsync(Packages.Broken(471));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage answer = await PostAsync(
            browser, id, [.. Cell(table, row, field, "giá trị \"mới\""), ("ma-ly-do", "audit"), ("ly-do", "Vì thế"), ("so-van-ban", day.Length > 0 ? "12/BHXH" : ""), ("ngay-van-ban", day)]);

        string html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains(told, WebUtility.HtmlDecode(Html.Find(html, "alert-danger\"[^>]*>(?<it>[^<]*)<")), StringComparison.Ordinal);
        string form = Html.Find(html, "<details[^>]*id=\"sua\".*?</form>");
        Assert.Matches("^<details[^>]* open", form);
        Assert.Contains($"value=\"{field}\"", form, StringComparison.Ordinal);
        Assert.Contains("giá trị &quot;mới&quot;", WebUtility.HtmlDecode(form).Replace("\"mới\"", "&quot;mới&quot;", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Matches("<option value=\"audit\" selected", form);
        Assert.Single((await server.Get<RecordQueries>().FindAsync(Caller.System(), id, default))!.Versions);
    }

    [Fact]
    public async Task The_cell_of_the_finding_that_is_open_stands_in_the_form()
    {
        Guid id = await server.IngestAsync(Packages.Broken(472));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string page = await browser.GetStringAsync($"/ho-so/{id}");
        string link = Html.Find(page, "href=\"(?<it>/ho-so/[^\"]+\\?loi=\\d+)#o-loi\"[^>]*>(?:(?!</a>).)*XML1, dòng 1, GIOI_TINH");
        Assert.NotEqual("", link);

        string form = Html.Find(await browser.GetStringAsync(link), "<details[^>]*id=\"sua\".*?</form>");

        Assert.Matches("id=\"o-truong-1\"[^>]*value=\"GIOI_TINH\"", form);
        Assert.Matches("<option value=\"XML1\" selected", form);
    }

    [Fact]
    public async Task Whoever_may_not_edit_sees_no_form_and_posts_in_vain()
    {
        Guid id = await server.IngestAsync(Packages.Broken(473));
        using HttpClient browser = await server.SignedInAsync("auditor");

        Assert.DoesNotContain("id=\"sua\"", await browser.GetStringAsync($"/ho-so/{id}"), StringComparison.Ordinal);
        using HttpResponseMessage answer = await PostAsync(browser, id, [.. Cell("XML1", "1", "GIOI_TINH", "2"), .. Why]);

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        using HttpClient officer = await server.SignedInAsync("insurance_officer");
        using HttpResponseMessage forged = await officer.PostAsync($"/ho-so/{id}/sua", new FormUrlEncodedContent(
            [.. new[] { ("csrf", "x") }.Concat(Cell("XML1", "1", "GIOI_TINH", "2")).Concat(Why).Select(f => KeyValuePair.Create(f.Item1, f.Item2))]));
        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Single((await server.Get<RecordQueries>().FindAsync(Caller.System(), id, default))!.Versions);
    }

    private static (string, string)[] Cell(string table, string row, string field, string value) => [("o-bang", table), ("o-dong", row), ("o-truong", field), ("o-gia-tri", value)];

    private static async Task<HttpResponseMessage> PostAsync(HttpClient browser, Guid id, (string Name, string Value)[] fields)
    {
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync($"/ho-so/{id}"));
        return await browser.PostAsync($"/ho-so/{id}/sua", new FormUrlEncodedContent([KeyValuePair.Create("csrf", csrf), .. fields.Select(f => KeyValuePair.Create(f.Name, f.Value))]));
    }
}
