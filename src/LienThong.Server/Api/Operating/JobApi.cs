using LienThong.Gateway.Access;
using LienThong.Gateway.Jobs;

namespace LienThong.Server.Api.Operating;

/// <summary>The machine room: recurring jobs.</summary>
internal static class JobApi
{
    public static void Map(RouteGroupBuilder api) =>
        api.MapGet("/system/jobs", async (JobBook book, CancellationToken ct) => (await book.ListAsync(ct)).Select(JobBody.Of))
            .RequireAuthorization(Permissions.Operate).WithTags("Health").Produces<IReadOnlyList<JobBody>>().Fails().WithSummary("Recurring jobs with their last run, next run and last error, over all nodes");
}

/// <summary>A recurring job.</summary>
/// <param name="Name">Short name, as in the log.</param>
/// <param name="Title">What it does.</param>
/// <param name="EverySeconds">Pause between the end of a run and the next, in seconds.</param>
/// <param name="State"><c>ok</c>, <c>failing</c> (the last run failed) or <c>waiting</c> (it hasn't run yet).</param>
/// <param name="StateText">The same in words.</param>
/// <param name="Node">Scheduler that ran it last.</param>
/// <param name="StartedAt">When its last run began.</param>
/// <param name="EndedAt">When that ended.</param>
/// <param name="NextAt">When it runs again, unless something wakes it earlier.</param>
/// <param name="Failures">Failed runs in a row.</param>
/// <param name="FailedAt">Its last failure ever.</param>
/// <param name="Error">What that said.</param>
internal sealed record JobBody(
    string Name, string Title, double EverySeconds, string State, string StateText, string? Node, DateTimeOffset? StartedAt, DateTimeOffset? EndedAt, DateTimeOffset? NextAt,
    int Failures, DateTimeOffset? FailedAt, string? Error)
{
    public static JobBody Of(JobState job)
    {
        (string state, string text) = job.Last switch
        {
            null => ("waiting", "Chưa chạy lần nào"),
            { Failures: > 0 } run => ("failing", $"Lỗi {run.Failures} lần liên tiếp; tự chạy lại"),
            _ => ("ok", "Lần chạy gần nhất tốt"),
        };
        return new JobBody(
            job.Name, job.Title, job.Every.TotalSeconds, state, text, job.Last?.Node, job.Last?.StartedAt, job.Last?.EndedAt, job.Last?.NextAt, job.Last?.Failures ?? 0,
            job.Last?.FailedAt, job.Last?.Error);
    }
}
