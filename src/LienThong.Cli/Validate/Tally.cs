using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>What a run has found, counted. Each worker has its own; they are added up at the end.</summary>
internal sealed class Tally
{
    // A short list: searched from the front, and nothing has to be compiled for it at start.
    private readonly List<NotCheckedTotal> notChecked = [];

    // Records judged by the same lists share one array of what is missing: it is counted when another one comes.
    private IReadOnlyList<NotCheckedCount> shared = [];
    private long sharedBy;

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

    /// <summary>Findings by content of the automatic audit.</summary>
    public AuditCounts Audit { get; } = new();

    /// <summary>What could not be judged, by cause and list.</summary>
    public IReadOnlyList<NotCheckedTotal> NotChecked
    {
        get
        {
            CountShared();
            notChecked.Sort(static (one, other) => one.Cause != other.Cause ? (int)one.Cause - (int)other.Cause : string.CompareOrdinal(one.List, other.List));
            return notChecked;
        }
    }

    /// <summary>Counts a record.</summary>
    public void Add(Judgement judgement, bool blocked)
    {
        Records++;
        if (blocked) Blocked++;
        Findings[(int)Severity.Block] += judgement.Blocks;
        Findings[(int)Severity.Warn] += judgement.Warnings;
        Findings[(int)Severity.Info] += judgement.Infos;
        Audit.Add(judgement.Findings);
        if (!ReferenceEquals(judgement.NotChecked, shared))
        {
            CountShared();
            shared = judgement.NotChecked;
        }

        sharedBy++;
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

        Audit.Add(other.Audit);
        foreach (NotCheckedTotal total in other.NotChecked) Count(total.Cause, total.List, total.Count);
    }

    private void CountShared()
    {
        for (int i = 0; i < shared.Count; i++) Count(shared[i].Cause, shared[i].List, shared[i].Count * sharedBy);
        sharedBy = 0;
    }

    private void Count(NotCheckedCause cause, string list, long count)
    {
        foreach (NotCheckedTotal total in notChecked)
        {
            if (total.Cause != cause || total.List != list) continue;
            total.Count += count;
            return;
        }

        notChecked.Add(new NotCheckedTotal(cause, list) { Count = count });
    }
}

/// <summary>How often rules could not be judged for one cause, over a whole run.</summary>
/// <param name="cause">The cause.</param>
/// <param name="list">The list that is missing; empty for the other causes.</param>
internal sealed class NotCheckedTotal(NotCheckedCause cause, string list)
{
    /// <summary>The cause.</summary>
    public NotCheckedCause Cause => cause;

    /// <summary>The list that is missing; empty for the other causes.</summary>
    public string List => list;

    /// <summary>Rules times records for lists, rows for the others.</summary>
    public long Count { get; set; }
}
