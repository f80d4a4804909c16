using System.Net;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Rejudging;
using LienThong.Samples;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Pages;

/// <summary>Judging stored records again from the browser.</summary>
public sealed class RejudgePageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string List = "/kiem-tra-lai";

    [Fact]
    public async Task Run_is_started_watched_to_its_end_and_listed()
    {
        await IngestAsync(910, 911, 912);
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage started = await RunningServer.PostAsync(browser, List, List, ("ly-do", "danh mục mới"), ("da-gui", "1"));
        string run = started.Headers.Location!.OriginalString;
        Assert.Contains("hx-trigger=\"load", await browser.GetStringAsync(run), StringComparison.Ordinal);
        await server.Get<Rejudge>().RunAsync(Caller.System("thử"), Guid.Parse(run[(List.Length + 1)..]), null, default);

        Assert.Contains("Đã xong", await browser.GetStringAsync(run), StringComparison.Ordinal);
        Assert.DoesNotContain("hx-trigger=\"load", await browser.GetStringAsync(run), StringComparison.Ordinal);
        string list = await browser.GetStringAsync(List);
        Assert.Contains($"href=\"{run}\"", list, StringComparison.Ordinal);
        Assert.Contains("danh mục mới", list, StringComparison.Ordinal);
        Assert.Contains(List, await browser.GetStringAsync("/quy-tac"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Paused_run_goes_on_and_a_stopped_one_offers_nothing_more()
    {
        await IngestAsync(920);
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        RejudgeProgress run = await PausedAsync();
        string page = $"{List}/{run.Id}";

        Assert.Contains("Tạm dừng", await browser.GetStringAsync(page), StringComparison.Ordinal);
        using HttpResponseMessage stopped = await RunningServer.PostAsync(browser, page, page + "/dung");
        Assert.Equal(page, stopped.Headers.Location!.OriginalString);

        string over = await browser.GetStringAsync(page);
        Assert.Contains("Đã dừng", over, StringComparison.Ordinal);
        Assert.DoesNotContain("/tiep-tuc", over, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tu", "32/13/2026", "Ngày ghi theo dạng")]
    [InlineData("tu", "01/01/2001", null)]
    public async Task Unreadable_days_and_empty_selections_are_told_in_the_form(string field, string value, string? said)
    {
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        using HttpResponseMessage answer = await RunningServer.PostAsync(browser, List, List, (field, value), ("den", "02/01/2001"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.StatusCode);
        string html = await answer.Content.ReadAsStringAsync();
        Assert.Contains(said ?? "Không có hồ sơ nào", html, StringComparison.Ordinal);
        Assert.Contains($"value=\"{value}\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_only_reads_sees_progress_and_can_start_nothing()
    {
        using HttpClient browser = await server.SignedInAsync("auditor");

        Assert.DoesNotContain("Bắt đầu kiểm tra lại", await browser.GetStringAsync(List), StringComparison.Ordinal);
        using HttpResponseMessage refused = await RunningServer.PostAsync(browser, List, List, ("ly-do", "thử"));
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private async Task<RejudgeProgress> PausedAsync()
    {
        Caller caller = Caller.System("thử");
        Rejudge rejudge = server.Get<Rejudge>();
        RejudgeProgress run = await rejudge.StartAsync(caller, new RejudgeSelection { IncludeSent = true }, default);
        return (await rejudge.PauseAsync(caller, run.Id, default))!;
    }

    private async Task IngestAsync(params int[] numbers)
    {
        foreach (int number in numbers)
        {
            using MemoryStream package = new(Packages.Make(number, RunningServer.Facility, SampleKind.Outpatient, static _ => { }));
            await server.Get<IntakeService>().IngestAsync(package, "goi.xml", Caller.System("thử"), null, default);
        }
    }
}
