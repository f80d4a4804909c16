using System.Net;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Pages;

/// <summary>List and detail of records as people see them.</summary>
public sealed class RecordPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Marks_the_faulty_cell_with_message_and_remedy_beside_it()
    {
        Guid id = await server.IngestAsync(Packages.Broken(400));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string html = await browser.GetStringAsync($"/ho-so/{id}?bang=XML1");

        string cell = Html.Find(html, "<span class=\"field\">GIOI_TINH</span>.*?</tr>");
        Assert.Contains("class=\"cell-block\"", cell, StringComparison.Ordinal);
        Assert.Contains(">9</span>", cell, StringComparison.Ordinal);
        Assert.Contains("finding-note", cell, StringComparison.Ordinal);
        string sound = Html.Find(html, "<span class=\"field\">HO_TEN</span>.*?</tr>");
        Assert.DoesNotContain("cell-", sound, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_from_the_list_of_findings_opens_table_and_page_of_its_cell()
    {
        Guid id = await server.IngestAsync(Packages.Make(401, RunningServer.Facility, SampleKind.Inpatient, record =>
        {
            IList<RowBuilder> rows = record.Rows(TableId.Xml3);
            Assert.True(rows.Count > 60);
            rows[59].Set(Xml3.SO_LUONG, "ba cái");
        }));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string first = await browser.GetStringAsync($"/ho-so/{id}");
        string link = Html.Find(first, "href=\"(?<it>/ho-so/[^\"]+\\?loi=\\d+)#o-loi\"[^>]*>(?:(?!</a>).)*XML3, dòng 60, SO_LUONG");
        Assert.NotEqual("", link);

        string html = await browser.GetStringAsync(link);

        string focused = Html.Find(html, "<td[^>]*id=\"o-loi\"[^>]*>.*?</td>");
        Assert.Contains("ba cái", focused, StringComparison.Ordinal);
        Assert.Contains("cell-block", focused, StringComparison.Ordinal);
        Assert.DoesNotContain("<th scope=\"row\" class=\"stick\">1</th>", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_record_holds_never_becomes_markup()
    {
        Guid id = await server.IngestAsync(Packages.Make(402, RunningServer.Facility, SampleKind.Outpatient, record =>
            record.Set(Xml1.HO_TEN, "<script>alert(1)</script>").Set(Xml1.LY_DO_VV, "\"><img src=x>")));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        foreach (string path in (string[])[$"/ho-so/{id}?bang=XML1", "/ho-so?name=script", "/"])
        {
            string html = await browser.GetStringAsync(path);
            Assert.DoesNotContain("<script>alert", html, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_list_can_be_fetched_as_a_part_and_as_a_whole_page()
    {
        await server.IngestAsync(Packages.Clean(403));
        using HttpClient browser = await server.SignedInAsync("auditor");

        string page = await browser.GetStringAsync("/ho-so?order=arrival");
        using HttpRequestMessage request = new(HttpMethod.Get, "/ho-so?order=arrival");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Target", "danh-sach");
        using HttpResponseMessage part = await browser.SendAsync(request);
        string html = await part.Content.ReadAsStringAsync();

        Assert.Contains("<html", page, StringComparison.Ordinal);
        Assert.Contains("id=\"danh-sach\"", page, StringComparison.Ordinal);
        Assert.StartsWith("<section", html.TrimStart(), StringComparison.Ordinal);
        Assert.Contains("HX-Request", part.Headers.Vary);
    }

    [Fact]
    public async Task Says_what_to_do_when_nothing_matches_the_filter()
    {
        await server.IngestAsync(Packages.Clean(404));
        using HttpClient browser = await server.SignedInAsync("auditor");

        string html = await browser.GetStringAsync("/ho-so?maLk=khong-co-ma-nay");

        Assert.Contains("Không có hồ sơ nào khớp điều kiện lọc", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Someone_of_another_facility_finds_neither_record_nor_action()
    {
        Guid id = await server.IngestAsync(Packages.Broken(405));
        using HttpClient browser = await server.SignedInAsync("other");

        using HttpResponseMessage page = await browser.GetAsync($"/ho-so/{id}");
        using HttpResponseMessage hold = await RunningServer.PostAsync(browser, "/", $"/ho-so/{id}/tam-giu", ("ly-do", "x"));

        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, hold.StatusCode);
    }

    [Fact]
    public async Task Holds_and_releases_from_the_page()
    {
        Guid id = await server.IngestAsync(Packages.Broken(406));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage silent = await RunningServer.PostAsync(browser, $"/ho-so/{id}", $"/ho-so/{id}/tam-giu", ("ly-do", ""));
        Assert.Equal(HttpStatusCode.Conflict, silent.StatusCode);
        Assert.Contains("Ghi lý do tạm giữ.", await silent.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage held = await RunningServer.PostAsync(browser, $"/ho-so/{id}", $"/ho-so/{id}/tam-giu", ("ly-do", "Chờ xác minh thẻ"));
        string after = await browser.GetStringAsync(held.Headers.Location!.OriginalString);
        Assert.Contains("Đã tạm giữ hồ sơ.", after, StringComparison.Ordinal);
        Assert.Contains("Chờ xác minh thẻ", after, StringComparison.Ordinal);
        using HttpResponseMessage released = await RunningServer.PostAsync(browser, $"/ho-so/{id}", $"/ho-so/{id}/bo-giu");
        Assert.Contains("Có lỗi chặn", await browser.GetStringAsync(released.Headers.Location!.OriginalString), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shows_actions_only_to_those_who_may_take_them()
    {
        Guid id = await server.IngestAsync(Packages.Broken(407));
        using HttpClient officer = await server.SignedInAsync("insurance_officer");
        using HttpClient auditor = await server.SignedInAsync("auditor");

        Assert.Contains("/tam-giu", await officer.GetStringAsync($"/ho-so/{id}"), StringComparison.Ordinal);
        Assert.DoesNotContain("/tam-giu", await auditor.GetStringAsync($"/ho-so/{id}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Uploading_shows_the_ledger_of_each_file()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync("/tai-len"));
        using MultipartFormDataContent form = new()
        {
            { new StringContent(csrf), "csrf" },
            { new ByteArrayContent(Packages.Clean(408)), "tep", "tốt.xml" },
            { new ByteArrayContent("không phải XML"u8.ToArray()), "tep", "hỏng.xml" },
        };

        using HttpResponseMessage answer = await browser.PostAsync("/tai-len", form);

        string html = await answer.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Contains("tốt.xml", html, StringComparison.Ordinal);
        Assert.Contains("Đã nhận đủ", html, StringComparison.Ordinal);
        Assert.Contains("Không nhận được", html, StringComparison.Ordinal);
        Assert.Contains("Cách sửa:", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Dates_and_amounts_are_written_the_Vietnamese_way()
    {
        Guid id = await server.IngestAsync(Packages.Make(409, RunningServer.Facility, SampleKind.Outpatient, record => record.Set(Xml1.NGAY_VAO, "202607050830").Set(Xml1.T_TONGCHI_BV, "1234567.5")));
        using HttpClient browser = await server.SignedInAsync("auditor");

        string html = await browser.GetStringAsync($"/ho-so/{id}");

        Assert.Contains("05/07/2026 08:30", html, StringComparison.Ordinal);
        Assert.Contains("1.234.567,5 đ", html, StringComparison.Ordinal);
    }
}
