using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.History;

/// <summary>A record to be judged beside others.</summary>
/// <param name="Facts">Its facts; <see cref="RecordFacts.Id"/> is its record, empty when it isn't stored.</param>
/// <param name="Version">The version they are of; 1 for the first.</param>
/// <param name="IsCorrection">An officer made this version, so what it changed was meant.</param>
internal sealed record AskedRecord(RecordFacts Facts, int Version = 1, bool IsCorrection = false);

/// <summary>What was stored about some records' neighbours when it was read.</summary>
internal sealed class HistorySnapshot : IRecordHistory
{
    private readonly Dictionary<string, AskedRecord> asked = new(StringComparer.Ordinal);
    private readonly Dictionary<long, List<RecordFacts>> facts = [];
    private readonly Dictionary<long, (int Acts, int Most)> days = [];
    private readonly Dictionary<string, List<long>> hashesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HashSet<string>> facilities = [];
    private readonly Dictionary<string, List<(int Version, RecordFacts Facts)>> earlier = new(StringComparer.Ordinal);
    private readonly HashSet<string> accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> own = new(StringComparer.Ordinal);
    private readonly HashSet<string> stored = new(StringComparer.Ordinal);
    private ClaimedBeside? claimed;
    private CardAnswers cards = CardAnswers.None;
    private StoredCheckIns checkIns = StoredCheckIns.None;

    public HistorySnapshot(IReadOnlyList<AskedRecord> records)
    {
        foreach (AskedRecord record in records)
        {
            asked[KeyOf(record.Facts)] = record;
            own.Add(record.Facts.Facility);
            stored.Add(record.Facts.Id);
            foreach (HistoryKey key in HistoryKey.Of(record.Facts))
            {
                ListOf(facts, key.Hash).Add(record.Facts);
                if (key.Kind == HistoryKind.Work)
                    FacilitiesOf(key.Hash).Add(record.Facts.Facility);
                if (key.Kind is HistoryKind.Work or HistoryKind.Machine)
                    days[key.Hash] = (days.GetValueOrDefault(key.Hash).Acts + key.Acts, int.MaxValue);
            }
        }
    }

    /// <summary>What has to be asked: about the records, and about what those they replace were found with.</summary>
    public List<HistoryQuestion> Ask(IRecordJudge judge)
    {
        List<HistoryQuestion> questions = new(asked.Count * 8);
        foreach (AskedRecord record in asked.Values)
        {
            judge.Ask(record.Facts, questions);
            if (Before(record.Facts) is { } before)
                judge.Ask(before, questions);
        }
        return questions;
    }

    /// <summary>Arguments for finding days on which there may be too much, or work elsewhere.</summary>
    public object AskCrowds(Dialect dialect, List<HistoryQuestion> questions)
    {
        foreach (HistoryQuestion question in questions)
        {
            if (days.TryGetValue(question.Hash, out (int Acts, int Most) day) && question.Most < day.Most)
                days[question.Hash] = day with { Most = question.Most };
        }
        return new
        {
            hashes = dialect.Numbers(days.Where(d => d.Value.Most < int.MaxValue || facilities.ContainsKey(d.Key)).Select(d => d.Key)),
            own = own.First(),
            least = days.Values.Where(d => d.Most < int.MaxValue).Select(d => d.Most - d.Acts).Append(int.MaxValue).Min(),
        };
    }

    /// <summary>Whether every record of that day is needed, or their facilities are.</summary>
    public bool IsCrowd(CrowdRow row) => row.Elsewhere != 0 || row.Acts + days[row.Hash].Acts > days[row.Hash].Most;

    /// <summary>Takes records that were found under a key.</summary>
    /// <param name="found">Them.</param>
    /// <param name="current">They are known to be current versions: their facilities count.</param>
    /// <returns>Records whose facts are needed: of the same facility, and not among those asked about.</returns>
    public HashSet<string> Find(List<KeyRow> found, bool current)
    {
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (KeyRow row in found)
        {
            if (stored.Contains(row.RecordId))
                continue;
            if (current)
                FacilitiesOf(row.Hash).Add(row.Facility);
            if (!own.Contains(row.Facility))
                continue;
            wanted.Add(row.RecordId);
            List<long> hashes = ListOf(hashesOf, row.RecordId);
            if (!hashes.Contains(row.Hash))
                hashes.Add(row.Hash);
        }
        return wanted;
    }

