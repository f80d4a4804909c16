namespace LienThong.Standard;

/// <summary>The way from a release to its neighbour: renames of the layer of changes, and the lines of <c>conversions.csv</c>.</summary>
internal sealed class ConversionStep
{
    private static readonly Lazy<CsvData> Lines = new(() => ReleaseLoader.Read("Data/conversions.csv"));

    private ConversionStep(Release from, Release to)
    {
        (From, To) = (from, to);
        var rules = new List<ConversionRule>();
        for (int i = 0; i < Lines.Value.Count; i++)
        {
            DataRow line = Lines.Value[i];
            if (line["from"] == from.Id && line["to"] == to.Id) rules.Add(new ConversionRule(line));
        }

        foreach (ConversionRule rename in Renames(from, to))
        {
            if (!rules.Exists(r => r.Source == rename.Source)) rules.Add(rename);
        }

        Rules = rules;
    }

    public Release From { get; }

    public Release To { get; }

    public List<ConversionRule> Rules { get; }

    /// <summary>The steps that lead from a release to another; null when there is no way back to it (QĐ 4210).</summary>
    public static List<ConversionStep>? Between(Release from, Release to)
    {
        int at = Array.IndexOf(Releases.List, from), goal = Array.IndexOf(Releases.List, to);
        if (goal == 0 && at > 0) return null;
        var steps = new List<ConversionStep>();
        for (int step = Math.Sign(goal - at); at != goal; at += step) steps.Add(new ConversionStep(Releases.List[at], Releases.List[at + step]));
        return steps;
    }

    /// <summary>The line that works a field out.</summary>
    public ConversionRule Computing(FieldId target) => Rules.Find(r => r.Action == ConversionAction.Compute && r.Target == target)
        ?? throw new FormatException($"conversions.csv has no line that works out {target}.");

    private static IEnumerable<ConversionRule> Renames(Release from, Release to)
    {
        bool forward = to.Parent == from.Id;
        Release layer = forward ? to : from;
        foreach (DataRow change in layer.FieldLists.OwnRenames())
        {
            _ = TableNames.TryParse(change["table"], out TableId table);
            _ = FieldId.TryParse(table, change["field"], out FieldId older);
            _ = FieldId.TryParse(table, change["new_field"], out FieldId newer);
            string basis = $"QĐ {to.DecisionNumber}, Bảng {(int)table}";
            yield return forward ? ConversionRule.Rename(older, newer, basis) : ConversionRule.Rename(newer, older, basis);
        }
    }
}
