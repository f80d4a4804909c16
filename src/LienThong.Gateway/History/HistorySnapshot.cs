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
    private readonly Dictionary<long, List<HistoryKey>> keys = [];
    private readonly Dictionary<string, List<long>> hashesOf = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HashSet<string>> facilities = [];
    private readonly Dictionary<string, List<(int Version, RecordFacts Facts)>> earlier = new(StringComparer.Ordinal);
    private readonly HashSet<string> accepted = new(StringComparer.Ordinal);
    private readonly HashSet<string> own = new(StringComparer.Ordinal);

    public HistorySnapshot(IReadOnlyList<AskedRecord> records)
    {
        foreach (AskedRecord record in records)
        {
            asked[KeyOf(record.Facts)] = record;
            own.Add(record.Facts.Facility);
            foreach (HistoryKey key in HistoryKey.Of(record.Facts))
            {
                ListOf(keys, key.Hash).Add(key);
                ListOf(facts, key.Hash).Add(record.Facts);
                FacilitiesOf(key.Hash).Add(record.Facts.Facility);
                if (key.Day > 0)
                    (From, To) = (Math.Min(From, key.Day - key.Reach), Math.Max(To, key.Day + key.Reach));
            }
        }
    }

    /// <summary>All keys asked for.</summary>
    public IReadOnlyCollection<long> Hashes => keys.Keys;

    /// <summary>First day that matters to any of them, as a day number.</summary>
    public int From { get; private set; } = int.MaxValue;

    /// <summary>Last day that matters.</summary>
    public int To { get; private set; }

    /// <summary>Takes the keys that were found.</summary>
    /// <returns>Records whose facts are needed: of the same facility, within reach, and not among those asked about.</returns>
    public HashSet<string> Find(List<KeyRow> found)
    {
        HashSet<string> stored = new(asked.Values.Select(a => a.Facts.Id), StringComparer.Ordinal);
        HashSet<string> wanted = new(StringComparer.Ordinal);
        foreach (KeyRow row in found)
        {
            if (stored.Contains(row.RecordId) || !keys[row.Hash].Exists(k => Math.Abs(k.Day - row.Day) <= k.Reach))
                continue;
            FacilitiesOf(row.Hash).Add(row.Facility);
            if (!own.Contains(row.Facility))
                continue;
            wanted.Add(row.RecordId);
            if (!hashesOf.TryGetValue(row.RecordId, out List<long>? hashes))
                hashesOf.Add(row.RecordId, hashes = []);
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

    /// <summary>Facts of the version before; null when there is none.</summary>
    public RecordFacts? Before(RecordFacts facts) => Older(facts).LastOrDefault();

    /// <inheritdoc/>
    public bool Answers(string list) => list == HistoryLists.Submissions;

    /// <inheritdoc/>
    public IReadOnlyList<RecordFacts> With(HistoryKey key) => facts.TryGetValue(key.Hash, out List<RecordFacts>? found) ? found : [];

    /// <inheritdoc/>
    public int OtherFacilities(HistoryKey key, string facility) =>
        facilities.TryGetValue(key.Hash, out HashSet<string>? found) ? found.Count - (found.Contains(facility) ? 1 : 0) : 0;

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
    public CardAnswer? Card(RecordFacts own) => null;

    /// <inheritdoc/>
    public CheckInFacts? CheckIn(RecordFacts own) => null;

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

    private static List<T> ListOf<T>(Dictionary<long, List<T>> lists, long hash)
    {
        if (!lists.TryGetValue(hash, out List<T>? list))
            lists.Add(hash, list = []);
        return list;
    }
}
