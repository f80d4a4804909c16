namespace LienThong.Validation;

/// <summary>A list of codes that rules look up. Implementations are immutable and thread-safe; look-ups don't allocate.</summary>
public interface ICodeList
{
    /// <summary>True when the list says something about this day; otherwise rules answer 'not checked'.</summary>
    bool Covers(DateOnly day);

    /// <summary>True when the code (trimmed UTF-8, compared byte by byte) is valid on the day.</summary>
    bool Contains(ReadOnlySpan<byte> code, DateOnly day);
}

/// <summary>The code lists loaded for a facility, by the names used in the rules (<c>icd10</c>, <c>dvkt</c>, …).</summary>
public sealed class CodeLists
{
    private readonly Dictionary<string, ICodeList> lists;

    /// <summary>Takes the lists by name; names are case-sensitive.</summary>
    public CodeLists(IEnumerable<KeyValuePair<string, ICodeList>> lists) => this.lists = new(lists, StringComparer.Ordinal);

    /// <summary>No list loaded: only the small national lists built into the product are there; rules that need others answer 'not checked'.</summary>
    public static CodeLists None { get; } = new([]);

    /// <summary>A list by its name: the one loaded, else the one built in; null when there is neither.</summary>
    public ICodeList? Find(string name) => lists.TryGetValue(name, out ICodeList? list) ? list : BuiltInLists.Find(name);
}
