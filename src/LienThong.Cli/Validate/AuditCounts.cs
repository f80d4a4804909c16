using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>Findings and records counted by the contents of the automatic audit; a last row for what belongs to none.</summary>
internal sealed class AuditCounts
{
    private Row[]? rows;

    /// <summary>The groups that have findings, in the order of the circular; the rest, when there is any, comes last.</summary>
    public IEnumerable<Row> Found
    {
        get
        {
            foreach (Row row in rows ?? [])
            {
                if (row.Records > 0) yield return row;
            }
        }
    }

    // A clean run never asks for the groups.
    private Row[] Rows => rows ??= Row.Each();

    /// <summary>Counts the findings of one record.</summary>
    public void Add(IReadOnlyList<Finding> found)
    {
        for (int i = 0; i < found.Count; i++)
        {
            AuditGroup? group = RuleCatalogue.Find(found[i].Rule)?.AuditGroup;
            Rows[group?.Index ?? Rows.Length - 1].Add(found[i], found);
        }
    }

    /// <summary>Adds another worker's counts.</summary>
    public void Add(AuditCounts other)
    {
        for (int i = 0; i < other.rows?.Length; i++) Rows[i].Add(other.rows[i]);
    }

    /// <summary>One group.</summary>
    /// <param name="group">The group; null for the rest.</param>
    internal sealed class Row(AuditGroup? group)
    {
        private IReadOnlyList<Finding>? last;

        /// <summary>The group; null for the rest.</summary>
        public AuditGroup? Group => group;

        /// <summary>Findings by severity.</summary>
        public long[] Findings { get; } = new long[3];

        /// <summary>Records with at least one finding of the group.</summary>
        public long Records { get; private set; }

        public static Row[] Each()
        {
            IReadOnlyList<AuditGroup> groups = AuditGroup.All;
            var rows = new Row[groups.Count + 1];
            for (int i = 0; i < rows.Length; i++) rows[i] = new Row(i < groups.Count ? groups[i] : null);
            return rows;
        }

        public void Add(Finding finding, IReadOnlyList<Finding> record)
        {
            Findings[(int)finding.Severity]++;
            if (!ReferenceEquals(last, record)) Records++;
            last = record;
        }

        public void Add(Row other)
        {
            Records += other.Records;
            for (int i = 0; i < Findings.Length; i++) Findings[i] += other.Findings[i];
        }
    }
}
