using LienThong.Gateway.Submission;

namespace LienThong.Gateway.Jobs;

/// <summary>Work that is done again and again, by one node at a time.</summary>
/// <param name="Name">Short name: key in the database and word in logs.</param>
/// <param name="Title">What it does, Vietnamese.</param>
/// <param name="Every">Pause between the end of a run and the start of the next.</param>
/// <param name="RunAsync">Does the work once; may be stopped and repeated at any point. Returns how much was done.</param>
/// <param name="Signal">Wakes it before its time; null when nothing does.</param>
internal sealed record RecurringJob(string Name, string Title, TimeSpan Every, Func<CancellationToken, Task<long>> RunAsync, WorkSignal? Signal = null);
