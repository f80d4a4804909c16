using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>What an expression sees while it is computed, and how much computing it may still do.</summary>
internal sealed class Scope
{
    /// <summary>The record.</summary>
    public RecordView Record { get; set; } = null!;

    /// <summary>The row being judged.</summary>
    public Row Row { get; set; }

    /// <summary>The rows that <c>sum</c>, <c>count</c> and the like are looking at, by their table.</summary>
    public Row[] Inner { get; } = new Row[TableNames.Count];

    /// <summary>Steps left for the rule.</summary>
    public int Steps { get; set; }

    /// <summary>The rule needed more steps than it may.</summary>
    public bool Exhausted => Steps < 0;

    /// <summary>Takes steps; false when there are none left.</summary>
    public bool Spend(int steps)
    {
        if (Steps >= 0) Steps -= steps;
        return Steps >= 0;
    }
}
