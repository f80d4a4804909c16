using LienThong.Gateway.Access;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Folders;

namespace LienThong.Gateway.Storage;

/// <summary>Watched folders and what was taken out of them.</summary>
public sealed class WatchedFolderStore(Database database)
{
    private const string Columns = "folder_id, facility, name, path, kind, mapping, active, changed_by, changed_at, looked_at, failing_since, failure";

    internal async Task<List<WatchedFolder>> ListAsync(Caller caller, CancellationToken ct) =>
        (await database.QueryAsync<FolderRow>(caller, $"SELECT {Columns} FROM watched_folder WHERE {"{scope}"} ORDER BY facility, name, folder_id", null, ct))
            .ConvertAll(r => r.ToFolder());

    internal static async Task<List<WatchedFolder>> AllAsync(WriteSession session, CancellationToken ct) =>
        (await session.QueryUnscopedAsync<FolderRow>($"SELECT {Columns} FROM watched_folder ORDER BY folder_id {"{lock}"}", null, ct)).ConvertAll(r => r.ToFolder());

    internal static Task SaveAsync(WriteSession session, Guid id, FolderDraft draft, string actor, CancellationToken ct) =>
        session.ExecuteAsync("""
            INSERT INTO watched_folder (folder_id, facility, name, path, kind, mapping, active, changed_by, changed_at)
            VALUES (@id, @Facility, @Name, @Path, @kind, @Mapping, @active, @actor, @now)
            ON CONFLICT (folder_id) DO UPDATE SET name = excluded.name, path = excluded.path, kind = excluded.kind, mapping = excluded.mapping,
              active = excluded.active, changed_by = excluded.changed_by, changed_at = excluded.changed_at, failing_since = NULL, failure = NULL, looked_at = NULL
            """, new
        {
            id = id.ToString(),
            draft.Facility,
            draft.Name,
            draft.Path,
            kind = draft.Kind.ToString(),
            draft.Mapping,
            active = draft.Active ? 1 : 0,
            actor,
            now = session.Database.Now,
        }, ct);

    internal static async Task RemoveAsync(WriteSession session, Guid id, CancellationToken ct)
    {
        await session.ExecuteAsync("DELETE FROM watched_file WHERE folder_id = @id", new { id = id.ToString() }, ct);
        await session.ExecuteAsync("DELETE FROM watched_folder WHERE folder_id = @id", new { id = id.ToString() }, ct);
    }

    /// <summary>Notes whether the folder could be reached.</summary>
    internal Task SeenAsync(Guid id, string? failure, CancellationToken ct) =>
        ChangeAsync("""
            UPDATE watched_folder SET looked_at = CASE WHEN @failure IS NULL THEN @now ELSE looked_at END,
              failing_since = CASE WHEN @failure IS NULL THEN NULL ELSE COALESCE(failing_since, @now) END, failure = @failure
            WHERE folder_id = @id
            """, new { id = id.ToString(), failure, now = database.Now }, ct);

    /// <summary>How many watched folders can't be reached.</summary>
    public async Task<int> CountFailingAsync(CancellationToken ct) =>
        (int)(await database.QueryUnscopedAsync<long>("SELECT COUNT(*) FROM watched_folder WHERE active = 1 AND failure IS NOT NULL", null, ct))[0];

    /// <summary>Claims what lies in the folder's place of work: what nobody claimed yet, or whose holder vanished.</summary>
    /// <returns>The row as it is afterwards; ours when its lease owner is <paramref name="owner"/>.</returns>
    internal async Task<FolderFileRow> ClaimAsync(WatchedFolder folder, string claimName, string fileName, Guid fileId, string owner, TimeSpan lease, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        var values = new
        {
            folder = folder.Id.ToString(),
            claimName,
            folder.Facility,
            fileName,
            fileId = fileId.ToString(),
            settings = folder.ChangedAt.ToUnixTimeMilliseconds(),
            owner,
            now = database.Now,
            until = database.Now + (long)lease.TotalMilliseconds,
        };
        await session.ExecuteAsync("""
            INSERT INTO watched_file (folder_id, claim_name, facility, file_name, file_id, state, sha256, settings_at, attempts, leased_until, taken_at)
            VALUES (@folder, @claimName, @Facility, @fileName, @fileId, 'Taken', '', @settings, 0, 0, @now) ON CONFLICT (folder_id, claim_name) DO NOTHING
            """, values, ct);
        await session.ExecuteAsync("""
            UPDATE watched_file SET lease_owner = @owner, leased_until = @until, attempts = attempts + 1
            WHERE folder_id = @folder AND claim_name = @claimName AND state = 'Taken' AND leased_until < @now
            """, values, ct);
        FolderFileRow row = (await session.QueryUnscopedAsync<FolderFileRow>(
            $"SELECT {FolderFileRow.Columns} FROM watched_file WHERE folder_id = @folder AND claim_name = @claimName", values, ct)).Single();
        await session.CommitAsync(ct);
        return row;
    }

    internal Task RenewAsync(WatchedFolder folder, string claimName, string owner, TimeSpan lease, CancellationToken ct) =>
        ChangeAsync("UPDATE watched_file SET leased_until = @until WHERE folder_id = @folder AND claim_name = @claimName AND lease_owner = @owner AND state = 'Taken'",
            new { folder = folder.Id.ToString(), claimName, owner, until = database.Now + (long)lease.TotalMilliseconds }, ct);

