using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;

namespace LienThong.Validation;

/// <summary>
/// The national lists small enough to travel with the product; a list loaded under the same name takes their place.
/// Read from Data/lists at first use.
/// </summary>
internal static class BuiltInLists
{
    // The list of QĐ 824 (before July 2025) is only known in part, so it judges nothing.
    private static readonly (string Name, DateOnly From)[] Known =
    [
        ("patient_object", new DateOnly(2025, 7, 1)),
        ("dept_national", new DateOnly(2021, 12, 30)),
        ("ethnic_group", DateOnly.MinValue),
        ("nationality", DateOnly.MinValue),
        ("province", DateOnly.MinValue),
    ];

    private static readonly FrozenDictionary<string, Lazy<ICodeList>> Lists = Known.ToFrozenDictionary(
        l => l.Name, l => new Lazy<ICodeList>(() => DatedCodes.Load($"Data/lists/{l.Name}.csv", l.From)), StringComparer.Ordinal);

    /// <summary>Days from which a list says something: there the set of judged rules changes.</summary>
    public static ImmutableArray<DateOnly> Starts { get; } = [.. Known.Select(l => l.From).Where(d => d > DateOnly.MinValue)];

    public static ICodeList? Find(string name) => Lists.TryGetValue(name, out Lazy<ICodeList>? list) ? list.Value : null;

    /// <summary>Codes of at most eight bytes with the periods in which they are valid.</summary>
    private sealed class DatedCodes(FrozenDictionary<ulong, (DateOnly From, DateOnly To)[]> codes, DateOnly from) : ICodeList
    {
        public static DatedCodes Load(string name, DateOnly from)
        {
            var periods = new Dictionary<ulong, List<(DateOnly, DateOnly)>>();
            foreach (Dictionary<string, string> row in CsvData.Read(name))
            {
                ulong key = Key(System.Text.Encoding.UTF8.GetBytes(row["code"])) ?? throw new FormatException($"{name}: the code {row["code"]} is too long.");
                if (!periods.TryGetValue(key, out List<(DateOnly, DateOnly)>? list)) periods.Add(key, list = []);
                list.Add((Day(row["valid_from"], DateOnly.MinValue), Day(row["valid_to"], DateOnly.MaxValue)));
            }

            return new DatedCodes(periods.ToFrozenDictionary(p => p.Key, p => p.Value.ToArray()), from);
        }

        public bool Covers(DateOnly day) => day >= from;

        public bool Contains(ReadOnlySpan<byte> code, DateOnly day)
        {
            if (Key(code) is not { } key || !codes.TryGetValue(key, out (DateOnly From, DateOnly To)[]? periods)) return false;
            foreach ((DateOnly first, DateOnly last) in periods)
            {
                if (day >= first && day <= last) return true;
            }

            return false;
        }

        private static ulong? Key(ReadOnlySpan<byte> code)
        {
            if (code.Length is 0 or > 8) return null;
            ulong key = 0;
            foreach (byte b in code) key = (key << 8) | b;
            return key;
        }

        private static DateOnly Day(string text, DateOnly otherwise) =>
            text.Length == 0 ? otherwise : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }
}
