using System.Runtime.InteropServices;
using System.Text;

namespace LienThong.Validation;

/// <summary>Sorts of things that records can have in common.</summary>
public enum HistoryKind
{
    /// <summary>A person, under one of his numbers.</summary>
    Person,
    /// <summary>A day of somebody who treats.</summary>
    Work,
    /// <summary>A machine's day.</summary>
    Machine,
    /// <summary>A bed.</summary>
    Bed,
    /// <summary>A certificate's serial number.</summary>
    Serial,
}

/// <summary>
/// Something that two records can have in common, as a number to look up: a person, somebody's day, a machine's day, a bed, a serial number.
/// Two things may share a number by chance, so who looks compares the facts themselves.
/// </summary>
/// <param name="Hash">The number.</param>
/// <param name="Day">A day near which it matters, as <see cref="DateOnly.DayNumber"/>; 0 when any day does.</param>
/// <param name="Reach">How many days before and after <paramref name="Day"/> it matters.</param>
public readonly record struct HistoryKey(long Hash, int Day, int Reach)
{
    private const string CardKind = "T";
    private const string CitizenKind = "C";
    private const int StayDays = 60;
    private const int YearDays = 366;
    private const int BedReachDays = 2 * StayDays;

    /// <summary>What sort of thing it is.</summary>
    public HistoryKind Kind { get; init; }

    /// <summary>First minute at which the record is busy with it, in minutes since year 1; 0 when time doesn't matter.</summary>
    public int Begins { get; init; }

    /// <summary>The minute after the last one.</summary>
    public int Ends { get; init; } = int.MaxValue;

    /// <summary>How many acts of it count towards a day's limit.</summary>
    public int Acts { get; init; }

    /// <summary>All keys of a record, each once, with everything the record does under it.</summary>
    public static List<HistoryKey> Of(RecordFacts facts) => facts.Keys ??= Find(facts);

    /// <summary>What somebody does on a day, in whatever facility.</summary>
    public static HistoryKey AtWork(string person, DateTime day) => OfDay(day, HistoryKind.Work, "S", person);

    /// <summary>What a machine does on a day.</summary>
    public static HistoryKey OnMachine(string facility, string machine, DateTime day) => OfDay(day, HistoryKind.Machine, "M", facility, machine);

    /// <summary>Who lies in a bed.</summary>
    public static HistoryKey InBed(string facility, Act act, DateTime began) => new(Number(0, "G", facility, act.Department, act.Bed), DayOf(began), BedReachDays) { Kind = HistoryKind.Bed };

    /// <summary>A certificate's serial number.</summary>
    public static HistoryKey OfSerial(string facility, string number) => new(Number(0, "X", facility, number), 0, 0) { Kind = HistoryKind.Serial };

    /// <summary>Number under which records of a card's holder are found.</summary>
    /// <param name="facility">The records' facility.</param>
    /// <param name="number">Social-insurance number: the card's last ten characters.</param>
    public static long OfCard(string facility, string number) => Number(0, CardKind, facility, number);

    /// <summary>Number under which records of a citizen are found.</summary>
    /// <param name="facility">The records' facility.</param>
    /// <param name="number">As <c>SO_CCCD</c>.</param>
    public static long OfCitizen(string facility, string number) => Number(0, CitizenKind, facility, number);

    /// <summary>A bed that only one person may be billed in full for: a bed row with one bed, numbered H… or T….</summary>
    public static bool IsBed(Act act) => act.Group is 14 or 15 or 16 && act.FullRate && act.Bed.Length > 0 && act.Bed[0] is 'H' or 'T';

    /// <summary>The keys under which other records of the same person are found.</summary>
    internal static List<HistoryKey> PersonsOf(RecordFacts facts)
    {
        var keys = new List<HistoryKey>(3);
        if (facts.Arrived is not { } arrived) return keys;
        if (facts.MaBn.Length > 0) keys.Add(OfPerson("B", facts.MaBn));
        if (facts.Cccd.Length > 0) keys.Add(OfPerson(CitizenKind, facts.Cccd));
        foreach (string card in facts.Cards)
        {
            if (OfPerson(CardKind, card) is var key && !keys.Contains(key)) keys.Add(key);
        }

        return keys;

        HistoryKey OfPerson(string kind, string number) => new(Number(0, kind, facts.Facility, number), DayOf(arrived), YearDays);
    }

    /// <summary>The minute of a moment, counted from year 1.</summary>
    internal static int MinuteOf(DateTime moment) => (int)(moment.Ticks / TimeSpan.TicksPerMinute);

    private static List<HistoryKey> Find(RecordFacts facts)
    {
        List<HistoryKey> keys = PersonsOf(facts);
        int days = keys.Count;
        foreach (Act act in facts.Acts)
        {
            if (act.Began is not { } began) continue;
            if (act.Hands.Length > 0) Merge(keys, days, AtWork(act.Hands, began), began, WorkRules.Until(act)!.Value, act.Group == 13 ? 1 : 0);
            if (act.Group is 2 or 3 && act.Machine.Length > 0) Merge(keys, days, OnMachine(facts.Facility, act.Machine, began), began, began.AddMinutes(1), 1);
            if (IsBed(act) && act is { Ordered: { } from, Finished: { } to }) Merge(keys, days, InBed(facts.Facility, act, began), from, to, 0);
        }

        foreach (Serial serial in facts.Serials)
        {
            if (OfSerial(facts.Facility, serial.Number) is var key && !keys.Contains(key)) keys.Add(key);
        }

        return keys;
    }

    // One key stands for all a record does under it, from the first minute to the last.
    private static void Merge(List<HistoryKey> keys, int from, HistoryKey key, DateTime began, DateTime until, int acts)
    {
        (int begins, int ends) = (MinuteOf(began), MinuteOf(until));
        foreach (ref HistoryKey known in CollectionsMarshal.AsSpan(keys)[from..])
        {
            if (known.Hash != key.Hash || known.Day != key.Day) continue;
            known = known with { Begins = Math.Min(known.Begins, begins), Ends = Math.Max(known.Ends, ends), Acts = known.Acts + acts };
            return;
        }

        keys.Add(key with { Begins = begins, Ends = ends, Acts = acts });
    }

    private static int DayOf(DateTime moment) => DateOnly.FromDateTime(moment).DayNumber;

    private static HistoryKey OfDay(DateTime day, HistoryKind kind, params ReadOnlySpan<string> parts) =>
        new(Number(DayOf(day), parts), DayOf(day), 0) { Kind = kind };

    private static long Number(int day, params ReadOnlySpan<string> parts)
    {
        ulong hash = RowIndex.Key(BitConverter.GetBytes(day));
        Span<byte> text = stackalloc byte[512];
        foreach (string part in parts) hash = RowIndex.Key(text[..Encoding.UTF8.GetBytes(part, text)], hash);
        return unchecked((long)hash);
    }
}
