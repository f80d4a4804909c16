using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>What a run has found, counted. Each worker has its own; they are added up at the end.</summary>
internal sealed class Tally
{
    private readonly Dictionary<(NotCheckedCause Cause, string List), long> notChecked = [];

    /// <summary>Files named or found, unreadable ones included.</summary>
    public int Files { get; set; }

    /// <summary>Files of which a part could not be read.</summary>
    public int Unreadable { get; set; }

    /// <summary>Files that could not be opened or read from the disk.</summary>
    public int Troubles { get; set; }

    /// <summary>Records found.</summary>
    public long Records { get; private set; }

    /// <summary>Records that must not be sent as they are.</summary>
    public long Blocked { get; private set; }

    /// <summary>Findings by severity.</summary>
    public long[] Findings { get; } = new long[3];

    /// <summary>Problems of files by severity.</summary>
    public long[] Problems { get; } = new long[3];

    /// <summary>What could not be judged, by cause and list, most frequent first.</summary>
    public IEnumerable<NotCheckedTotal> NotChecked =>
        notChecked.OrderBy(n => n.Key.Cause).ThenBy(n => n.Key.List, StringComparer.Ordinal).Select(n => new NotCheckedTotal(n.Key.Cause, n.Key.List, n.Value));

    /// <summary>Counts a record.</summary>
    public void Add(Judgement judgement, bool blocked)
    {
        Records++;
        if (blocked) Blocked++;
        Findings[(int)Severity.Block] += judgement.Blocks;
        Findings[(int)Severity.Warn] += judgement.Warnings;
        Findings[(int)Severity.Info] += judgement.Infos;
        IReadOnlyList<NotCheckedCount> counts = judgement.NotChecked;
        for (int i = 0; i < counts.Count; i++) Count((counts[i].Cause, counts[i].List), counts[i].Count);
    }

    /// <summary>Adds another worker's counts.</summary>
    public void Add(Tally other)
    {
        Files += other.Files;
        Unreadable += other.Unreadable;
        Troubles += other.Troubles;
        Records += other.Records;
        Blocked += other.Blocked;
        for (int i = 0; i < 3; i++)
        {
            Findings[i] += other.Findings[i];
            Problems[i] += other.Problems[i];
        }

        foreach (((NotCheckedCause, string) key, long count) in other.notChecked) Count(key, count);
    }

    private void Count((NotCheckedCause, string) key, long count) => notChecked[key] = notChecked.GetValueOrDefault(key) + count;
}

/// <summary>How often rules could not be judged for one cause, over a whole run.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="List">The list that is missing; empty for the other causes.</param>
/// <param name="Count">Rules times records for lists, rows for the others.</param>
internal sealed record NotCheckedTotal(NotCheckedCause Cause, string List, long Count);
