using System.Net;
using LienThong.Gateway.Intake.Pull;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>Sources of visits in the browser.</summary>
public sealed class PullPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string List = "/nguon-du-lieu";

    [Fact]
    public async Task Sources_are_listed_paused_resumed_and_asked_for()
    {
        string folder = Directory.CreateDirectory(server.Get<PullDesk>().Folder).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "sai.yaml"), "pull: 1");
        await File.WriteAllTextAsync(Path.Combine(folder, "mau.yaml"), """
            pull:
              name: nguon-mau
              provider: sqlite
              connection: "Data Source=/khong/co/his.db"
              facility: "99001"
              visits: {query: "SELECT k, m FROM t WHERE m > @watermark OR (m = @watermark AND k > @key) ORDER BY m, k LIMIT @batch", key: k, watermark: m}
              queries: {luot_kham: "SELECT * FROM t WHERE k IN (@keys)"}
            """);
        using HttpClient browser = await server.SignedInAsync("clinic_admin");
        string source = $"{List}/{RunningServer.Facility}/nguon-mau";

        string page = await browser.GetStringAsync(List);
        Assert.Contains("nguon-mau", page, StringComparison.Ordinal);
        Assert.Contains("Tạm dừng</button>", page, StringComparison.Ordinal);
        using HttpResponseMessage paused = await RunningServer.PostAsync(browser, List, source + "/tam-dung");
        Assert.Equal(List, paused.Headers.Location!.OriginalString);
        Assert.Contains("Tiếp tục</button>", await browser.GetStringAsync(List), StringComparison.Ordinal);
        using HttpResponseMessage resumed = await RunningServer.PostAsync(browser, List, source + "/tiep-tuc");
        using HttpResponseMessage asked = await RunningServer.PostAsync(browser, List, source + "/lay-ngay");
        Assert.Equal(List, asked.Headers.Location!.OriginalString);
        Assert.Contains("Không có lượt khám nào bị từ chối", await browser.GetStringAsync(source), StringComparison.Ordinal);
        using HttpResponseMessage unknown = await browser.GetAsync($"{List}/{RunningServer.Facility}/khong-co");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Contains("\"sources\":{\"status\":\"warn\"", await browser.GetStringAsync("/health"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_doesn_t_run_the_machine_sees_no_sources()
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage refused = await browser.GetAsync(List);

        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }
}
