using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>A rule written by a facility: judged over each row of its table, within a budget of steps.</summary>
internal sealed class CustomRule(RuleInfo info, FieldId at, FieldId[] reads) : Rule(info, at, reads)
{
    /// <summary>Steps one rule may take over one record: about a fifth of a second.</summary>
    public const int Budget = 5_000_000;

    /// <summary>The case it speaks of; null for every row.</summary>
    public Node? When { get; init; }

    /// <summary>What must hold.</summary>
    public required Node Require { get; init; }

    /// <summary>The right value of the cell, when the rule can tell it.</summary>
    public Node? Expected { get; init; }

    /// <summary>Values that the message shows, by their placeholders.</summary>
    public required IReadOnlyList<KeyValuePair<string, Node>> Shown { get; init; }

    private int Cost => 5 + (When?.Cost ?? 0) + Require.Cost;

    /// <summary>Judges the record.</summary>
    public void Judge(Scope scope, Report report)
    {
        if (scope.Record[At.Table] is not { } table) return;
        report.Current = this;
        scope.Steps = Budget;
        for (int i = 0; i < table.Count; i++)
        {
            scope.Row = table[i];
            Answer answer = scope.Spend(Cost) ? Judge(scope) : default;
            if (scope.Exhausted)
            {
                report.NotFinished();
                return;
            }

            report.Take(answer, scope.Row);
        }
    }

    private Answer Judge(Scope scope)
    {
        if (When is { } when)
        {
            Read<bool> given = when.Truth(scope);
            if (given.IsMalformed) return Answer.Malformed;
            if (given.IsAbsent || !given.Value) return Answer.NotApplicable;
        }

        Read<bool> holds = Require.Truth(scope);
        if (!holds.IsPresent) return Answer.Missing(holds);
        return holds.Value ? Answer.Holds : Describe(scope);
    }

    private Breach Describe(Scope scope)
    {
        var breach = new Breach();
        if (Expected is { } expected) breach.Expecting(expected.Show(scope));
        foreach ((string name, Node value) in Shown) breach.And(name, value.Show(scope));
        return breach;
    }
}
