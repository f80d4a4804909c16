using System.Text.Json;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.History;

/// <summary>The stored check-ins of some records' visits.</summary>
internal sealed class StoredCheckIns
{
    private readonly ILookup<(string Facility, string MaLk), CheckInFactsRow> rows;
    private readonly Dictionary<string, long> since;

    private StoredCheckIns(IEnumerable<CheckInFactsRow> rows, IEnumerable<CheckInUseRow> uses)
    {
        this.rows = rows.ToLookup(r => (r.Facility, r.MaLk));
        since = uses.Where(u => u is { Since: not null, SampleOnly: 0 }).ToDictionary(u => u.Facility, u => u.Since!.Value, StringComparer.Ordinal);
    }

    /// <summary>Nothing known.</summary>
    public static StoredCheckIns None { get; } = new([], []);

    /// <summary>Reads them; two small queries, however many records.</summary>
    public static async Task<StoredCheckIns> LoadAsync(Database database, WriteSession? session, IReadOnlyList<AskedRecord> asked, CancellationToken ct) =>
        asked.Count == 0 ? None : new StoredCheckIns(
            await CheckInStore.FactsAsync(database, session, asked.Select(a => a.Facts.Facility).Distinct(StringComparer.Ordinal), asked.Select(a => a.Facts.MaLk), ct),
            await CheckInStore.UsesAsync(database, session, asked.Select(a => a.Facts.Facility).Distinct(StringComparer.Ordinal), ct));

    /// <summary>
    /// Whether a visit without a check-in is worth telling: its facility hands check-ins in and did when the patient arrived, and none of the visit's is settled
    /// without being sent (exempt by law, ended by a person, overtaken by the record).
    /// </summary>
    public bool IsExpected(RecordFacts own) =>
        since.TryGetValue(own.Facility, out long first) && own.Arrived is { } arrived && arrived >= DateTimeOffset.FromUnixTimeMilliseconds(first).InVietnam().DateTime
        && rows[(own.Facility, own.MaLk)].All(r => r.CheckInState is not (CheckInState.Exempt or CheckInState.Overtaken or CheckInState.Closed));

    /// <summary>The newest check-in of the visit that was sent or is on its way; null when there is none.</summary>
    public CheckInFacts? Of(RecordFacts own) =>
        rows[(own.Facility, own.MaLk)].Where(r => r.CheckInState is CheckInState.Ready or CheckInState.Queued).MaxBy(r => r.UpdatedAt)?.ToFacts();
}

/// <summary>What a check-in says, as bytes beside it.</summary>
internal static class PackedCheckIn
{
    public static byte[] Pack(CheckInFacts facts) => JsonSerializer.SerializeToUtf8Bytes(facts);

    public static CheckInFacts Unpack(byte[] packed) => JsonSerializer.Deserialize<CheckInFacts>(packed)!;
}
