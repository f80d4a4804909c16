using System.Net;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Visits;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Intake;

/// <summary>Pages on which visits are handed in and looked at; all of them work without scripts.</summary>
public sealed class VisitPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Upload_takes_visits_and_its_ledger_can_be_looked_at_again()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string csrf = RunningServer.CsrfOf(await browser.GetStringAsync("/tai-len"));
        string json = $"[{Visits.One("P1")},{Visits.One("P2", "\"NGAY_MIEN_CCT\":\"hôm qua\",")}]";
        using MultipartFormDataContent form = new() { { new StringContent(csrf), "csrf" }, { new ByteArrayContent(Encoding.UTF8.GetBytes(json)), "tep", "luot.json" } };

        string html = await (await browser.PostAsync("/tai-len", form)).Content.ReadAsStringAsync();

        Assert.Contains("Lập được hồ sơ", html, StringComparison.Ordinal);
        Assert.Contains("cột NGAY_MIEN_CCT", html, StringComparison.Ordinal);
        Assert.Contains("giá trị «hôm qua»", html, StringComparison.Ordinal);
        string ledger = Html.Find(html, "href=\"(?<it>/tai-len/[0-9a-f-]+)\"");
        Assert.Contains("giá trị «hôm qua»", await browser.GetStringAsync(ledger), StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        Assert.Equal(HttpStatusCode.NotFound, (await other.GetAsync(ledger)).StatusCode);
    }

    [Fact]
    public async Task The_Excel_template_is_offered_and_taken_in_when_it_is_filled_in()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string page = await browser.GetStringAsync("/tai-len");
        byte[] template = await browser.GetByteArrayAsync(Html.Find(page, "href=\"(?<it>/tai-len/[^\"]+xlsx)\""));
        Assert.Equal(template, await browser.GetByteArrayAsync("/api/v1/visits/template.xlsx"));
        using MultipartFormDataContent form = new() { { new StringContent(RunningServer.CsrfOf(page)), "csrf" }, { new ByteArrayContent(Filled(template)), "tep", "thang7.xlsx" } };

        string html = await (await browser.PostAsync("/tai-len", form)).Content.ReadAsStringAsync();

        Assert.Contains("LK-1", html, StringComparison.Ordinal);
        Assert.Contains("Lập được hồ sơ", html, StringComparison.Ordinal);
        using MultipartFormDataContent broken = new() { { new StringContent(RunningServer.CsrfOf(page)), "csrf" }, { new ByteArrayContent(template[..300]), "tep", "hong.xlsx" } };
        Assert.Contains("Cách sửa", await (await browser.PostAsync("/tai-len", broken)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    // Makes visits of the template's examples, which are marked by a leading #.
    private static byte[] Filled(byte[] template)
    {
        using var book = new MemoryStream();
        book.Write(template);
        using (var zip = new System.IO.Compression.ZipArchive(book, System.IO.Compression.ZipArchiveMode.Update, leaveOpen: true))
        {
            foreach (System.IO.Compression.ZipArchiveEntry part in zip.Entries.Where(e => e.FullName.EndsWith(".xml", StringComparison.Ordinal)))
            {
                string text;
                using (StreamReader reader = new(part.Open())) text = reader.ReadToEnd();
                using StreamWriter writer = new(part.Open());
                writer.BaseStream.SetLength(0);
                writer.Write(text.Replace("#VD", "LK-", StringComparison.Ordinal));
            }
        }
        return book.ToArray();
    }

    [Fact]
    public async Task A_row_tells_where_its_values_came_from()
    {
        Guid id = await IngestAsync(Visits.One("P3"));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string record = await browser.GetStringAsync($"/ho-so/{id}?bang=XML3");
        string link = Html.Find(record, $"href=\"(?<it>/ho-so/{id}/nguon[^\"]+)\"").Replace("&amp;", "&", StringComparison.Ordinal);
        string html = await browser.GetStringAsync(link);

        Assert.Contains("DON_GIA_BV", html, StringComparison.Ordinal);
        Assert.Contains("Lấy nguyên từ HIS", html, StringComparison.Ordinal);
        Assert.Contains("dòng 7, cột DON_GIA_BV: «50600»", html, StringComparison.Ordinal);
        Assert.Contains("Tính: ", html, StringComparison.Ordinal);
        Guid package = await server.IngestAsync(Packages.Clean(7200));
        Assert.DoesNotContain("/nguon?", await browser.GetStringAsync($"/ho-so/{package}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync($"/ho-so/{package}/nguon")).StatusCode);
    }

    [Fact]
    public async Task Folders_are_added_looked_at_and_removed_by_forms()
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-drop-").FullName;
        using HttpClient browser = await server.SignedInAsync("clinic_admin");

        using HttpResponseMessage wrong = await RunningServer.PostAsync(
            browser, "/thu-muc", "/thu-muc", ("co-so", RunningServer.Facility), ("ten", "HIS"), ("duong-dan", "thu/muc"), ("loai", "Visits"), ("bat", "1"));
        Assert.Equal(422, (int)wrong.StatusCode);
        Assert.Contains("đường dẫn đầy đủ", await wrong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage added = await RunningServer.PostAsync(
            browser, "/thu-muc", "/thu-muc", ("co-so", RunningServer.Facility), ("ten", "HIS nội trú"), ("duong-dan", folder), ("loai", "Visits"), ("bat", "1"));
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        string list = await browser.GetStringAsync("/thu-muc?da=luu");
        Assert.Contains("HIS nội trú", list, StringComparison.Ordinal);
        string page = Html.Find(list, "href=\"(?<it>/thu-muc/[0-9a-f-]+)\"");

        await File.WriteAllTextAsync(Path.Combine(folder, "luot.json"), Visits.One("P4"));
        await File.WriteAllTextAsync(Path.Combine(folder, "luot.json.ready"), "");
        await server.Get<Gateway.Intake.Folders.FolderWatch>().LookAsync(default);

        string html = await browser.GetStringAsync(page);
        Assert.Contains("Đã nhận đủ", html, StringComparison.Ordinal);
        Assert.Contains("Đang theo dõi", html, StringComparison.Ordinal);
        Assert.Contains("href=\"/tai-len/", html, StringComparison.Ordinal);
        using HttpResponseMessage tested = await RunningServer.PostAsync(browser, page, page + "/thu");
        Assert.Contains("Đọc và chuyển tệp được", await tested.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage removed = await RunningServer.PostAsync(browser, page, page + "/xoa");
        Assert.Equal(HttpStatusCode.Redirect, removed.StatusCode);
        Directory.Delete(folder, recursive: true);
    }

    private async Task<Guid> IngestAsync(string json)
    {
        using MemoryStream stream = new(Encoding.UTF8.GetBytes(json));
        IntakeReport report = await server.Get<VisitIntake>().IngestJsonAsync(stream, "luot.json", Caller.System(), default);
        return Assert.Single(report.Records).RecordId!.Value;
    }
}
