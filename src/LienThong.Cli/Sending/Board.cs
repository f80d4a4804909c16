using System.Diagnostics;
using System.Globalization;
using LienThong.Cli.Terminal;
using Spectre.Console;

namespace LienThong.Cli.Sending;

/// <summary>Shows how far long work has come: a bar when a person watches, one line per step otherwise, nothing beside JSON.</summary>
internal sealed class Board(bool silent)
{
    private static bool Watched => Screen.IsWatched && Environment.GetEnvironmentVariable("TERM") is not (null or "" or "dumb");

    /// <summary>Runs a step.</summary>
    /// <param name="title">What is done, in Vietnamese.</param>
    /// <param name="total">How much there is to do; 0 when unknown.</param>
    /// <param name="work">The step; tells how much is done.</param>
    public async Task<T> RunAsync<T>(string title, long total, Func<Action<long>, Task<T>> work)
    {
        if (silent) return await work(static _ => { });
        if (Watched) return await Bar(title, total, work);
        long done = 0;
        long start = Stopwatch.GetTimestamp();
        T result = await work(value => Volatile.Write(ref done, value));
        string count = total > 0 ? $": {done.ToString(CultureInfo.InvariantCulture)}/{total.ToString(CultureInfo.InvariantCulture)}" : "";
        Say($"{title}{count} ({Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} giây)");
        return result;
    }

    /// <summary>A line between steps.</summary>
    public void Say(string line)
    {
        if (silent) return;
        Screen.Out.WriteLine(line);
        Screen.Flush();
    }

    private static Task<T> Bar<T>(string title, long total, Func<Action<long>, Task<T>> work)
    {
        Screen.Flush();
        return AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context =>
            {
                ProgressTask task = context.AddTask(Markup.Escape(title), maxValue: Math.Max(1, total));
                task.IsIndeterminate = total <= 0;
                T result = await work(value => task.Value = value);
                task.IsIndeterminate = false;
                task.Value = task.MaxValue;
                return result;
            });
    }
}
