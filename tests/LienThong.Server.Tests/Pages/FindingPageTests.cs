using System.Net;
using LienThong.Gateway.Access;
using LienThong.Gateway.Rules;
using LienThong.Samples;
using LienThong.Server.Tests.Support;
using LienThong.Standard;

namespace LienThong.Server.Tests.Pages;

/// <summary>What a record's page says of a finding, the page of all findings, and custom rules from upload to trial.</summary>
public sealed class FindingPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string Rules = """
        rules:
          - code: TUY-KHAM-02
            table: XML1
            field: MA_LOAI_KCB
            severity: block
            require: MA_LOAI_KCB != "01"
            message: "Loại hình {value}."
        """;

    [Fact]
    public async Task Finding_tells_reason_basis_money_and_leads_to_the_cells_it_read()
    {
        Guid id = await server.IngestAsync(Packages.Make(
            940, RunningServer.Facility, SampleKind.Outpatient, record => record.Rows(TableId.Xml1)[0].Set(Xml1.T_BHTT, "1.00")));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");

        string page = await browser.GetStringAsync($"/ho-so/{id}");

        foreach (string part in (string[])["Vì sao, căn cứ", "Căn cứ:", "Tiền có thể mất:", "Ô liên quan:", "href=\"/quy-tac/X1-T_BHTT-002\""])
            Assert.Contains(part, page, StringComparison.Ordinal);
        string cell = Html.Find(page, "href=\"(?<it>/ho-so/[^\"]*&amp;dong=[^\"]*)#o-loi\"").Replace("&amp;", "&", StringComparison.Ordinal);
        string at = await browser.GetStringAsync(cell);
        Assert.Equal(1, at.Split("id=\"o-loi\"").Length - 1);
    }

    [Fact]
    public async Task Silenced_finding_stands_apart_with_the_reason_of_its_exception()
    {
        Guid id = await server.IngestAsync(Packages.Make(
            941, RunningServer.Facility, SampleKind.Outpatient, record => record.Rows(TableId.Xml2)[0].Set(Xml2.DUONG_DUNG, "sai")));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        string before = await browser.GetStringAsync($"/ho-so/{id}");
        RuleResult made = await server.Get<RuleExceptions>().ProposeAsync(Caller.System("nguoi-tao"), new ExceptionDraft
        {
            Facility = RunningServer.Facility,
            Rule = "X2-DUONG_DUNG-001",
            Action = Validation.ExceptionAction.Silence,
            Reason = "Đường dùng riêng của khoa",
            To = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().AddDays(20).DateTime),
        }, default);
        Assert.IsType<RuleResult.Done>(made);
        await server.Get<ExceptionKeeper>().SettleAsync(default);

        string after = await browser.GetStringAsync($"/ho-so/{id}");

        Assert.DoesNotContain("Lý do miễn", before, StringComparison.Ordinal);
        Assert.Contains("Lý do miễn: Đường dùng riêng của khoa", after, StringComparison.Ordinal);
        Assert.Contains("lỗi được miễn theo ngoại lệ, không tính", after, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Findings_are_counted_by_rule_and_department_and_hidden_rules_stay_hidden()
    {
        await server.IngestAsync(Packages.Broken(942));
        await server.IngestAsync(Packages.Make(943, RunningServer.Facility, SampleKind.Outpatient, record => record.AddRow(TableId.Xml6).Set(Xml6.MA_LK, record.Rows(TableId.Xml1)[0][Xml1.MA_LK]!).Set(Xml6.NGAYKD_HIV, "sai")));
        Caller all = Caller.System();
        IReadOnlyList<RuleCount> rules = await server.Get<FindingCounts>().ByRuleAsync(all, "", default);
        IReadOnlyList<DepartmentCount> departments = await server.Get<FindingCounts>().ByDepartmentAsync(all, rules[0].Rule, default);
        using HttpClient officer = await server.SignedInAsync("insurance_officer");
        using HttpClient clerk = await server.SignedInAsync("clinic_admin");
        RuleCount secret = rules.First(r => r.Table == "XML6" && r.Rule.StartsWith("X6", StringComparison.Ordinal));

        Assert.Equal(rules[0].Findings, departments.Sum(d => d.Findings));
        foreach (DepartmentCount d in departments.Where(d => d.Department.Length > 0))
            Assert.Equal(d.Findings, (await server.Get<FindingCounts>().ByRuleAsync(all, d.Department, default)).Single(r => r.Rule == rules[0].Rule).Findings);
        Assert.Contains(secret.Rule, await officer.GetStringAsync("/loi"), StringComparison.Ordinal);
        Assert.DoesNotContain(secret.Rule, await clerk.GetStringAsync("/loi"), StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        Assert.Contains("Không có lỗi nào", await other.GetStringAsync("/loi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Custom_rules_are_uploaded_tried_switched_on_and_stored_records_judged_again()
    {
        await server.IngestAsync(Packages.Clean(944));
        using HttpClient browser = await server.SignedInAsync("insurance_officer");
        const string Page = "/quy-tac/rieng";
        string csrf = Html.Find(await browser.GetStringAsync(Page), "name=\"csrf\" value=\"(?<it>[^\"]+)\"");
        using MultipartFormDataContent form = new()
        {
            { new StringContent(csrf), "csrf" }, { new StringContent(RunningServer.Facility), "co-so" }, { new StringContent("thu"), "ten" },
            { new StringContent("thử"), "ly-do" }, { new StringContent("luu"), "viec" }, { new StringContent(""), "noi-dung" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(Rules)), "tep", "thu.yaml" },
        };
        using HttpResponseMessage saved = await browser.PostAsync(Page, form);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("1 quy tắc ở mức chặn", await browser.GetStringAsync(Page), StringComparison.Ordinal);

        (string, string)[] file = [("co-so", RunningServer.Facility), ("ten", "thu")];
        using HttpResponseMessage tried = await RunningServer.PostAsync(browser, Page, Page + "/chay-thu", [.. file, ("so-ngay", "30")]);
        Assert.Contains("TUY-KHAM-02", await RunningServer.EventuallyAsync(browser, tried.Headers.Location!.OriginalString, "Đã xong"), StringComparison.Ordinal);
        using HttpResponseMessage on = await RunningServer.PostAsync(browser, Page, Page + "/bat-tat", [.. file, ("bat", "1"), ("ly-do", "dùng")]);
        Assert.Contains("Kiểm tra lại hồ sơ đã lưu", await browser.GetStringAsync(on.Headers.Location), StringComparison.Ordinal);
        using HttpResponseMessage run = await RunningServer.PostAsync(browser, Page, Page + "/kiem-tra-lai", ("co-so", RunningServer.Facility));
        Assert.StartsWith("/kiem-tra-lai/", run.Headers.Location!.OriginalString, StringComparison.Ordinal);
        using HttpClient other = await server.SignedInAsync("other");
        using HttpResponseMessage foreign = await RunningServer.PostAsync(other, Page, Page + "/chay-thu", [.. file, ("so-ngay", "30")]);
        Assert.Equal(HttpStatusCode.NotFound, foreign.StatusCode);
        await RunningServer.PostAsync(browser, Page, Page + "/bat-tat", [.. file, ("bat", "0"), ("ly-do", "thôi")]);
    }
}
