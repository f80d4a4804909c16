using LienThong.Gateway.Access;

namespace LienThong.Gateway.Storage;

/// <summary>Code lists with all their editions. National lists have the empty facility and are seen by everyone.</summary>
public sealed class CatalogueStore(Database database)
{
    private const int Chunk = 2000;
    private const string Visible = "({scope} OR facility = '')";
    private const string EditionColumns = """
        facility, list, edition, restores, file_name, content_ref, sha256, sheet, added, changed, closed, unchanged, refused, row_count,
        covers_from, covers_to, is_complete, actor, reason, created_at
        """;

    private static readonly string[] RowColumns = ["facility", "list", "row_key", "valid_from", "valid_to", "accepted", "accepted_on", "content", "opened"];

    /// <summary>The newest edition of each list the caller may see.</summary>
    internal Task<List<CatalogueEditionRow>> NewestAsync(Caller caller, CancellationToken ct) =>
        database.QueryAsync<CatalogueEditionRow>(caller, $"""
            SELECT {EditionColumns} FROM catalogue_edition e
            WHERE {Visible} AND edition = (SELECT c.edition FROM catalogue c WHERE c.facility = e.facility AND c.list = e.list)
            ORDER BY list, facility
            """, null, ct);

    /// <summary>Editions of one list, newest first.</summary>
    internal Task<List<CatalogueEditionRow>> EditionsAsync(Caller caller, string facility, string list, CancellationToken ct) =>
        database.QueryAsync<CatalogueEditionRow>(caller, $"""
            SELECT {EditionColumns} FROM catalogue_edition
            WHERE {Visible} AND facility = @facility AND list = @list ORDER BY edition DESC
            """, new { facility, list }, ct);

    /// <summary>Rows as they stood in an edition, one at a time: lists have 100 000 rows and more.</summary>
    internal IAsyncEnumerable<CatalogueRowRow> RowsAsync(Caller caller, string facility, string list, int edition, CancellationToken ct) =>
        database.StreamAsync<CatalogueRowRow>(caller, $"""
            SELECT row_id, row_key, valid_from, valid_to, accepted, accepted_on, content FROM catalogue_row
            WHERE {Visible} AND facility = @facility AND list = @list AND opened <= @edition AND (closed IS NULL OR closed > @edition)
            ORDER BY row_id
            """, new { facility, list, edition }, ct);

    /// <summary>Locks the list and tells its newest edition; 0 when there is none yet.</summary>
    internal static async Task<int> LockAsync(WriteSession session, string facility, string list, CancellationToken ct)
    {
        await session.ExecuteAsync(
            "INSERT INTO catalogue (facility, list, edition) VALUES (@facility, @list, 0) ON CONFLICT (facility, list) DO NOTHING", new { facility, list }, ct);
        return (await session.QueryUnscopedAsync<int>(
            "SELECT edition FROM catalogue WHERE facility = @facility AND list = @list {lock}", new { facility, list }, ct)).Single();
    }

    /// <summary>Adds an edition and makes it the newest.</summary>
    internal static async Task AddEditionAsync(WriteSession session, CatalogueEditionRow edition, CancellationToken ct)
    {
        await session.ExecuteAsync($"""
            INSERT INTO catalogue_edition ({EditionColumns})
            VALUES (@Facility, @List, @Edition, @Restores, @FileName, @ContentRef, @Sha256, @Sheet, @Added, @Changed, @Closed, @Unchanged, @Refused, @RowCount,
              @CoversFrom, @CoversTo, @IsComplete, @Actor, @Reason, @CreatedAt)
            """, edition, ct);
        await session.ExecuteAsync("UPDATE catalogue SET edition = @Edition WHERE facility = @Facility AND list = @List", edition, ct);
    }

    /// <summary>Opens row versions in an edition, in bulk.</summary>
    internal static async Task OpenAsync(
        WriteSession session, string facility, string list, int edition, IEnumerable<CatalogueRowRow> rows, Action<long>? tell, CancellationToken ct)
    {
        long done = 0;
        foreach (CatalogueRowRow[] chunk in rows.Chunk(Chunk))
        {
            await session.InsertManyAsync("catalogue_row", RowColumns, Array.ConvertAll(
                chunk, r => new object?[] { facility, list, r.RowKey, r.ValidFrom, r.ValidTo, r.Accepted, r.AcceptedOn, r.Content, edition }), ct);
            tell?.Invoke(done += chunk.Length);
        }
    }

    /// <summary>Closes row versions: from this edition on they are history.</summary>
    internal static async Task CloseAsync(WriteSession session, int edition, IEnumerable<long> rows, CancellationToken ct)
    {
        foreach (long[] chunk in rows.Chunk(Chunk))
        {
            await session.ExecuteManyAsync(
                "UPDATE catalogue_row SET closed = @edition WHERE row_id = @id AND closed IS NULL", ["edition", "id"], Array.ConvertAll(chunk, id => new object?[] { edition, id }), ct);
        }
    }

    /// <summary>Makes a new edition hold what an earlier one held.</summary>
    /// <returns>Rows closed and rows opened.</returns>
    internal static async Task<(int Closed, int Opened)> RestoreAsync(WriteSession session, string facility, string list, int earlier, int edition, CancellationToken ct)
    {
        var key = new { facility, list, earlier, edition };
        int closed = await session.ExecuteAsync("""
            UPDATE catalogue_row SET closed = @edition WHERE facility = @facility AND list = @list AND closed IS NULL AND opened > @earlier
            """, key, ct);
        int opened = await session.ExecuteAsync("""
            INSERT INTO catalogue_row (facility, list, row_key, valid_from, valid_to, accepted, accepted_on, content, opened)
            SELECT facility, list, row_key, valid_from, valid_to, accepted, accepted_on, content, @edition FROM catalogue_row
            WHERE facility = @facility AND list = @list AND opened <= @earlier AND closed > @earlier ORDER BY row_id
            """, key, ct);
        return (closed, opened);
    }
}

internal sealed record CatalogueEditionRow
{
    public string Facility { get; init; } = "";
    public string List { get; init; } = "";
    public int Edition { get; init; }
    public int? Restores { get; init; }
    public string FileName { get; init; } = "";
    public string ContentRef { get; init; } = "";
    public string Sha256 { get; init; } = "";
    public string Sheet { get; init; } = "";
    public int Added { get; init; }
    public int Changed { get; init; }
    public int Closed { get; init; }
    public int Unchanged { get; init; }
    public int Refused { get; init; }
    public int RowCount { get; init; }
    public string? CoversFrom { get; init; }
    public string? CoversTo { get; init; }
    public int IsComplete { get; init; }
    public string Actor { get; init; } = "";
    public string Reason { get; init; } = "";
    public long CreatedAt { get; init; }
}

/// <summary>A row version. Days are <c>yyyy-MM-dd</c>; the content is a JSON object of its cells that hold anything.</summary>
internal sealed class CatalogueRowRow
{
    public long RowId { get; init; }
    public string RowKey { get; init; } = "";
    public string? ValidFrom { get; init; }
    public string? ValidTo { get; init; }
    public int? Accepted { get; set; }
    public string? AcceptedOn { get; set; }
    public string Content { get; set; } = "";
}
