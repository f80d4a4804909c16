using System.Text;

namespace LienThong.Validation;

/// <summary>
/// The national lists small enough to travel with the product; a list loaded under the same name takes their place.
/// Read from Data/lists at first use.
/// </summary>
internal static class BuiltInLists
{
    // The list of QĐ 824 (before July 2025) is only known in part, so it judges nothing.
    private static readonly BuiltInList[] Lists =
    [
        new("patient_object", new DateOnly(2025, 7, 1)),
        new("dept_national", new DateOnly(2021, 12, 30)),
        new("ethnic_group", DateOnly.MinValue),
        new("nationality", DateOnly.MinValue),
        new("province", DateOnly.MinValue),
    ];

    /// <summary>Days from which a list says something: there the set of judged rules changes.</summary>
    public static IEnumerable<DateOnly> Starts
    {
        get
        {
            foreach (BuiltInList list in Lists)
            {
                if (list.From > DateOnly.MinValue) yield return list.From;
            }
        }
    }

    public static ICodeList? Find(string name)
    {
        foreach (BuiltInList list in Lists)
        {
            if (list.Name == name) return list;
        }

        return null;
    }
}

/// <summary>Codes of at most eight bytes with the periods in which they are valid, sorted for a binary search.</summary>
internal sealed class BuiltInList(string name, DateOnly from) : ICodeList
{
    private Entry[]? entries;

    public string Name { get; } = name;

    public DateOnly From { get; } = from;

    public bool Covers(DateOnly day) => day >= From;

    public bool Contains(ReadOnlySpan<byte> code, DateOnly day)
    {
        Entry[] sorted = entries ??= Load();
        if (code.Length is 0 or > 8) return false;
        ulong key = Key(code);
        int low = 0;
        int high = sorted.Length;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (sorted[middle].Key < key) low = middle + 1;
            else high = middle;
        }

        for (; low < sorted.Length && sorted[low].Key == key; low++)
        {
            if (day >= sorted[low].From && day <= sorted[low].To) return true;
        }

        return false;
    }

    private static ulong Key(ReadOnlySpan<byte> code)
    {
        ulong key = 0;
        foreach (byte b in code) key = (key << 8) | b;
        return key;
    }

    private static DateOnly Day(string text, DateOnly otherwise) =>
        text.Length == 0 ? otherwise : CsvData.Day(text);

    private Entry[] Load()
    {
        var list = new List<Entry>();
        CsvData file = CsvData.Read($"Data/lists/{Name}.csv");
        for (int i = 0; i < file.Count; i++)
        {
            DataRow row = file[i];
            byte[] code = Encoding.UTF8.GetBytes(row["code"]);
            if (code.Length is 0 or > 8) throw new FormatException($"{Name}: the code {row["code"]} doesn't fit.");
            list.Add(new Entry(Key(code), Day(row["valid_from"], DateOnly.MinValue), Day(row["valid_to"], DateOnly.MaxValue)));
        }

        list.Sort(static (a, b) => a.Key.CompareTo(b.Key));
        return [.. list];
    }

    private sealed record Entry(ulong Key, DateOnly From, DateOnly To);
}
