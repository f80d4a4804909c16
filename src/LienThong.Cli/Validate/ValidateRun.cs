using LienThong.Cli.Terminal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>The verb <c>validate</c>: judges files in parallel and prints in order.</summary>
internal static class ValidateRun
{
    /// <summary>Runs it.</summary>
    /// <returns>0 nothing blocks, 1 something blocks or is unreadable, 3 a file could not be read from the disk.</returns>
    public static int Execute(ValidateArguments arguments)
    {
        List<FoundFile> files = Files.Walk(arguments.Paths);
        var tally = new Tally();
        try
        {
            if (arguments.Out is { } path) ResultFile.Write(path, output => Report(arguments, files, output, tally));
            else Report(arguments, files, tally);
        }
        catch (IOException e)
        {
            Screen.Fail($"không ghi được kết quả: {e.Message}");
            return ExitCode.Io;
        }

        if (tally.Troubles > 0) return ExitCode.Io;
        return tally.Blocked > 0 || tally.Unreadable > 0 ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Report(ValidateArguments arguments, List<FoundFile> files, Tally tally)
    {
        using Stream output = RawOutput.Open();
        Report(arguments, files, output, tally);
    }

    private static void Report(ValidateArguments arguments, List<FoundFile> files, Stream output, Tally tally)
    {
        IReport first = NewReport(arguments);
        using var owned = first as IDisposable;
        first.Start(output);
        var ordered = new OrderedOutput(output, gathers: arguments.Format == OutputFormat.Json);
        Run(arguments, files, first, ordered, tally);
        ordered.Flush();
        first.Finish(output, tally);
    }

    private static void Run(ValidateArguments arguments, List<FoundFile> files, IReport first, OrderedOutput output, Tally tally)
    {
        Validator validator = Validator.Create(new ValidatorOptions { Custom = arguments.Custom });
        JudgeContext context = Context(arguments.AsOf, arguments.Release, arguments.Lists, arguments.ForClaim);
        int workers = Math.Min(first is LineReport ? 1 : arguments.Workers, files.Count);
        int next = -1;
        IOException? failure = null;

        void Work(FileJudge judge)
        {
            try
            {
                for (int i; (i = Interlocked.Increment(ref next)) < files.Count;)
                {
                    judge.Judge(files[i], output.Open(i));
                    Progress.Tell(i + 1, files.Count);
                }
            }
            catch (IOException e)
            {
                failure = e;
                output.Break();
            }
            catch (OperationCanceledException)
            {
                // Another worker could not print any more and tells why.
            }
        }

        var judges = new FileJudge[workers];
        var threads = new Thread[workers];
        for (int i = 0; i < workers; i++)
        {
            FileJudge judge = judges[i] = new FileJudge(validator, context, i == 0 ? first : NewReport(arguments));
            if (i == 0) continue;
            threads[i] = new Thread(() => Work(judge));
            threads[i].Start();
        }

        if (workers > 0) Work(judges[0]);
        for (int i = 1; i < workers; i++) threads[i].Join();
        Progress.End(files.Count);
        if (failure is not null) throw failure;
        foreach (FileJudge judge in judges) tally.Add(judge.Tally);
    }

    private static IReport NewReport(ValidateArguments arguments) => arguments switch
    {
        { Format: OutputFormat.Json } => new JsonReport(),
        { Format: OutputFormat.Text, GroupBy: null } => new TextReport(arguments.Explain),
        _ => Reports.New(arguments),
    };

    /// <summary>What records are judged against.</summary>
    internal static JudgeContext Context(DateOnly? asOf, string? release, CodeLists? lists = null, bool forClaim = false)
    {
        // A day as moment of checking means its end: what happened on that day has happened.
        DateTime at = asOf is { } day
            ? day.ToDateTime(new TimeOnly(23, 59, 59))
            : TimeProvider.System.GetUtcNow().InVietnam().DateTime;
        return new JudgeContext(at, null, release is { } id ? Releases.Get(id) : null, asOf, Lists: lists, ForClaim: forClaim);
    }
}
