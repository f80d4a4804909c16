using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>What the portal said of rows, and which rows are meant.</summary>
public sealed record CatalogueAcceptance
{
    /// <summary>Codes of the rows; empty for all rows that the other conditions leave.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];

    /// <summary>Only rows valid on this day; null for any.</summary>
    public DateOnly? ValidOn { get; init; }

    /// <summary>Only rows the portal hasn't said anything of.</summary>
    public bool OnlyUnknown { get; init; }

    /// <summary>Whether the portal took them (true), refused them (false), or hasn't answered (null).</summary>
    public bool? Accepted { get; init; }

    /// <summary>Day on which it answered; null when nobody knows.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>Records what the portal said of rows, without importing them again: a new edition whose rows differ only in that.</summary>
public sealed class CatalogueAcceptor(Database database, CatalogueStore store, LoadedLists loaded)
{
    /// <summary>Sets the acceptance of rows. Taken back like any edition.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.ManageCatalogues"/>.</param>
    /// <param name="facility">Facility of the list; empty for a national one.</param>
    /// <param name="list">The list.</param>
    /// <param name="acceptance">What the portal said, and of which rows.</param>
    /// <param name="expected">Newest edition as the person saw it; null for whatever it is.</param>
    /// <param name="reason">Why; must not be empty.</param>
    /// <param name="ct">Stops the work; then nothing is set.</param>
    public async Task<CatalogueRestored> SetAsync(
        Caller caller, string facility, ListDefinition list, CatalogueAcceptance acceptance, int? expected, string reason, CancellationToken ct)
    {
        if (CatalogueDesk.WhyNot(caller, facility, reason, "Ghi lý do, ví dụ số thông báo của Cổng.") is { } refusal)
            return new CatalogueRestored(null, refusal);
        if (acceptance is { Accepted: null, On: not null })
            return new CatalogueRestored(null, "Chưa rõ chấp nhận hay từ chối thì không ghi ngày.");
        await using WriteSession session = await database.BeginAsync(ct);
        int newest = await CatalogueStore.LockAsync(session, facility, list.Name, ct);
        if (newest == 0)
            return new CatalogueRestored(null, "Danh mục này chưa nhập lần nào.");
        if (expected is { } seen && seen != newest)
            return new CatalogueRestored(null, "Danh mục vừa được người khác đổi. Xem lại rồi làm tiếp.");
        HashSet<string> missing = new(acceptance.Codes.Select(c => c.Trim()).Where(c => c.Length > 0), StringComparer.OrdinalIgnoreCase);
        if (acceptance.Codes.Count > 0 && missing.Count == 0)
            return new CatalogueRestored(null, "Ghi ít nhất một mã.");
        List<CatalogueRowRow> changed = await ChangedAsync(caller, facility, list, newest, acceptance, missing, ct);
        if (missing.Count > 0)
            return new CatalogueRestored(null, $"Không có mã {string.Join(", ", missing.Order(StringComparer.Ordinal).Take(5))}{(missing.Count > 5 ? $" và {missing.Count - 5} mã khác" : "")} trong danh mục; chưa ghi dòng nào.");
        if (changed.Count == 0)
            return new CatalogueRestored(null, "Không có dòng nào thay đổi.");
        CatalogueEditionRow row = (await store.EditionsAsync(caller, facility, list.Name, ct)).Find(e => e.Edition == newest)! with
        {
            Edition = newest + 1,
            Restores = null,
            Added = 0,
            Changed = changed.Count,
            Closed = 0,
            Refused = 0,
            Actor = caller.Name,
            Reason = reason.Trim(),
            CreatedAt = database.Now,
        };
        row = row with { Unchanged = row.RowCount - changed.Count };
        await CatalogueStore.CloseAsync(session, row.Edition, changed.Select(r => r.RowId), ct);
        await CatalogueStore.OpenAsync(session, facility, list.Name, row.Edition, changed, null, ct);
        await CatalogueStore.AddEditionAsync(session, row, ct);
        session.Audit(facility, caller.Name, "catalogue.accepted", $"{list.Name}#{row.Edition}", $"rows={changed.Count} accepted={acceptance.Accepted} on={acceptance.On:yyyy-MM-dd} reason={row.Reason}");
        await session.CommitAsync(ct);
        loaded.Expire();
        return new CatalogueRestored(CatalogueDesk.View(row), "");
    }

    // Rows that are meant and say something else, as they shall be; codes that were met are taken off.
    private async Task<List<CatalogueRowRow>> ChangedAsync(
        Caller caller, string facility, ListDefinition list, int edition, CatalogueAcceptance acceptance, HashSet<string> codes, CancellationToken ct)
    {
        HashSet<string> wanted = new(codes, codes.Comparer);
        int? accepted = acceptance.Accepted is { } yes ? (yes ? 1 : 0) : null;
        string? on = RowContent.Store(acceptance.On);
        List<CatalogueRowRow> changed = [];
        await foreach (CatalogueRowRow row in store.RowsAsync(caller, facility, list.Name, edition, ct))
        {
            if (wanted.Count > 0)
            {
                string code = CatalogueView.CodeOf(list, RowContent.Read(row.Content));
                if (!wanted.Contains(code))
                    continue;
                codes.Remove(code);
            }
            bool meant = (!acceptance.OnlyUnknown || row.Accepted is null) && CatalogueExport.IsValidOn(row, acceptance.ValidOn);
            if (!meant || (row.Accepted == accepted && row.AcceptedOn == on))
                continue;
            (row.Accepted, row.AcceptedOn) = (accepted, on);
            changed.Add(row);
        }
        return changed;
    }
}
