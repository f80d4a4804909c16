using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>Records that were taken in together; none has an earlier version, a card look-up or a check-in.</summary>
internal sealed class CorpusHistory : IRecordHistory
{
    private readonly Dictionary<long, List<RecordFacts>> byKey = [];
    private readonly Dictionary<string, List<RecordFacts>> versions = new(StringComparer.Ordinal);

    public void Add(RecordFacts facts)
    {
        foreach (HistoryKey key in HistoryKey.Of(facts))
        {
            if (!byKey.TryGetValue(key.Hash, out List<RecordFacts>? same)) byKey[key.Hash] = same = [];
            same.Add(facts);
        }

        if (!versions.TryGetValue(facts.MaLk, out List<RecordFacts>? all)) versions[facts.MaLk] = all = [];
        all.Add(facts);
    }

    public bool Answers(string list) => list == HistoryLists.Submissions;

    public IReadOnlyList<RecordFacts> With(HistoryKey key) => byKey.GetValueOrDefault(key.Hash) ?? [];

    public int OtherFacilities(HistoryKey key, string facility) =>
        With(key).Where(f => f.Facility != facility).Select(f => f.Facility).Distinct(StringComparer.Ordinal).Count();

    // The corpora come without contracts.
    public decimal Claimed(RecordFacts own, string code, string? tender, DateOnly from, DateOnly through) => 0;

    public IReadOnlyList<RecordFacts> Earlier(RecordFacts own) => [.. versions[own.MaLk].TakeWhile(f => f != own)];

    public bool WasAccepted(RecordFacts own) => false;

    public CardAnswer? Card(RecordFacts own) => null;

    public CheckInFacts? CheckIn(RecordFacts own) => null;
}
