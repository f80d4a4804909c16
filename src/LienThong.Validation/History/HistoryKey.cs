using System.Globalization;
using System.Text;

namespace LienThong.Validation;

/// <summary>
/// Something that two records can have in common, as a number to look up: a person, somebody's day, a machine's day, a bed, a serial number.
/// Two things may share a number by chance, so who looks compares the facts themselves.
/// </summary>
/// <param name="Hash">The number.</param>
/// <param name="Day">A day near which it matters, as <see cref="DateOnly.DayNumber"/>; 0 when any day does.</param>
/// <param name="Reach">How many days before and after <paramref name="Day"/> it matters.</param>
public readonly record struct HistoryKey(long Hash, int Day, int Reach)
{
    private const int StayDays = 60;
    private const int YearDays = 366;

    /// <summary>All keys of a record, each once.</summary>
    public static List<HistoryKey> Of(RecordFacts facts)
    {
        var keys = new List<HistoryKey>(12);
        AddPersons(facts, keys);
        foreach (Act act in facts.Acts)
        {
            if (act.Began is not { } began) continue;
            if (act.Hands.Length > 0) Add(keys, AtWork(act.Hands, began));
            if (act.Group is 2 or 3 && act.Machine.Length > 0) Add(keys, OnMachine(facts.Facility, act.Machine, began));
            if (IsBed(act)) Add(keys, InBed(facts.Facility, act, began));
        }

        foreach (Serial serial in facts.Serials) Add(keys, OfSerial(facts.Facility, serial.Number));
        return keys;
    }

    /// <summary>The keys under which other records of the same person are found.</summary>
    public static List<HistoryKey> PersonsOf(RecordFacts facts)
    {
        var keys = new List<HistoryKey>(3);
        AddPersons(facts, keys);
        return keys;
    }

    /// <summary>What somebody does on a day, in whatever facility.</summary>
    public static HistoryKey AtWork(string person, DateTime day) => Make(day, 0, "S", person, Number(day));

    /// <summary>What a machine does on a day.</summary>
    public static HistoryKey OnMachine(string facility, string machine, DateTime day) => Make(day, 0, "M", facility, machine, Number(day));

    /// <summary>Who lies in a bed.</summary>
    public static HistoryKey InBed(string facility, Act act, DateTime began) => Make(began, StayDays, "G", facility, act.Department, act.Bed);

    /// <summary>A certificate's serial number.</summary>
    public static HistoryKey OfSerial(string facility, string number) => Make(null, 0, "X", facility, number);

    /// <summary>A bed that only one person may be billed in full for: a bed row with one bed, numbered H… or T….</summary>
    public static bool IsBed(Act act) => act.Group is 14 or 15 or 16 && act.FullRate && act.Bed.Length > 0 && act.Bed[0] is 'H' or 'T';

    private static void AddPersons(RecordFacts facts, List<HistoryKey> keys)
    {
        if (facts.Arrived is not { } arrived) return;
        if (facts.MaBn.Length > 0) Add(keys, Make(arrived, YearDays, "B", facts.Facility, facts.MaBn));
        if (facts.Cccd.Length > 0) Add(keys, Make(arrived, YearDays, "C", facts.Facility, facts.Cccd));
        foreach (string card in facts.Cards) Add(keys, Make(arrived, YearDays, "T", facts.Facility, card));
    }

    private static void Add(List<HistoryKey> keys, HistoryKey key)
    {
        if (!keys.Contains(key)) keys.Add(key);
    }

    private static string Number(DateTime day) => day.ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private static HistoryKey Make(DateTime? day, int reach, params ReadOnlySpan<string> parts)
    {
        ulong hash = RowIndex.Key([]);
        Span<byte> text = stackalloc byte[512];
        foreach (string part in parts) hash = RowIndex.Key(text[..Encoding.UTF8.GetBytes(part, text)], hash);
        return new HistoryKey(unchecked((long)hash), day is { } d ? DateOnly.FromDateTime(d).DayNumber : 0, reach);
    }
}
