using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Receipts;

namespace LienThong.Cli.Reconciling;

/// <summary>A comparison as people and programs read it.</summary>
internal static class ReconcileOutput
{
    private const int MostProblems = 30;
    private const int MostDifferences = 50;

    /// <summary>As text.</summary>
    public static void PrintText(ReconciliationResult result, IReadOnlyList<ReconciliationDifference> differences)
    {
        TextWriter to = Screen.Out;
        if (result.Run is { } run)
        {
            bool done = run.State == ReconciliationState.Done;
            ReconciliationCounts c = done ? run.Counts : run.Expected;
            to.WriteLine($"  {PortalLists.Vietnamese(run.Kind)}, cơ sở {run.Facility}{Range(run)}{(run.Simulator ? ", của trình mô phỏng" : "")}");
            if (run.Repeats is not null) to.WriteLine("  Tệp này đã áp dụng trước đây: chỉ so sánh lại.");
            to.WriteLine($"    {run.Rows} dòng, {run.Refused} dòng sai; {c.Listed} hồ sơ trong danh sách, {c.Matched} khớp hồ sơ đã gửi");
            to.WriteLine($"    rõ kết quả: {c.SettledAccepted} đã tiếp nhận, {c.SettledRejected} bị từ chối; biên nhận: {c.Confirmed} được xác nhận, {c.Faulty} bị báo lỗi, {c.Unchanged} giữ nguyên");
            to.WriteLine($"    {(done ? $"Cổng không có {(run.From is null ? "(không xét)" : c.NotTheirs.ToString(CultureInfo.InvariantCulture))}, " : "")}ta không có {c.NotOurs}, khác nhau {c.Different}, bản đã thay {c.OlderVersion}, đã giải quyết {c.Resolved}, đang gửi {c.Skipped}");
            foreach (ReconciliationDifference d in differences.Take(MostDifferences))
                to.WriteLine($"      {ReconciliationExport.Name(d.Kind),-16} {Words.Plain(d.MaLk, 40)}  {Words.Plain(string.Join(" ", new[] { d.Field, d.Ours.Length + d.Theirs.Length > 0 ? $"«{d.Ours}» ≠ «{d.Theirs}»" : "", d.Code.Length > 0 ? $"[{d.Code}]" : "", d.Message }.Where(t => t.Length > 0)), 300)}");
            if (differences.Count > MostDifferences) to.WriteLine($"      … và {differences.Count - MostDifferences} chênh lệch nữa; xem đủ bằng --output json.");
            if (!done && result.Refusal.Length == 0) to.WriteLine("  Chưa áp dụng. Thêm --apply để áp dụng, hoặc áp dụng ở trang Đối soát trong vòng một ngày.");
        }

        foreach (CatalogueProblem problem in Problems(result).OrderByDescending(p => p.Severity).Take(MostProblems))
        {
            string value = problem.Value.Length > 0 ? $" «{Words.Plain(problem.Value, 60)}»" : "";
            to.WriteLine($"  {Words.Label(problem.Severity)}  {(problem.Place.Length > 0 ? Words.Plain(problem.Place, 120) + value + ": " : "")}{Words.Plain(problem.Message.TrimEnd('.'), 300)}. {problem.Fix}");
        }

        if (result.Refusal.Length > 0) Screen.Fail(Words.Plain(result.Refusal, 500));
        Screen.Flush();
    }

    /// <summary>As JSON.</summary>
    public static void PrintJson(ReconciliationResult result, IReadOnlyList<ReconciliationDifference> differences) => Json.Print(j =>
    {
        j.WriteStartObject();
        j.WriteString("refusal", result.Refusal.Length > 0 ? result.Refusal : null);
        if (result.Run is { } run) Write(j, run);
        j.WriteStartArray("problems");
        foreach (CatalogueProblem problem in Problems(result)) Write(j, problem);
        j.WriteEndArray();
        j.WriteStartArray("differences");
        foreach (ReconciliationDifference difference in differences) Write(j, difference);
        j.WriteEndArray();
        j.WriteEndObject();
    });

    private static IReadOnlyList<CatalogueProblem> Problems(ReconciliationResult result) => result.Run?.Problems ?? result.Problems;

    private static void Write(Utf8JsonWriter j, Reconciliation run)
    {
        j.WriteString("id", run.Id);
        j.WriteString("facility", run.Facility);
        j.WriteString("kind", run.Kind.ToString());
        j.WriteString("state", run.State.ToString());
        j.WriteString("file", run.FileName);
        j.WriteString("sha256", run.Sha256);
        j.WriteMoment("asOf", run.AsOf);
        j.WriteBoolean("simulator", run.Simulator);
        j.WriteString("repeats", run.Repeats?.ToString());
        j.WriteString("from", run.From?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        j.WriteString("to", run.To?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        j.WriteNumber("rows", run.Rows);
        j.WriteNumber("refused", run.Refused);
        j.WriteBoolean("needsConfirmation", run.NeedsConfirmation);
        Write(j, "expected", run.Expected);
        Write(j, "counts", run.Counts);
    }

    private static void Write(Utf8JsonWriter j, string name, ReconciliationCounts c)
    {
        j.WriteStartObject(name);
        j.WriteNumber("listed", c.Listed);
        j.WriteNumber("matched", c.Matched);
        j.WriteNumber("confirmed", c.Confirmed);
        j.WriteNumber("faulty", c.Faulty);
        j.WriteNumber("unchanged", c.Unchanged);
        j.WriteNumber("settledAccepted", c.SettledAccepted);
        j.WriteNumber("settledRejected", c.SettledRejected);
        j.WriteNumber("notOurs", c.NotOurs);
        j.WriteNumber("notTheirs", c.NotTheirs);
        j.WriteNumber("different", c.Different);
        j.WriteNumber("olderVersion", c.OlderVersion);
        j.WriteNumber("resolved", c.Resolved);
        j.WriteNumber("skipped", c.Skipped);
        j.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter j, CatalogueProblem problem)
    {
        j.WriteStartObject();
        j.WriteString("severity", problem.Severity.ToString());
        j.WriteString("file", problem.File);
        j.WriteString("sheet", problem.Sheet.Length > 0 ? problem.Sheet : null);
        j.WriteNumberOrNull("line", problem.Line);
        j.WriteString("column", problem.Column.Length > 0 ? problem.Column : null);
        j.WriteString("value", problem.Value);
        j.WriteString("message", problem.Message);
        j.WriteString("fix", problem.Fix);
        j.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter j, ReconciliationDifference d)
    {
        j.WriteStartObject();
        j.WriteNumber("ordinal", d.Ordinal);
        j.WriteString("kind", d.Kind.ToString());
        j.WriteString("maLk", d.MaLk);
        j.WriteString("recordId", d.RecordId?.ToString());
        j.WriteNumberOrNull("version", d.Version);
        j.WriteString("state", d.State?.ToString());
        j.WriteString("field", d.Field.Length > 0 ? d.Field : null);
        j.WriteString("ours", d.Ours);
        j.WriteString("theirs", d.Theirs);
        j.WriteString("code", d.Code.Length > 0 ? d.Code : null);
        j.WriteString("message", d.Message);
        j.WriteNumberOrNull("line", d.Line);
        j.WriteEndObject();
    }

    private static string Range(Reconciliation run) => run.From is { } from && run.To is { } to
        ? $", {(run.ByReception ? "tiếp nhận" : "ra viện")} {from.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}–{to.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture)}" : "";
}
