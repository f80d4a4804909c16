using System.Globalization;
using Dapper;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Storage;

/// <summary>What pages and the API read of deliveries. Scoped to the caller's facilities.</summary>
public sealed class DeliveryQueries(Database database, IArchive archive)
{
    /// <summary>Name of the national portal for people.</summary>
    public const string NationalName = "Cổng giám định BHXH";

    private static readonly string ViewColumns = DeliveryRow.Columns.Replace("w.", "", StringComparison.Ordinal);

    /// <summary>A page of deliveries, newest first.</summary>
    public async Task<Page<DeliveryView>> ListAsync(Caller caller, DeliveryFilter filter, PageRequest page, CancellationToken ct)
    {
        int take = Math.Clamp(page.Take, 1, 500);
        DynamicParameters arguments = new(new { filter.Channel, state = filter.State?.ToString(), subject = filter.Subject?.ToString(), filter.MaLk, take = take + 1 });
        string where = (filter.Channel is null ? "" : " AND channel = @Channel") + (filter.State is null ? "" : " AND state = @state")
            + (filter.Subject is null ? "" : " AND subject_kind = @subject") + (filter.MaLk is null ? "" : " AND ma_lk = @MaLk");
        if (long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out long after))
        {
            where += " AND delivery_id < @after";
            arguments.Add("after", after);
        }
        List<DeliveryRow> rows = await database.QueryAsync<DeliveryRow>(
            caller, $"SELECT {ViewColumns} FROM delivery WHERE {"{scope}"}{where} ORDER BY delivery_id DESC LIMIT @take", arguments, ct);
        bool more = rows.Count > take;
        if (more)
            rows.RemoveAt(take);
        Dictionary<string, string> names = await NamesAsync(caller, ct);
        return new Page<DeliveryView>(rows.ConvertAll(r => View(r, names)), more ? rows[^1].DeliveryId.ToString(CultureInfo.InvariantCulture) : null, null);
    }

    /// <summary>One delivery with its calls; null when unknown or out of scope.</summary>
    public async Task<DeliveryDetail?> FindAsync(Caller caller, long id, CancellationToken ct) =>
        (await database.QueryAsync<DeliveryRow>(caller, $"SELECT {ViewColumns} FROM delivery WHERE delivery_id = @id AND {"{scope}"}", new { id }, ct)) is [{ } row]
            ? new DeliveryDetail(View(row, await NamesAsync(caller, ct)), (await AttemptsAsync(caller, [id], ct))[id].ToList())
            : null;

    /// <summary>Deliveries of a record to further destinations, newest version first, with their calls.</summary>
    public Task<IReadOnlyList<DeliveryDetail>> OfRecordAsync(Caller caller, Guid record, CancellationToken ct) => OfAsync(caller, DeliverySubject.Record, record, ct);

    /// <summary>Deliveries of a check-in, newest first, with their calls.</summary>
    public Task<IReadOnlyList<DeliveryDetail>> OfCheckInAsync(Caller caller, Guid checkIn, CancellationToken ct) => OfAsync(caller, DeliverySubject.CheckIn, checkIn, ct);

    /// <summary>How many deliveries stand in each state that isn't the usual end of the way.</summary>
    public async Task<IReadOnlyList<DeliveryCount>> CountAsync(Caller caller, CancellationToken ct) =>
        (await database.QueryAsync<(string Channel, string State, long Count)>(caller, """
            SELECT channel, state, COUNT(*) FROM delivery WHERE state NOT IN ('Accepted', 'Superseded') AND {scope} GROUP BY channel, state
            """, null, ct)).ConvertAll(r => new DeliveryCount(r.Channel, Enum.Parse<DeliveryState>(r.State), r.Count));

    /// <summary>The exact bytes of a delivery; null when unknown or out of scope.</summary>
    public async Task<byte[]?> DocumentAsync(Caller caller, long id, CancellationToken ct) =>
        (await database.QueryAsync<string>(caller, "SELECT document_ref FROM delivery WHERE delivery_id = @id AND {scope}", new { id }, ct)) is [{ } reference]
            ? await archive.GetAsync(ArchiveRef.Parse(reference), ct) : null;

    /// <summary>The bytes of an answer; null when there was none, or it is unknown or out of scope.</summary>
    public async Task<byte[]?> AnswerAsync(Caller caller, long attempt, CancellationToken ct) =>
        (await database.QueryAsync<byte[]?>(caller, "SELECT answer FROM delivery_attempt WHERE attempt_id = @attempt AND {scope}", new { attempt }, ct)).SingleOrDefault();

    private async Task<IReadOnlyList<DeliveryDetail>> OfAsync(Caller caller, DeliverySubject subject, Guid id, CancellationToken ct)
    {
        List<DeliveryRow> rows = await database.QueryAsync<DeliveryRow>(caller, $"""
            SELECT {ViewColumns} FROM delivery WHERE subject_id = @id AND subject_kind = @kind AND {"{scope}"} ORDER BY subject_version DESC, delivery_id
            """, new { id = id.ToString(), kind = subject.ToString() }, ct);
        if (rows.Count == 0)
            return [];
        ILookup<long, DeliveryAttemptView> attempts = await AttemptsAsync(caller, [.. rows.Select(r => r.DeliveryId)], ct);
        Dictionary<string, string> names = await NamesAsync(caller, ct);
        return rows.ConvertAll(r => new DeliveryDetail(View(r, names), [.. attempts[r.DeliveryId]]));
    }

    private async Task<ILookup<long, DeliveryAttemptView>> AttemptsAsync(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct) =>
        (await database.QueryAsync<AttemptRow>(caller, """
            SELECT attempt_id, delivery_id, attempt, asks, started_at, ended_at, outcome, code, message, http_status, transaction_code, received_at, simulator
            FROM delivery_attempt WHERE {in-numbers:delivery_id:@ids} AND {scope} ORDER BY attempt_id
            """, new { ids = database.Dialect.Numbers(ids) }, ct)).ToLookup(a => a.DeliveryId, a => a.View());

    private Task<Dictionary<string, string>> NamesAsync(Caller caller, CancellationToken ct) => new ChannelStore(database).NamesAsync(caller, ct);

    private static DeliveryView View(DeliveryRow r, Dictionary<string, string> names) => new(
        r.DeliveryId, r.Facility, r.Channel, r.Channel == DeliveryLane.National ? NationalName : names.GetValueOrDefault(r.Channel, r.Channel), r.Service, r.Subject,
        r.SubjectId, r.SubjectVersion, r.MaLk, r.Period, r.DeliveryState, ListRow.Utc(r.StateAt), r.Attempts, r.Resends, r.DueAt is { } due ? ListRow.Utc(due) : null,
        r.DeadlineAt is { } end ? ListRow.Utc(end) : null, r.Cause, r.TransactionCode, r.DocumentSha256, r.CertificateSerial, ListRow.Utc(r.CreatedAt));

    private sealed class AttemptRow
    {
        public long AttemptId { get; init; }
        public long DeliveryId { get; init; }
        public int Attempt { get; init; }
        public int Asks { get; init; }
        public long StartedAt { get; init; }
        public long? EndedAt { get; init; }
        public string? Outcome { get; init; }
        public string? Code { get; init; }
        public string? Message { get; init; }
        public int? HttpStatus { get; init; }
        public string? TransactionCode { get; init; }
        public string? ReceivedAt { get; init; }
        public int Simulator { get; init; }

        public DeliveryAttemptView View() => new(
            AttemptId, Attempt, Asks != 0, ListRow.Utc(StartedAt), EndedAt is { } end ? ListRow.Utc(end) : null, Outcome, Code, Message, HttpStatus, TransactionCode, ReceivedAt, Simulator != 0);
    }
}
