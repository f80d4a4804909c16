using System.Globalization;
using LienThong.Cli.Terminal;
using Spectre.Console;

namespace LienThong.Cli.Extracts;

/// <summary>Tells how far the reading of an extract is: a bar when a person watches, otherwise now and then a line. Everything goes to the error output.</summary>
internal class ReadProgress
{
    private const long LineEveryMs = 10_000;
    private long bytes;
    private long visits;
    private long next = Environment.TickCount64 + LineEveryMs;

    protected ReadProgress()
    {
    }

    /// <summary>Runs work that may take long.</summary>
    public static T Watch<T>(Func<ReadProgress, T> work)
    {
        if (Console.IsErrorRedirected) return work(new ReadProgress());
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Screen.Error) });
        return console.Progress().AutoClear(true).Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context => work(new Bars(context)));
    }

    /// <summary>Reading begins.</summary>
    /// <param name="all">Bytes to read; 0 when nobody knows.</param>
    public virtual void Reading(long all) => bytes = all;

    /// <summary>Bytes read so far.</summary>
    public virtual void Read(long done)
    {
        if (IsDue()) Screen.Error.WriteLine(bytes > 0 ? $"  đọc {Words.Size(done)} / {Words.Size(bytes)}" : $"  đọc {Words.Size(done)}");
    }

    /// <summary>Building begins.</summary>
    public virtual void Building(long all) => visits = all;

    /// <summary>Visits built so far.</summary>
    public virtual void Built(long done)
    {
        if (IsDue()) Screen.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  lập {done} / {visits} lượt khám"));
    }

    private bool IsDue()
    {
        long now = Environment.TickCount64;
        if (now < next) return false;
        next = now + LineEveryMs;
        return true;
    }

    private sealed class Bars(ProgressContext context) : ReadProgress
    {
        private ProgressTask? reading;
        private ProgressTask? building;

        public override void Reading(long all) => reading = context.AddTask("Đọc", maxValue: Math.Max(all, 1));

        public override void Read(long done) => reading!.Value = done;

        public override void Building(long all)
        {
            reading!.Value = reading.MaxValue;
            building = context.AddTask("Lập hồ sơ", maxValue: all);
        }

        public override void Built(long done)
        {
            if (building is not null) building.Value = done;
        }
    }
}
