using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Gateway.Storage;

/// <summary>What changes in stored versions within one transaction: each is written once, however much becomes of it.</summary>
internal sealed class VersionEdits(WriteSession session)
{
    private static readonly Part State = new(["to", "at", "cause", "heldUntil"], "state = @to, state_at = @at, state_cause = @cause, held_until = @heldUntil");

    private static readonly Part Signature = new(
        ["ref", "sha", "serial", "signedAt"], "signed_ref = @ref, signed_sha256 = @sha, certificate_serial = @serial, signed_at = @signedAt");

    private static readonly Part Judgement = new(
        ["block", "warn", "info", "notChecked", "findings", "suppressed"],
        "block_count = @block, warn_count = @warn, info_count = @info, not_checked_count = @notChecked, findings = @findings, suppressed_count = @suppressed");

    private readonly Dictionary<(string Id, int Version), Edit> edits = [];
    private readonly List<(string Id, int Version, string State)> passed = [];

    /// <summary>Moves a version to another state. Several moves become one, from the first state to the last.</summary>
    public void Move(string id, int version, string from, string to, string? cause, long? heldUntil)
    {
        Edit edit = Of(id, version);
        edit.From ??= from;
        edit.State = [to, session.Database.Now, cause, heldUntil];
        passed.Add((id, version, to));
    }

    /// <summary>Notes where the signed bytes are.</summary>
    public void Sign(string id, int version, string reference, string sha256, string? serial) =>
        Of(id, version).Signature = [reference, sha256, serial, session.Database.Now];

    /// <summary>Replaces the findings.</summary>
    public void Judge(string id, int version, JudgedFindings judged) => Of(id, version).Judgement =
    [
        judged.Count(Severity.Block), judged.Count(Severity.Warn), judged.Count(Severity.Info), judged.NotChecked, PackedFindings.Pack(judged.All), judged.Suppressed,
    ];

    /// <summary>Versions that came to a state, even if they went on from there.</summary>
    public List<(string Id, int Version)> MovedTo(RecordState state) =>
        [.. passed.Where(p => p.State == state.ToString()).Select(p => (p.Id, p.Version))];

    /// <summary>Records of which a version was signed.</summary>
    public List<string> Signed() => [.. edits.Where(e => e.Value.Signature is not null).Select(e => e.Key.Id)];

    /// <summary>Writes the edits; <see cref="Clear"/> forgets them.</summary>
    /// <remarks>A version that isn't in the state it was read in, although its record is locked, fails the transaction.</remarks>
    public async Task WriteAsync(CancellationToken ct)
    {
        foreach (IGrouping<(bool, bool, bool), KeyValuePair<(string Id, int Version), Edit>> alike in
            edits.GroupBy(e => (e.Value.State is not null, e.Value.Signature is not null, e.Value.Judgement is not null)))
        {
            (bool moved, bool signed, bool judged) = alike.Key;
            Part[] parts = [.. moved ? [State] : Array.Empty<Part>(), .. signed ? [Signature] : Array.Empty<Part>(), .. judged ? [Judgement] : Array.Empty<Part>()];
            string sql = $"UPDATE record_version SET {string.Join(", ", parts.Select(p => p.Assignments))} WHERE record_id = @id AND version = @version{(moved ? " AND state = @from" : "")}";
            string[] names = [.. parts.SelectMany(p => p.Names), "id", "version", .. moved ? ["from"] : Array.Empty<string>()];
            List<object?[]> rows = [.. alike.Select(e => e.Value.Row(e.Key.Id, e.Key.Version))];
            await session.ExecuteManyAsync(sql, names, rows, ct, every: moved);
        }
    }

    public void Clear()
    {
        edits.Clear();
        passed.Clear();
    }

    private Edit Of(string id, int version)
    {
        if (!edits.TryGetValue((id, version), out Edit? edit))
            edits.Add((id, version), edit = new Edit());
        return edit;
    }

    private sealed record Part(string[] Names, string Assignments);

    private sealed class Edit
    {
        public string? From { get; set; }
        public object?[]? State { get; set; }
        public object?[]? Signature { get; set; }
        public object?[]? Judgement { get; set; }

        public object?[] Row(string id, int version) => [.. State ?? [], .. Signature ?? [], .. Judgement ?? [], id, version, .. From is null ? Array.Empty<object?>() : [From]];
    }
}