    /// <summary>Takes the facts that were wanted.</summary>
    public void Take(List<FactsRow> rows)
    {
        foreach (FactsRow row in rows)
        {
            if (PackedFacts.Unpack(row.Facts, row.RecordId) is not { } other)
                continue;
            foreach (long hash in hashesOf[row.RecordId])
                ListOf(facts, hash).Add(other);
        }
    }

    /// <summary>Takes the versions of the records themselves, and which of them the portal accepted.</summary>
    public void TakeEarlier(List<FactsRow> rows, List<AcceptedVersionRow> receipts)
    {
        foreach (FactsRow row in rows)
        {
            if (PackedFacts.Unpack(row.Facts, row.RecordId) is not { } before)
                continue;
            if (!earlier.TryGetValue(row.RecordId, out List<(int Version, RecordFacts Facts)>? versions))
                earlier.Add(row.RecordId, versions = []);
            versions.Add((row.Version, before));
        }
        foreach (AcceptedVersionRow row in receipts)
            accepted.Add($"{row.RecordId}/{row.Version}");
    }

    /// <summary>Takes what others claim.</summary>
    public void Take(ClaimedBeside others) => claimed = others;

    /// <summary>Takes what card lookups answered.</summary>
    public void Take(CardAnswers answers) => cards = answers;

    /// <summary>Takes what check-ins said.</summary>
    public void Take(StoredCheckIns stored) => checkIns = stored;

    /// <summary>Facts of the version before; null when there is none.</summary>
    public RecordFacts? Before(RecordFacts facts) => Older(facts).LastOrDefault();

    /// <inheritdoc/>
    public bool Answers(string list) => list is HistoryLists.Submissions or HistoryLists.Cards or HistoryLists.CheckIns;

    /// <inheritdoc/>
    public IReadOnlyList<RecordFacts> With(HistoryKey key) => facts.TryGetValue(key.Hash, out List<RecordFacts>? found) ? found : [];

    /// <inheritdoc/>
    public int OtherFacilities(HistoryKey key, string facility) =>
        facilities.TryGetValue(key.Hash, out HashSet<string>? found) ? found.Count - (found.Contains(facility) ? 1 : 0) : 0;

    /// <inheritdoc/>
    public decimal Claimed(RecordFacts own, string code, string? tender, DateOnly from, DateOnly through) => claimed?.Sum(own, code, tender, from, through) ?? 0;

    /// <inheritdoc/>
    public IReadOnlyList<RecordFacts> Earlier(RecordFacts own) => Asked(own) is { IsCorrection: false } ? Older(own) : [];

    /// <inheritdoc/>
    public bool WasAccepted(RecordFacts own)
    {
        for (int version = 1; version < (Asked(own)?.Version ?? 1); version++)
        {
            if (accepted.Contains($"{own.Id}/{version}"))
                return true;
        }
        return false;
    }

    /// <inheritdoc/>
    public CardAnswer? Card(RecordFacts own) => cards.Of(own);

    /// <inheritdoc/>
    public bool ExpectsCard(RecordFacts own) => cards.IsExpected(own);

    /// <inheritdoc/>
    public bool ExpectsCheckIn(RecordFacts own) => checkIns.IsExpected(own);

    /// <inheritdoc/>
    public CheckInFacts? CheckIn(RecordFacts own) => checkIns.Of(own);

    private static string KeyOf(RecordFacts facts) => facts.Facility + '\n' + facts.MaLk;

    private List<RecordFacts> Older(RecordFacts own) =>
        Asked(own) is { } record && earlier.TryGetValue(own.Id, out List<(int Version, RecordFacts Facts)>? versions)
            ? versions.FindAll(v => v.Version < record.Version).ConvertAll(v => v.Facts) : [];

    private AskedRecord? Asked(RecordFacts own) => asked.GetValueOrDefault(KeyOf(own));

    private HashSet<string> FacilitiesOf(long hash)
    {
        if (!facilities.TryGetValue(hash, out HashSet<string>? found))
            facilities.Add(hash, found = new HashSet<string>(StringComparer.Ordinal));
        return found;
    }

    private static List<T> ListOf<TKey, T>(Dictionary<TKey, List<T>> lists, TKey key) where TKey : notnull
    {
        if (!lists.TryGetValue(key, out List<T>? list))
            lists.Add(key, list = []);
        return list;
    }
}
