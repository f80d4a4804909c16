using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Intake;

/// <summary>The mapping workbench, without scripts.</summary>
public sealed class MappingPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Csv = """
        Mã lượt khám,Mã cơ sở,Ngày vào,Ngày ra,Loại khám,Đối tượng,Mã bệnh nhân,Họ tên,Ghi chú riêng
        W1,99001,202610010800,202610011500,01,1,BN1,Nguyễn Thị Thử,ổn
        W2,99001,202610010800,202610011500,01,1,BN2,Trần Văn Thử,ổn
        """;

    [Fact]
    public async Task A_sample_is_seen_mapped_previewed_and_saved_as_YAML_in_versions()
    {
        using HttpClient browser = await server.SignedInAsync("it_operator");
        string sample = await UploadAsync(browser, "luot_kham.csv", Csv);

        string html = await browser.GetStringAsync(sample);

        Assert.Contains("Nguyễn Thị Thử | Trần Văn Thử", html, StringComparison.Ordinal);
        Assert.Contains("Dùng các lựa chọn", html, StringComparison.Ordinal);
        Assert.Contains("aria-label=\"Bảng luot_kham.csv\"", html, StringComparison.Ordinal);
        Assert.Matches("<option value=\"visit.NGAY_VAO\"[^>]*selected", html);
        Assert.Equal(9, Regex.Count(html, "<select class=\"form-select field-choice\" id=\"v0-", RegexOptions.None, TimeSpan.FromSeconds(5)));

        Dictionary<string, string> form = Form(html);
        form["v0-8"] = "visit.GHI_CHU";
        form["viec"] = "chon";
        string chosen = await PostAsync(browser, sample, form, HttpStatusCode.OK);

        Assert.Contains("GHI_CHU: &quot;Ghi chú riêng&quot;", chosen, StringComparison.Ordinal);
        Assert.Contains("Kết quả kiểm tra", chosen, StringComparison.Ordinal);
        Assert.Contains("Hồ sơ của lượt khám W1", chosen, StringComparison.Ordinal);
        form = Form(chosen);
        form["viec"] = "luu";
        form["ten"] = "his-mau";
        Assert.Contains("Ghi lý do lưu", await PostAsync(browser, sample, form, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        form["ly-do"] = "bản đầu";
        await PostAsync(browser, sample, form, HttpStatusCode.Redirect);
        await PostAsync(browser, sample, form, HttpStatusCode.Redirect);

        string list = await browser.GetStringAsync("/anh-xa?co-so=99001&ten=his-mau");
        Assert.Contains("ban=2", list, StringComparison.Ordinal);
        Assert.Contains("Ghi chú riêng", await browser.GetStringAsync("/anh-xa/tai-ve?co-so=99001&ten=his-mau&ban=1"), StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync("/anh-xa/tai-ve?co-so=99001&ten=his-mau")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(sample)).StatusCode);
    }

    [Fact]
    public async Task Mistakes_in_the_YAML_are_told_by_line_and_a_sample_of_something_else_is_refused()
    {
        using HttpClient browser = await server.SignedInAsync("clinic_admin");
        string sample = await UploadAsync(browser, "luot_kham.csv", Csv);
        Dictionary<string, string> form = Form(await browser.GetStringAsync(sample));
        form["yaml"] = "model: lienthong-visit/1\nsources:\n  \"luot_kham.csv\":\n    visit:\n      KHONG_CO: \"x\"\n";
        form["viec"] = "xem";

        Assert.Contains("dòng 5", await PostAsync(browser, sample, form, HttpStatusCode.UnprocessableEntity), StringComparison.Ordinal);
        using HttpResponseMessage refused = await SendAsync(browser, "bang.exe", "MZ");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
    }

    [Fact]
    public async Task Mappings_are_stored_over_the_API_too()
    {
        using HttpClient client = server.Api("it_operator");
        using StringContent yaml = new("model: lienthong-visit/1\n", Encoding.UTF8, "application/yaml");

        using HttpResponseMessage saved = await client.PutAsync("/api/v1/mappings/99001/qua-api?reason=ban%20dau", yaml);

        Assert.Equal(HttpStatusCode.OK, saved.StatusCode);
        Assert.Contains("qua-api", await client.GetStringAsync("/api/v1/mappings"), StringComparison.Ordinal);
        using StringContent wrong = new("sources: [", Encoding.UTF8, "application/yaml");
        await ProblemDetail.AssertAsync(await client.PutAsync("/api/v1/mappings/99001/qua-api?reason=x", wrong), 422, "bad-mapping");
    }

    private static async Task<string> UploadAsync(HttpClient browser, string name, string content)
    {
        using HttpResponseMessage answer = await SendAsync(browser, name, content);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.Location!.OriginalString.Split('?')[0];
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient browser, string name, string content)
    {
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync("/anh-xa"));
        using MultipartFormDataContent form = new()
        {
            { new StringContent(csrf), "csrf" }, { new StringContent(RunningServer.Facility), "co-so" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(content)), "tep", name },
        };
        return await browser.PostAsync("/anh-xa/mau", form);
    }

    private static async Task<string> PostAsync(HttpClient browser, string path, Dictionary<string, string> fields, HttpStatusCode status)
    {
        using MultipartFormDataContent form = [];
        foreach ((string name, string value) in fields)
            form.Add(new StringContent(value), name);
        using HttpResponseMessage answer = await browser.PostAsync(path, form);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == status, $"{answer.StatusCode}: {html[..Math.Min(html.Length, 3000)]}");
        return html;
    }

    /// <summary>What a browser would send of the page's form if nothing was changed.</summary>
    private static Dictionary<string, string> Form(string html)
    {
        Dictionary<string, string> fields = [];
        TimeSpan patience = TimeSpan.FromSeconds(5);
        foreach (Match m in Regex.Matches(html, "<input type=\"hidden\" name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\"", RegexOptions.ExplicitCapture, patience))
            fields[m.Groups["name"].Value] = WebUtility.HtmlDecode(m.Groups["value"].Value);
        foreach (Match m in Regex.Matches(html, "<select[^>]* name=\"(?<name>[bv][^\"]+)\".*?</select>", RegexOptions.ExplicitCapture | RegexOptions.Singleline, patience))
        {
            Match selected = Regex.Match(m.Value, "<option value=\"(?<it>[^\"]*)\" selected", RegexOptions.ExplicitCapture, patience);
            fields[m.Groups["name"].Value] = selected.Groups["it"].Value;
        }
        fields["csrf"] = RunningServer.CsrfOf(html);
        fields["yaml"] = WebUtility.HtmlDecode(Html.Find(html, "<textarea[^>]*name=\"yaml\"[^>]*>(?<it>.*?)</textarea>"));
        return fields;
    }
}
