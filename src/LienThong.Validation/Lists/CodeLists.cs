namespace LienThong.Validation;

/// <summary>
/// The code lists loaded for a facility. Immutable and thread-safe; give one per facility in <see cref="JudgeContext.Lists"/> and keep
/// it: what can be judged with it is worked out once.
/// </summary>
public sealed class CodeLists
{
    private readonly Dictionary<string, CodeList> byName = new(StringComparer.Ordinal);
    private readonly Slot?[] slots = new Slot?[ListDefinition.MostKnown];
    private ListPlan[] plans = [];

    /// <summary>These lists; those the product brings along stand in for what is missing.</summary>
    /// <exception cref="ArgumentException">Two lists have one name.</exception>
    public CodeLists(IEnumerable<CodeList> lists)
    {
        foreach (CodeList list in lists)
        {
            if (!byName.TryAdd(list.Name, list)) throw new ArgumentException($"The list {list.Name} is given twice.", nameof(lists));
        }
    }

    /// <summary>No list loaded: only the small national lists built into the product are there; rules that need others answer 'not checked'.</summary>
    public static CodeLists None { get; } = new([]);

    /// <summary>A list by its name: the one loaded, else the one built in; null when there is neither.</summary>
    public CodeList? Find(string name) => byName.TryGetValue(name, out CodeList? list) ? list : BuiltInLists.Find(name);

    /// <summary>The list of this definition; as quick as an array, for rules.</summary>
    internal CodeList? Find(ListDefinition definition) =>
        (slots[definition.Number] ??= new Slot(Find(definition.Name))).List;

    /// <summary>What the rules can be judged with on a day; worked out once per interval.</summary>
    internal ListPlan PlanFor(RuleSet rules, DateOnly day)
    {
        foreach (ListPlan plan in Volatile.Read(ref plans))
        {
            if (plan.IsFor(rules, day)) return plan;
        }

        var made = new ListPlan(rules, this, day);
        lock (byName) Volatile.Write(ref plans, [.. plans, made]);
        return made;
    }

    private sealed record Slot(CodeList? List);
}
