using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Api;

/// <summary><c>/api/v1/records/findings/export</c>.</summary>
public sealed class FindingExportTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Address = "/api/v1/records/findings/export";

    [Fact]
    public async Task Exports_what_the_list_with_the_same_filter_shows()
    {
        string wanted = await IngestAsync(Packages.Broken(801));
        string other = await IngestAsync(Packages.Broken(802));
        using HttpClient client = server.Api("auditor");

        JsonElement found = await client.GetFromJsonAsync<JsonElement>($"{Address}?maLk={wanted}");
        string csv = await client.GetStringAsync($"{Address}?format=csv&maLk={wanted}");

        JsonElement record = Assert.Single(found.EnumerateArray());
        Assert.Equal(wanted, record.GetProperty("maLk").GetString());
        Assert.Equal(RunningServer.Facility, record.GetProperty("maCskcb").GetString());
        int count = record.GetProperty("findings").GetArrayLength();
        Assert.True(count > 0);
        Assert.Equal(count, csv.Split(wanted).Length - 1);
        Assert.DoesNotContain(other, csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Excel_and_sarif_come_as_files()
    {
        string maLk = await IngestAsync(Packages.Broken(803));
        using HttpClient client = server.Api("auditor");

        using HttpResponseMessage excel = await client.GetAsync($"{Address}?format=xlsx&maLk={maLk}");
        JsonElement sarif = JsonDocument.Parse(await client.GetStringAsync($"{Address}?format=sarif&maLk={maLk}")).RootElement;

        Assert.Equal("loi.xlsx", excel.Content.Headers.ContentDisposition?.FileName);
        using ZipArchive zip = new(await excel.Content.ReadAsStreamAsync(), ZipArchiveMode.Read);
        Assert.Contains(zip.Entries, e => e.FullName == "xl/worksheets/sheet3.xml");
        Assert.Contains(maLk, Text(zip, "xl/worksheets/sheet2.xml"), StringComparison.Ordinal);
        Assert.NotEmpty(sarif.GetProperty("runs")[0].GetProperty("results").EnumerateArray());
    }

    [Fact]
    public async Task Another_facility_gets_nothing_of_it()
    {
        string maLk = await IngestAsync(Packages.Broken(804));
        using HttpClient client = server.Api("other");

        JsonElement found = await client.GetFromJsonAsync<JsonElement>($"{Address}?maLk={maLk}");

        Assert.Empty(found.EnumerateArray());
    }

    [Theory]
    [InlineData("format=pdf", "format")]
    [InlineData("groupBy=weather", "groupBy")]
    [InlineData("groupBy=file", "groupBy")]
    [InlineData("state=Unheard", "state")]
    public async Task Names_the_parameter_it_does_not_understand(string query, string parameter)
    {
        using HttpClient client = server.Api("auditor");

        using HttpResponseMessage answer = await client.GetAsync($"{Address}?{query}");

        JsonElement problem = await ProblemDetail.AssertAsync(answer, 400, "bad-parameter");
        Assert.True(problem.GetProperty("errors").TryGetProperty(parameter, out _));
    }

    private static string Text(ZipArchive zip, string entry)
    {
        using StreamReader reader = new(zip.GetEntry(entry)!.Open(), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    [Theory]
    [InlineData("json")]
    [InlineData("csv")]
    [InlineData("sarif")]
    public async Task HIV_data_stay_hidden_from_who_may_not_see_them(string format)
    {
        string maLk = await IngestAsync(Packages.Make(805, RunningServer.Facility, SampleKind.Outpatient, record =>
            record.AddRow(TableId.Xml6).Set(Xml6.NGAYKD_HIV, "hôm qua")));
        using HttpClient client = server.Api(Roles.ClinicAdmin);

        string export = await client.GetStringAsync($"{Address}?format={format}&maLk={maLk}");

        Assert.Contains("HIDDEN", export, StringComparison.Ordinal);
        Assert.DoesNotMatch("HIV|XML6|X6-", export);
    }

    [Fact]
    public async Task The_list_links_to_the_export_of_what_it_shows()
    {
        string maLk = await IngestAsync(Packages.Broken(806));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string html = await browser.GetStringAsync($"/ho-so?maLk={maLk}&state=Invalid");
        string link = WebUtility.HtmlDecode(Html.Find(html, $"href=\"(?<it>{Address}[^\"]*format=csv)\""));
        string csv = await browser.GetStringAsync(link);

        Assert.Contains(maLk, link, StringComparison.Ordinal);
        Assert.Contains(maLk, csv, StringComparison.Ordinal);
    }

    private async Task<string> IngestAsync(byte[] package)
    {
        using MemoryStream stream = new(package);
        IntakeReport report = await server.Get<IntakeService>().IngestAsync(stream, "goi.xml", Caller.System(), null, default);
        return Assert.Single(report.Records).MaLk;
    }
}
