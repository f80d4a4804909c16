using LienThong.Standard;

namespace LienThong.Gateway.Reports.Findings;

/// <summary>By what findings are put together.</summary>
public enum FindingGrouping
{
    /// <summary>Rule code.</summary>
    Rule,

    /// <summary>Department (<c>MA_KHOA</c>).</summary>
    Department,

    /// <summary>Who ordered, performed or signed.</summary>
    Doctor,

    /// <summary>Table.</summary>
    Table,

    /// <summary>File.</summary>
    File,

    /// <summary>Content of the automatic audit that the rule belongs to.</summary>
    Audit,
}

/// <summary>One group of findings, counted.</summary>
/// <param name="key">What they have in common; empty when that is unknown.</param>
public sealed class FindingGroup(string key)
{
    private readonly Dictionary<(string Table, int? Row), decimal> rows = [];
    private FindingSource? current;
    private decimal whole;
    private decimal settled;

    /// <summary>What they have in common; empty when that is unknown.</summary>
    public string Key => key;

    /// <summary>The first of the weightiest.</summary>
    public FindingLine Example { get; private set; } = null!;

    /// <summary>How many of each severity.</summary>
    public long[] Counts { get; } = new long[3];

    /// <summary>Records (or files) concerned.</summary>
    public long Records { get; private set; }

    /// <summary>Findings.</summary>
    public long Count => Counts[0] + Counts[1] + Counts[2];

    /// <summary>
    /// VND that the fund could cut for them: of each record what its blocking findings put at risk (the whole record, so once), otherwise
    /// the most of each row.
    /// </summary>
    public decimal AtRisk => settled + Open;

    private decimal Open
    {
        get
        {
            decimal sum = 0;
            foreach (decimal row in rows.Values) sum += row;
            return Math.Max(whole, sum);
        }
    }

    internal void Add(FindingLine line)
    {
        if (line.Source != current) Begin(line.Source);
        if (Count == 0 || line.Severity > Example.Severity) Example = line;
        Counts[(int)line.Severity]++;
        if (line.AtRisk is not { } vnd) return;
        if (line.Severity == Severity.Block) whole = Math.Max(whole, vnd);
        else rows[(line.Table, line.Row)] = Math.Max(rows.GetValueOrDefault((line.Table, line.Row)), vnd);
    }

    private void Begin(FindingSource source)
    {
        settled += Open;
        rows.Clear();
        whole = 0;
        current = source;
        Records++;
    }
}

/// <summary>Counts findings in groups while they pass by; memory depends on the number of groups only. Findings of one record come together.</summary>
/// <param name="by">What makes a group.</param>
public sealed class FindingGroups(FindingGrouping by)
{
    private readonly Dictionary<string, FindingGroup> groups = new(StringComparer.Ordinal);

    /// <summary>What makes a group.</summary>
    public FindingGrouping By => by;

    /// <summary>What the groups have in common, as a heading in Vietnamese.</summary>
    public string Heading => by switch
    {
        FindingGrouping.Rule => "Quy tắc",
        FindingGrouping.Department => "Khoa",
        FindingGrouping.Doctor => "Bác sĩ",
        FindingGrouping.Table => "Bảng",
        FindingGrouping.Audit => "Nội dung giám định tự động",
        _ => "Tệp",
    };

    /// <summary>Stands for the key of findings that have none.</summary>
    public string Unknown => by == FindingGrouping.Audit ? "ngoài các nội dung giám định tự động" : "không rõ";

    /// <summary>Reads a name as the command line and addresses write it; null when there is no such grouping.</summary>
    public static FindingGrouping? Parse(string name) =>
        Enum.TryParse(name, ignoreCase: true, out FindingGrouping by) && Enum.IsDefined(by) && !char.IsAsciiDigit(name[0]) ? by : null;

    /// <summary>Counts one finding.</summary>
    public void Add(FindingLine line)
    {
        string key = KeyOf(line);
        if (!groups.TryGetValue(key, out FindingGroup? group)) groups.Add(key, group = new FindingGroup(key));
        group.Add(line);
    }

    /// <summary>The groups, those that block most first.</summary>
    public IReadOnlyList<FindingGroup> Sorted() =>
    [
        .. groups.Values.OrderByDescending(g => g.Counts[(int)Severity.Block]).ThenByDescending(g => g.Counts[(int)Severity.Warn])
            .ThenByDescending(g => g.Counts[(int)Severity.Info]).ThenBy(g => g.Key, StringComparer.Ordinal),
    ];

    private string KeyOf(FindingLine line) => by switch
    {
        FindingGrouping.Rule => line.Rule,
        FindingGrouping.Department => line.Department,
        FindingGrouping.Doctor => line.Doctor,
        FindingGrouping.Table => line.Table,
        FindingGrouping.Audit => line.AuditGroup is { } group ? $"{group.Point}) {group.TitleVi}" : "",
        _ => line.Source.File,
    };
}
