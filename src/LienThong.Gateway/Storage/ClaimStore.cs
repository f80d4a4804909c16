using LienThong.Gateway.History;
using LienThong.Validation;

namespace LienThong.Gateway.Storage;

/// <summary>How much of each drug and supply the current versions claim: sums that every change of current versions moves in its own transaction.</summary>
internal static class ClaimStore
{
    private static readonly string[] ClaimNames = ["record_id", "version", "facility", "items", "counted", "claims"];
    private static readonly string[] CountedNames = ["id", "version", "counted"];
    private static readonly string[] TotalNames = ["facility", "code", "tender", "quantity"];
    private static readonly string[] DayNames = ["facility", "code", "day", "tender", "quantity"];

    /// <summary>Keeps what versions claim, and brings the sums in step with the versions that are current now.</summary>
    /// <param name="session">The transaction; versions and their places are written already.</param>
    /// <param name="versions">Versions whose claims weren't kept before; those that were stay as they are.</param>
    /// <param name="placed">Records of which another version may be current now.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task SaveAsync(
        WriteSession session, List<(string Id, int Version, string Facility, RecordFacts Facts)> versions, IEnumerable<string> placed, CancellationToken ct)
    {
        List<object?[]> claims = new(versions.Count);
        HashSet<string> touched = new(placed, StringComparer.Ordinal);
        foreach ((string id, int version, string facility, RecordFacts facts) in versions)
        {
            List<ClaimedQuantity> sums = Claim.Sum(facts);
            claims.Add([id, version, facility, sums.Count, 0, PackedClaims.Pack(sums)]);
            if (sums.Count > 0)
                touched.Add(id);
        }
        await session.InsertNewAsync("version_claim", ClaimNames, claims, ct);
        if (touched.Count > 0)
            await CountAsync(session, touched, ct);
    }

    /// <summary>Reads what the rules may ask about the claims of these records.</summary>
    public static async Task LoadAsync(
        Database database, WriteSession? session, ClaimedBeside claimed, CancellationToken ct)
    {
        foreach ((string facility, Dictionary<string, decimal> codes) in claimed.Questions)
        {
            List<ClaimedRow> totals = await HistoryStore.QueryAsync<ClaimedRow>(
                database, session, "SELECT code, tender, quantity FROM claimed_total WHERE facility = @facility AND {in:code:@codes}",
                new { facility, codes = database.Dialect.List(codes.Keys) }, ct);
            if (claimed.Crowded(facility, totals) is not { Count: > 0 } crowded)
                continue;
            claimed.Take(facility, await HistoryStore.QueryAsync<ClaimedRow>(
                database, session, "SELECT code, tender, day, quantity FROM claimed_day WHERE facility = @facility AND {in:code:@codes}",
                new { facility, codes = database.Dialect.List(crowded) }, ct));
            claimed.Without(facility, await HistoryStore.QueryAsync<ClaimRow>(
                database, session, """
                SELECT c.record_id, c.claims FROM record r JOIN version_claim c ON c.record_id = r.record_id AND c.counted = 1
                WHERE r.facility = @facility AND {in:r.ma_lk:@keys}
                """, new { facility, keys = database.Dialect.List(claimed.Keys(facility)) }, ct));
        }
    }

    private static async Task CountAsync(WriteSession session, HashSet<string> records, CancellationToken ct)
    {
        List<ClaimRow> moved = await session.QueryUnscopedAsync<ClaimRow>("""
            SELECT c.record_id, c.version, c.facility, c.claims, v.is_current FROM version_claim c
            JOIN record_version v ON v.record_id = c.record_id AND v.version = c.version
            WHERE {in:c.record_id:@ids} AND c.items > 0 AND c.counted <> v.is_current
            """, new { ids = session.Database.Dialect.List(records) }, ct);
        Dictionary<(string Facility, ClaimedQuantity Place), long> days = [];
        foreach (ClaimRow row in moved)
        {
            foreach (ClaimedQuantity claim in PackedClaims.Unpack(row.Claims))
            {
                (string, ClaimedQuantity) place = (row.Facility, claim with { Thousandths = 0 });
                days[place] = days.GetValueOrDefault(place) + (row.IsCurrent != 0 ? claim.Thousandths : -claim.Thousandths);
            }
        }
        await session.ExecuteManyAsync(
            "UPDATE version_claim SET counted = @counted WHERE record_id = @id AND version = @version", CountedNames,
            [.. moved.Select(m => new object?[] { m.RecordId, m.Version, m.IsCurrent })], ct);
        await AddAsync(session, days, ct);
    }

    // In the order of keys, so that two writers never wait for each other in a circle.
    private static async Task AddAsync(WriteSession session, Dictionary<(string Facility, ClaimedQuantity Place), long> days, CancellationToken ct)
    {
        List<object?[]> perDay =
        [
            .. days.Where(d => d.Value != 0).OrderBy(d => d.Key.Facility, StringComparer.Ordinal).ThenBy(d => d.Key.Place.Code, StringComparer.Ordinal)
                .ThenBy(d => d.Key.Place.Day).ThenBy(d => d.Key.Place.Tender, StringComparer.Ordinal)
                .Select(d => new object?[] { d.Key.Facility, d.Key.Place.Code, d.Key.Place.Day, d.Key.Place.Tender, d.Value }),
        ];
        List<object?[]> totals =
        [
            .. days.GroupBy(d => (d.Key.Facility, d.Key.Place.Code, d.Key.Place.Tender)).Select(g => (g.Key, Sum: g.Sum(d => d.Value))).Where(g => g.Sum != 0)
                .OrderBy(g => g.Key.Facility, StringComparer.Ordinal).ThenBy(g => g.Key.Code, StringComparer.Ordinal).ThenBy(g => g.Key.Tender, StringComparer.Ordinal)
                .Select(g => new object?[] { g.Key.Facility, g.Key.Code, g.Key.Tender, g.Sum }),
        ];
        await session.ExecuteManyAsync("""
            INSERT INTO claimed_total (facility, code, tender, quantity) VALUES (@facility, @code, @tender, @quantity)
            ON CONFLICT (facility, code, tender) DO UPDATE SET quantity = claimed_total.quantity + excluded.quantity
            """, TotalNames, totals, ct);
        await session.ExecuteManyAsync("""
            INSERT INTO claimed_day (facility, code, day, tender, quantity) VALUES (@facility, @code, @day, @tender, @quantity)
            ON CONFLICT (facility, code, day, tender) DO UPDATE SET quantity = claimed_day.quantity + excluded.quantity
            """, DayNames, perDay, ct);
    }
}

internal sealed class ClaimedRow
{
    public string Code { get; init; } = "";
    public string Tender { get; init; } = "";
    public long Day { get; init; }
    public long Quantity { get; init; }
}

internal sealed class ClaimRow
{
    public string RecordId { get; init; } = "";
    public int Version { get; init; }
    public string Facility { get; init; } = "";
    public byte[] Claims { get; init; } = [];
    public long IsCurrent { get; init; }
}
