namespace LienThong.Validation;

/// <summary>What rules over several records ask about one thing that a record has in common with others: no more than they can use.</summary>
/// <param name="Hash">The key, <see cref="HistoryKey.Hash"/>.</param>
/// <param name="FromDay">First day of other records' key that matters.</param>
/// <param name="ToDay">Last one.</param>
/// <param name="Begins">Only records busy after this minute.</param>
/// <param name="Ends">Only records busy before this minute.</param>
/// <param name="Most">From how many acts of the day on every record is needed, whenever it is busy; <see cref="int.MaxValue"/> when acts aren't counted.</param>
public readonly record struct HistoryQuestion(long Hash, int FromDay, int ToDay, int Begins, int Ends, int Most)
{
    /// <summary>Everything to be asked for a record.</summary>
    /// <param name="facts">The record.</param>
    /// <param name="lists">Code lists of its facility: without a machine's capacity nothing is asked about it.</param>
    /// <param name="questions">Takes them.</param>
    public static void Add(RecordFacts facts, CodeLists lists, List<HistoryQuestion> questions)
    {
        foreach (HistoryKey key in HistoryKey.Of(facts))
        {
            if (key.Kind == HistoryKind.Machine) continue;
            (int from, int to) = key.Kind == HistoryKind.Serial ? (0, 0) : (key.Day - key.Reach, key.Day + key.Reach);
            questions.Add(new HistoryQuestion(key.Hash, from, to, key.Begins, key.Ends, key.Acts > 0 ? WorkRules.MostExams : int.MaxValue));
        }

        if (lists.Find(HistoryCodeLists.Capacity) is not { } capacity) return;
        foreach (Act act in facts.Acts)
        {
            if (act.Group is not (2 or 3) || act.Machine.Length == 0 || act.Began is not { } began) continue;
            if (MachineCapacity.Of(capacity, act.Machine, DateOnly.FromDateTime(facts.Discharged ?? began)) is not { } machine) continue;
            HistoryKey key = HistoryKey.OnMachine(facts.Facility, act.Machine, began);
            int minute = HistoryKey.MinuteOf(began);
            questions.Add(new HistoryQuestion(key.Hash, key.Day, key.Day, minute - machine.Minutes, minute + machine.Minutes, machine.MostActs));
        }
    }
}
