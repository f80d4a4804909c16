using System.Runtime.CompilerServices;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;

namespace LienThong.Gateway.Storage;

/// <summary>A row that needs a content of the archive.</summary>
/// <param name="Table">Table of the row.</param>
/// <param name="Column">Column with the address.</param>
/// <param name="Facility">Facility of the row; empty for what belongs to all.</param>
/// <param name="Subject">What it is, for people: <c>MA_LK/version</c>, a file's name.</param>
/// <param name="Reference">Address of the content.</param>
public sealed record ArchiveUse(string Table, string Column, string Facility, string Subject, ArchiveRef Reference);

/// <summary>Everything in the database that names a content of the archive. A column that ends in <c>_ref</c> belongs into this list; a test holds the schema against it.</summary>
internal static class ArchiveReferences
{
    /// <summary>Table, column, and what tells people which row it is.</summary>
    public static readonly (string Table, string Column, string Subject)[] Sources =
    [
        ("intake_file", "content_ref", "file_name"),
        ("record_version", "content_ref", "ma_lk || '/' || version"),
        ("record_version", "signed_ref", "ma_lk || '/' || version"),
        ("submission", "request_ref", "ma_lk || '/' || version"),
        ("visit_source", "visit_ref", "(SELECT r.ma_lk FROM record r WHERE r.record_id = visit_source.record_id) || '/' || version"),
        ("catalogue_edition", "content_ref", "list || '/' || edition"),
        ("reconciliation_run", "content_ref", "file_name"),
        ("incident_file", "content_ref", "file_name"),
        ("check_in", "content_ref", "ma_lk || '/' || kind"),
        ("delivery", "document_ref", "ma_lk || '/' || service"),
    ];

    /// <summary>Every use, a row at a time.</summary>
    public static async IAsyncEnumerable<ArchiveUse> StreamAsync(Database database, [EnumeratorCancellation] CancellationToken ct)
    {
        foreach ((string table, string column, string subject) in Sources)
        {
            string sql = $"SELECT facility, {subject} AS subject, {column} AS reference FROM {table} WHERE {column} IS NOT NULL AND {"{scope}"}";
            await foreach (Row row in database.StreamAsync<Row>(Caller.System(), sql, null, ct))
                yield return new ArchiveUse(table, column, row.Facility, row.Subject, ArchiveRef.Parse(row.Reference));
        }
    }

    private sealed class Row
    {
        public string Facility { get; init; } = "";
        public string Subject { get; init; } = "";
        public string Reference { get; init; } = "";
    }
}