    /// <summary>Gives a claim up, to be tried again soon.</summary>
    internal Task ReleaseAsync(WatchedFolder folder, string claimName, string owner, DateTimeOffset until, CancellationToken ct) =>
        ChangeAsync("UPDATE watched_file SET lease_owner = NULL, leased_until = @until WHERE folder_id = @folder AND claim_name = @claimName AND lease_owner = @owner",
            new { folder = folder.Id.ToString(), claimName, owner, until = until.ToUnixTimeMilliseconds() }, ct);

    /// <summary>Notes what became of a file and where it goes, before it is moved there.</summary>
    internal Task DecideAsync(WatchedFolder folder, string claimName, string owner, string sha256, IntakeReport report, string message, string target, CancellationToken ct) =>
        ChangeAsync("""
            UPDATE watched_file SET sha256 = @sha256, outcome = @outcome, file_id = @fileId, message = @message, target = @target
            WHERE folder_id = @folder AND claim_name = @claimName AND lease_owner = @owner
            """, new
        {
            folder = folder.Id.ToString(),
            claimName,
            owner,
            sha256,
            outcome = report.Outcome.ToString(),
            fileId = (report.FileId ?? Guid.Empty).ToString(),
            message,
            target,
        }, ct);

    /// <summary>Notes another place for a file that isn't there yet.</summary>
    internal Task MoveAsync(WatchedFolder folder, string claimName, string target, CancellationToken ct) =>
        ChangeAsync("UPDATE watched_file SET target = @target WHERE folder_id = @folder AND claim_name = @claimName",
            new { folder = folder.Id.ToString(), claimName, target }, ct);

    internal Task EndAsync(WatchedFolder folder, string claimName, CancellationToken ct) =>
        ChangeAsync("""
            UPDATE watched_file SET state = 'Done', finished_at = @now, lease_owner = NULL, leased_until = 0 WHERE folder_id = @folder AND claim_name = @claimName
            """, new { folder = folder.Id.ToString(), claimName, now = database.Now }, ct);

    /// <summary>Claims whose holder vanished.</summary>
    internal async Task<List<FolderFileRow>> LeftAsync(WatchedFolder folder, CancellationToken ct) =>
        await database.QueryUnscopedAsync<FolderFileRow>(
            $"SELECT {FolderFileRow.Columns} FROM watched_file WHERE folder_id = @folder AND state = 'Taken' AND leased_until < @now ORDER BY taken_at",
            new { folder = folder.Id.ToString(), now = database.Now }, ct);

    /// <summary>An earlier file of the same content that was taken completely under the same settings; null when there is none.</summary>
    internal async Task<FolderFileRow?> FindSameAsync(WatchedFolder folder, string sha256, CancellationToken ct) =>
        (await database.QueryUnscopedAsync<FolderFileRow>($"""
            SELECT {FolderFileRow.Columns} FROM watched_file
            WHERE folder_id = @folder AND sha256 = @sha256 AND settings_at = @settings AND state = 'Done' AND outcome = 'Complete' ORDER BY taken_at LIMIT 1
            """, new { folder = folder.Id.ToString(), sha256, settings = folder.ChangedAt.ToUnixTimeMilliseconds() }, ct)).SingleOrDefault();

    /// <summary>What was taken out of a folder, newest first.</summary>
    internal async Task<List<FolderFile>> FilesAsync(Caller caller, Guid folder, int take, CancellationToken ct) =>
        (await database.QueryAsync<FolderFileRow>(caller, $"""
            SELECT {FolderFileRow.Columns} FROM watched_file WHERE folder_id = @folder AND {"{scope}"} ORDER BY taken_at DESC, claim_name DESC LIMIT @take
            """, new { folder = folder.ToString(), take }, ct)).ConvertAll(r => r.ToFile());

    private async Task ChangeAsync(string sql, object values, CancellationToken ct)
    {
        await using WriteSession session = await database.BeginAsync(ct);
        await session.ExecuteAsync(sql, values, ct);
        await session.CommitAsync(ct);
    }

    private sealed class FolderRow
    {
        public string FolderId { get; init; } = "";
        public string Facility { get; init; } = "";
        public string Name { get; init; } = "";
        public string Path { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Mapping { get; init; } = "";
        public int Active { get; init; }
        public string ChangedBy { get; init; } = "";
        public long ChangedAt { get; init; }
        public long? LookedAt { get; init; }
        public long? FailingSince { get; init; }
        public string? Failure { get; init; }

        public WatchedFolder ToFolder() => new(
            Guid.Parse(FolderId), Facility, Name, Path, Enum.Parse<FolderKind>(Kind), Mapping, Active != 0, ChangedBy, ListRow.Utc(ChangedAt),
            LookedAt is { } looked ? ListRow.Utc(looked) : null, FailingSince is { } failing ? ListRow.Utc(failing) : null, Failure);
    }
}

internal sealed class FolderFileRow
{
    public const string Columns = "claim_name, file_name, file_id, state, outcome, message, target, attempts, lease_owner, taken_at";

    public string ClaimName { get; init; } = "";
    public string FileName { get; init; } = "";
    public string FileId { get; init; } = "";
    public string State { get; init; } = "";
    public string? Outcome { get; init; }
    public string? Message { get; init; }
    public string? Target { get; init; }
    public int Attempts { get; init; }
    public string? LeaseOwner { get; init; }
    public long TakenAt { get; init; }

    public FolderFile ToFile() => new(
        FileName, Guid.Parse(FileId), State, Outcome is null ? null : Enum.Parse<IntakeOutcome>(Outcome), Message, Target, ListRow.Utc(TakenAt));
}
