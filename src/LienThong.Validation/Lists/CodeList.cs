namespace LienThong.Validation;

/// <summary>
/// Codes with their validity and what else rules ask of them. Immutable and thread-safe; look-ups allocate nothing. A code may have
/// many rows. Made by <see cref="CodeListBuilder"/>.
/// </summary>
public sealed class CodeList
{
    private readonly Func<CodeTable>? load;
    private CodeTable? table;

    internal CodeList(ListDefinition definition, bool isComplete, DateOnly from, DateOnly to, CodeTable table)
        : this(definition, isComplete, from, to) => this.table = table;

    internal CodeList(ListDefinition definition, bool isComplete, DateOnly from, DateOnly to, Func<CodeTable> load)
        : this(definition, isComplete, from, to) => this.load = load;

    private CodeList(ListDefinition definition, bool isComplete, DateOnly from, DateOnly to)
    {
        Definition = definition;
        IsComplete = isComplete;
        CoversFrom = from;
        CoversTo = to;
    }

    /// <summary>What kind of list it is.</summary>
    public ListDefinition Definition { get; }

    /// <summary>Name in the rules, e.g. <c>icd10</c>.</summary>
    public string Name => Definition.Name;

    /// <summary>True when it holds every code of its kind; in a partial list the absence of a code says nothing.</summary>
    public bool IsComplete { get; }

    /// <summary>First day it says something about, inclusive.</summary>
    public DateOnly CoversFrom { get; }

    /// <summary>Last day it says something about, inclusive.</summary>
    public DateOnly CoversTo { get; }

    /// <summary>Number of rows.</summary>
    public int Count => Table.Count;

    private CodeTable Table => table ?? Load();

    /// <summary>A row by its position, from 0, in the order they were added.</summary>
    public CodeRow this[int row]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
            return new CodeRow(Table, row);
        }
    }

    /// <summary>A list whose rows are fetched when the first code is looked up, e.g. from a store; only one fetch is kept.</summary>
    /// <param name="definition">What kind of list it is.</param>
    /// <param name="isComplete">Whether it holds every code of its kind.</param>
    /// <param name="from">First day it covers, inclusive; null when nothing begins it.</param>
    /// <param name="to">Last day it covers, inclusive; null when nothing ends it.</param>
    /// <param name="fetch">Makes the list; called at most once at a time per list, on the thread that judges.</param>
    public static CodeList Deferred(ListDefinition definition, bool isComplete, DateOnly? from, DateOnly? to, Func<CodeList> fetch) =>
        new(definition, isComplete, from ?? DateOnly.MinValue, to ?? DateOnly.MaxValue, () => fetch().Table);

    /// <summary>True when the list says something about this day; otherwise rules answer 'not checked'.</summary>
    public bool Covers(DateOnly day) => day >= CoversFrom && day <= CoversTo;

    /// <summary>True when a row of the code (trimmed UTF-8) is valid on the day and not refused by the portal.</summary>
    public bool Contains(ReadOnlySpan<byte> code, DateOnly day) => Rows(code, day).MoveNext();

    /// <summary>The rows of the code (trimmed UTF-8, letters in any case) that are valid on the day and not refused by the portal.</summary>
    public CodeRows Rows(ReadOnlySpan<byte> code, DateOnly day) => new(Table, Table.First(code), day);

    /// <summary>All rows of the code, whatever their validity: to tell why a code isn't in force.</summary>
    public CodeRows History(ReadOnlySpan<byte> code) => new(Table, Table.First(code), null);

    private CodeTable Load()
    {
        lock (load!) return table ??= load();
    }
}
