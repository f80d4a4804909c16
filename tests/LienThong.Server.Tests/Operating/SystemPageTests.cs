using System.Net;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Storage;
using LienThong.Server.Pages.Operating;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Operating;

/// <summary>The machine room in the browser.</summary>
public sealed class SystemPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task It_shows_parts_jobs_database_archive_and_version_to_those_who_operate()
    {
        using HttpClient operators = await server.SignedInAsync("it_operator"), officer = await server.SignedInAsync("insurance_officer");

        string page = WebUtility.HtmlDecode(await operators.GetStringAsync("/he-thong"));
        using HttpResponseMessage refused = await officer.GetAsync("/he-thong");

        Assert.Contains("Tra lại thẻ, tra thẻ hằng đêm", page, StringComparison.Ordinal);
        Assert.Contains("Cơ sở dữ liệu", page, StringComparison.Ordinal);
        Assert.Contains("SQLite", page, StringComparison.Ordinal);
        Assert.Contains($"<dd>{Migration.All[^1].Number}<", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/he-thong\"", page, StringComparison.Ordinal);
        Assert.Matches("còn trống</dt><dd class=\"[^\"]*\">[0-9.,]+ (GB|MB) / ", page);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.DoesNotContain("href=\"/he-thong\"", await officer.GetStringAsync("/"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_asks_again_by_itself_for_a_while_only()
    {
        using HttpClient browser = await server.SignedInAsync("it_operator");

        string page = await browser.GetStringAsync("/he-thong");
        string next = await PartAsync(browser, "/he-thong?lan=1"), last = await PartAsync(browser, $"/he-thong?lan={SystemPages.MostRounds}");

        Assert.Contains("hx-get=\"/he-thong?lan=1\"", page, StringComparison.Ordinal);
        Assert.Contains("hx-get=\"/he-thong?lan=2\"", next, StringComparison.Ordinal);
        Assert.DoesNotContain("<html", next, StringComparison.Ordinal);
        Assert.DoesNotContain("hx-get", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_failed_is_told_on_top_with_what_it_means_and_on_the_start_page()
    {
        using HttpClient browser = await server.SignedInAsync("it_operator");
        Assert.DoesNotContain("alert-danger", await browser.GetStringAsync("/he-thong"), StringComparison.Ordinal);
        await NoteAsync("Npgsql.PostgresException: <b>53300</b>: too many clients");

        string page = await browser.GetStringAsync("/he-thong"), start = await browser.GetStringAsync("/");
        await NoteAsync(null);
        string after = await browser.GetStringAsync("/he-thong");

        string alert = WebUtility.HtmlDecode(Html.Find(page, "<div class=\"alert alert-danger\"[^>]*>(?<it>.*?)</div>"));
        Assert.Contains("Lỗi 1 lần liên tiếp", alert, StringComparison.Ordinal);
        Assert.Contains("Nhiệm vụ mới không tự mở", alert, StringComparison.Ordinal);
        Assert.Contains("nhật ký máy chủ", alert, StringComparison.Ordinal);
        Assert.Contains("&lt;b&gt;53300", page, StringComparison.Ordinal);
        Assert.Contains("«Mở và đóng nhiệm vụ» bị lỗi", WebUtility.HtmlDecode(start), StringComparison.Ordinal);
        Assert.DoesNotContain("alert-danger", after, StringComparison.Ordinal);
        Assert.Contains("Lỗi trước đây", WebUtility.HtmlDecode(after), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_job_has_words_for_what_is_missing_while_it_does_not_run()
    {
        string unknown = SystemWords.Consequence("?");

        Assert.All(await server.Get<JobBook>().ListAsync(default), job => Assert.NotEqual(unknown, SystemWords.Consequence(job.Name)));
    }

    private async Task NoteAsync(string? error)
    {
        long now = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();
        await using WriteSession session = await server.Get<Database>().BeginAsync(default);
        await session.ExecuteAsync("DELETE FROM job_run WHERE job = 'duties'", null, default);
        await session.ExecuteAsync("""
            INSERT INTO job_run (job, node, started_at, ended_at, next_at, failures, failed_at, error) VALUES ('duties', 'n', @now, @now, @next, @failures, @now, @said)
            """, new { now, next = now + 300_000, failures = error is null ? 0 : 1, said = error ?? "trước" }, default);
        await session.CommitAsync(default);
    }

    private static async Task<string> PartAsync(HttpClient browser, string path)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, path);
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Target", SystemPages.Target);
        using HttpResponseMessage answer = await browser.SendAsync(request);
        return await answer.Content.ReadAsStringAsync();
    }
}
