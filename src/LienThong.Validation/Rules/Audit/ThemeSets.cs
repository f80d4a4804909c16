using System.Runtime.CompilerServices;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What a theme set says.</summary>
[Flags]
internal enum ThemeKind : byte
{
    None = 0,

    /// <summary>B isn't paid when A is there.</summary>
    Excludes = 1,

    /// <summary>A asks for B.</summary>
    Needs = 2,

    /// <summary>A asks for one of the allowed diseases.</summary>
    NeedsDisease = 4,

    /// <summary>A isn't paid in the denied diseases.</summary>
    DeniesDisease = 8,

    /// <summary>A at most so many times.</summary>
    MaxPer = 16,

    /// <summary>A not again within the limit.</summary>
    MinGap = 32,
}

/// <summary>One row of <c>theme_sets</c>, compiled: codes by their hash, so that a row of the record costs one look-up.</summary>
internal sealed class ThemeSet
{
    private static readonly ConditionalWeakTable<CodeList, Dictionary<string, ThemeSet[]>> Compiled = [];
    private static readonly ThemeSet[] Nothing = [];
    private readonly HashSet<ulong> a;
    private readonly HashSet<ulong> b;
    private readonly byte[] allow;
    private readonly byte[] deny;

    private ThemeSet(CodeRow row)
    {
        ListDefinition list = AuditLists.Themes;
        Theme = row.Text(list.At("theme"));
        Kind = KindOf(row.Text(list.At("kind")));
        a = Keys(row[list.At("a_codes")]);
        b = Keys(row[list.At("b_codes")]);
        allow = row[list.At("icd_allow")].ToArray();
        deny = row[list.At("icd_deny")].ToArray();
        Limit = row.Number(list.At("limit")) is { IsPresent: true } limit ? limit.Value : null;
        Unit = row.Text(list.At("unit"));
        From = row.ValidFrom ?? DateOnly.MinValue;
        To = row.ValidTo ?? DateOnly.MaxValue;
    }

    public string Theme { get; }

    public ThemeKind Kind { get; }

    /// <summary>How many, or how long; null when the row says nothing.</summary>
    public decimal? Limit { get; }

    /// <summary><c>hour</c>, <c>day</c>, <c>stay</c> or <c>after</c>; empty for the usual one of the kind.</summary>
    public string Unit { get; }

    public bool HasB => b.Count > 0;

    private DateOnly From { get; }

    private DateOnly To { get; }

    /// <summary>The sets of a theme; none when the list isn't loaded. The list may be long: rows of other themes cost nothing.</summary>
    public static ThemeSet[] Of(RecordView record, string theme) =>
        record.Lists.Find(AuditLists.Themes) is { } list && Compiled.GetValue(list, Compile).TryGetValue(theme, out ThemeSet[]? sets) ? sets : Nothing;

    public bool Is(ThemeKind kinds, DateOnly day) => (Kind & kinds) != ThemeKind.None && day >= From && day <= To;

    public bool IsA(ulong code) => a.Contains(code);

    public bool IsB(ulong code) => b.Contains(code);

    public bool Allows(RecordView record) => Diagnoses.AnyIn(record, allow);

    public bool Denies(RecordView record) => Diagnoses.AnyIn(record, deny);

    private static Dictionary<string, ThemeSet[]> Compile(CodeList list) =>
        Enumerable.Range(0, list.Count).Select(i => new ThemeSet(list[i])).GroupBy(s => s.Theme, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);

    private static ThemeKind KindOf(string text) => text switch
    {
        "EXCLUDES" => ThemeKind.Excludes,
        "NEEDS" => ThemeKind.Needs,
        "NEEDS_ICD" => ThemeKind.NeedsDisease,
        "DENY_ICD" => ThemeKind.DeniesDisease,
        "MAXPER" => ThemeKind.MaxPer,
        "MIN_GAP" => ThemeKind.MinGap,
        _ => ThemeKind.None,
    };

    private static HashSet<ulong> Keys(ReadOnlySpan<byte> codes)
    {
        var keys = new HashSet<ulong>();
        while (!codes.IsEmpty)
        {
            int end = codes.IndexOf((byte)';');
            ReadOnlySpan<byte> item = Blank.Trim(end < 0 ? codes : codes[..end]);
            if (!item.IsEmpty) keys.Add(RowIndex.Key(item));
            codes = end < 0 ? default : codes[(end + 1)..];
        }

        return keys;
    }
}
