using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Cli.Pull;

/// <summary>Pulls visits into a data folder: one pass, or pass after pass.</summary>
internal static class PullRun
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    /// <summary>Runs the verb.</summary>
    /// <returns>0 fine, 1 when visits were refused, 3 when the source can't be read.</returns>
    public static async Task<int> RunAsync(string path, string data, string? postgres, bool once, string? from, bool json, CancellationToken ct)
    {
        PullPlanLoad load = await PullPlans.LoadAsync(path, ct);
        (House house, _) = await House.OpenAsync(data, postgres, create: true, ct);
        await using House owned = house;
        await house.Facilities.EnsureAsync(house.Self, load.Plan!.Facility, load.Plan.Facility, ct);
        if (once)
        {
            PullOutcome outcome = await PassAsync(house, load, new PullRunRequest(house.Self.Name, Now: true, from), json, ct)
                ?? throw CommandFailure.Io($"nguồn «{load.Plan.Name}» đang được máy khác đọc; thử lại sau.");
            return Code(outcome);
        }

        int worst = ExitCode.Fine;
        try
        {
            if (from is not null) await PassAsync(house, load, new PullRunRequest(house.Self.Name, Now: true, from), json, ct);
            while (true)
            {
                if (await PassAsync(house, load, new PullRunRequest(house.Self.Name), json, ct) is { } outcome) worst = Code(outcome);
                await Task.Delay(Look, ct);
            }
        }
        catch (OperationCanceledException)
        {
            // The way to end it.
            return worst;
        }
    }

    private static async Task<PullOutcome?> PassAsync(House house, PullPlanLoad load, PullRunRequest request, bool json, CancellationToken ct)
    {
        Action<PullOutcome>? tell = json || !Screen.IsWatched ? null
            : o => Screen.Error.Write($"\r  {o.Visits} lượt khám, mốc {Words.Plain(o.Watermark ?? "–", 40)}   ");
        PullOutcome? outcome = await house.Pull.RunAsync(load, request, tell, ct);
        if (outcome is null) return null;
        if (tell is not null && outcome.Batches > 0) Screen.Error.WriteLine();
        if (json) Print(load.Plan!, outcome);
        else if (request.Now || outcome.Visits > 0 || outcome.Error is not null) Tell(load.Plan!, outcome);
        return outcome;
    }

    private static int Code(PullOutcome outcome) => outcome.Error is not null ? ExitCode.Io : outcome.RefusedCount > 0 ? ExitCode.Blocked : ExitCode.Fine;

    private static void Tell(PullPlan plan, PullOutcome outcome)
    {
        Screen.Out.WriteLine($"{plan.Name}: đọc {outcome.Visits} lượt khám; nhận {outcome.Stored}, không đổi {outcome.Same}, từ chối {outcome.RefusedCount}; mốc {Words.Plain(outcome.Watermark ?? "giữ nguyên", 60)}.");
        foreach (PullRefusal refusal in outcome.Refused) Screen.Out.WriteLine($"  {Words.Plain(refusal.Key, 40)}: {Words.Plain(refusal.Problem, 400)}");
        foreach (string note in outcome.Notes) Screen.Out.WriteLine($"  lưu ý: {Words.Plain(note, 400)}");
        if (outcome.Error is { } error) Screen.Fail(Words.Plain(error, 1000));
        Screen.Flush();
    }

    private static void Print(PullPlan plan, PullOutcome outcome) => Json.Print(j =>
    {
        j.WriteStartObject();
        j.WriteString("source", plan.Name);
        j.WriteString("facility", plan.Facility);
        j.WriteNumber("visits", outcome.Visits);
        j.WriteNumber("stored", outcome.Stored);
        j.WriteNumber("same", outcome.Same);
        j.WriteNumber("refused", outcome.RefusedCount);
        j.WriteString("watermark", outcome.Watermark);
        j.WriteString("error", outcome.Error);
        j.WriteStartArray("refusals");
        foreach (PullRefusal refusal in outcome.Refused)
        {
            j.WriteStartObject();
            j.WriteString("key", refusal.Key);
            j.WriteString("problem", refusal.Problem);
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteStartArray("notes");
        foreach (string note in outcome.Notes) j.WriteStringValue(note);
        j.WriteEndArray();
        j.WriteEndObject();
    });
}
