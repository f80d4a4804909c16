using System.Globalization;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Reports;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>Rows of a list as CSV that an import takes back: UTF-8 with a byte-order mark, the columns kept, then validity and acceptance.</summary>
public sealed class CatalogueExport(CatalogueStore store)
{
    /// <summary>Content type of the result.</summary>
    public const string ContentType = "text/csv; charset=utf-8";

    private const int FlushFrom = 64 * 1024;
    private static readonly string[] Around = ["TU_NGAY", "DEN_NGAY", "CHAP_NHAN", "NGAY_CHAP_NHAN", RowContent.Status];

    /// <summary>The edition an export is of: the one asked for, or the newest.</summary>
    /// <returns>Its number; null when the list has no such edition or it is out of scope.</returns>
    public async Task<int?> FindAsync(Caller caller, string facility, ListDefinition list, int? edition, CancellationToken ct)
    {
        List<CatalogueEditionRow> editions = await store.EditionsAsync(caller, facility, list.Name, ct);
        return editions.Find(e => edition is null || e.Edition == edition)?.Edition;
    }

    /// <summary>Writes rows, one at a time: lists have 100 000 rows and more.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="facility">Facility of the list; empty for a national one.</param>
    /// <param name="list">The list.</param>
    /// <param name="edition">What <see cref="FindAsync"/> returned.</param>
    /// <param name="day">Only rows valid on this day; null for all, ended ones included.</param>
    /// <param name="output">Where to.</param>
    /// <param name="ct">Stops the work.</param>
    /// <returns>Rows written.</returns>
    public async Task<int> WriteAsync(Caller caller, string facility, ListDefinition list, int edition, DateOnly? day, Stream output, CancellationToken ct)
    {
        string[] names = ListLayout.Of(list).Names;
        Dictionary<string, int> places = names.Select((n, i) => (n, i)).ToDictionary(p => p.n, p => p.i, StringComparer.Ordinal);
        string?[] cells = new string?[names.Length];
        StringBuilder text = new("\uFEFF");
        text.AppendJoin(',', names.Concat(Around).Select(CsvCell.Of)).Append("\r\n");
        int written = 0;
        await foreach (CatalogueRowRow row in store.RowsAsync(caller, facility, list.Name, edition, ct))
        {
            if (!IsValidOn(row, day))
                continue;
            bool unconfirmed = RowContent.Read(row.Content, places, cells);
            foreach (string? cell in cells)
                text.Append(CsvCell.Of(cell ?? "")).Append(',');
            text.Append(Day(row.ValidFrom)).Append(',').Append(Day(row.ValidTo)).Append(',').Append(row.Accepted?.ToString(CultureInfo.InvariantCulture)).Append(',')
                .Append(Day(row.AcceptedOn)).Append(',').Append(unconfirmed ? "unconfirmed" : "").Append("\r\n");
            written++;
            if (text.Length >= FlushFrom)
                await FlushAsync(text, output, ct);
        }
        await FlushAsync(text, output, ct);
        return written;
    }

    internal static bool IsValidOn(CatalogueRowRow row, DateOnly? day) =>
        day is not { } on || ((RowContent.Day(row.ValidFrom) ?? DateOnly.MinValue) <= on && on <= (RowContent.Day(row.ValidTo) ?? DateOnly.MaxValue));

    // As the forms write days: yyyyMMdd.
    private static string Day(string? stored) => stored?.Replace("-", "", StringComparison.Ordinal) ?? "";

    private static async Task FlushAsync(StringBuilder text, Stream output, CancellationToken ct)
    {
        await output.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), ct);
        text.Clear();
    }
}
