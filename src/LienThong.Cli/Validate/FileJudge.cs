using LienThong.Cli.Terminal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>Judges files one after the other: one per worker.</summary>
internal sealed class FileJudge(Validator validator, JudgeContext context, IReport report)
{
    /// <summary>What this worker has found.</summary>
    public Tally Tally { get; } = new();

    /// <summary>Reads and judges a file to its end, whatever is wrong with it.</summary>
    public void Judge(FoundFile file, OrderedOutput.Part part)
    {
        Tally.Files++;
        report.BeginFile(part, file.Path);
        IReadOnlyList<Problem> problems;
        try
        {
            problems = file.Trouble is { } trouble ? Unread(trouble) : Read(file.Path, part);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            problems = Unread(Files.Explain(e));
        }

        bool whole = true;
        foreach (Problem problem in problems)
        {
            Tally.Problems[(int)problem.Severity]++;
            whole &= problem.Severity != Severity.Block || problem.Hoso is not null;
        }

        if (!whole) Tally.Unreadable++;
        report.EndFile(problems);
        part.Close();
    }

    private IReadOnlyList<Problem> Read(string path, OrderedOutput.Part part)
    {
        using var stream = new PlainFileStream(path);
        using var reader = new PackageReader(stream, today: DateOnly.FromDateTime(context.ProcessTime));
        JudgeContext? own = null;
        int seen = 0;
        try
        {
            while (reader.Read(out Record? record))
            {
                own ??= context with { FacilityCode = reader.Header.FacilityCode };
                Judgement judgement = reader.Kind == DocumentKind.Package ? validator.Judge(record, own) : validator.JudgeDocument(record, own);
                bool blocked = judgement.Blocked | record.IsDamaged | HasOwnBlock(reader.Problems, record.Index, ref seen);
                Tally.Add(judgement, blocked);
                report.Record(record, reader.Header.FacilityCode, judgement, blocked);
                part.Pass();
            }
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            // The disk failed half-way: what was read before counts, and the rest is told as missing.
            return [.. reader.Problems, .. Unread(Files.Explain(e))];
        }

        return reader.Problems;
    }

    private Problem[] Unread(string trouble)
    {
        Tally.Troubles++;
        return [new Problem("IO-READ-001", Severity.Block, $"Không đọc được tệp: {trouble}.", "Kiểm tra đường dẫn và quyền đọc rồi chạy lại.")];
    }

    private static bool HasOwnBlock(IReadOnlyList<Problem> problems, int hoso, ref int seen)
    {
        bool found = false;
        for (; seen < problems.Count; seen++) found |= problems[seen].Severity == Severity.Block && problems[seen].Hoso == hoso;
        return found;
    }
}
