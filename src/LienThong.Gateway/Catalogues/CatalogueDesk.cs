using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>An edition of a list.</summary>
/// <param name="Facility">Facility it belongs to; empty for a national list.</param>
/// <param name="List">Name of the list.</param>
/// <param name="Title">Title in Vietnamese.</param>
/// <param name="Edition">Number, from 1.</param>
/// <param name="Restores">Edition it restores; null for an import.</param>
/// <param name="FileName">File it came from.</param>
/// <param name="Sha256">Hash of that file.</param>
/// <param name="Added">Rows added.</param>
/// <param name="Changed">Rows changed.</param>
/// <param name="Closed">Rows that ended.</param>
/// <param name="Refused">Wrong rows that didn't go in.</param>
/// <param name="RowCount">Rows it holds, ended ones included.</param>
/// <param name="CoversFrom">First day it says something about; null when nothing begins it.</param>
/// <param name="CoversTo">Last day; null when nothing ends it.</param>
/// <param name="IsComplete">Whether it holds every code of its kind.</param>
/// <param name="Actor">Who made it.</param>
/// <param name="Reason">Why.</param>
/// <param name="At">When.</param>
public sealed record CatalogueEdition(
    string Facility, string List, string Title, int Edition, int? Restores, string FileName, string Sha256, int Added, int Changed, int Closed, int Refused, int RowCount,
    DateOnly? CoversFrom, DateOnly? CoversTo, bool IsComplete, string Actor, string Reason, DateTimeOffset At);

/// <summary>What a list says of a code on a day.</summary>
/// <param name="Covers">Whether the list says anything about the day; if not, rules don't judge by it.</param>
/// <param name="Entries">Rows of the code, those in force first; empty when the code isn't in the list.</param>
public sealed record CatalogueLookup(bool Covers, IReadOnlyList<CatalogueEntry> Entries);

/// <summary>A row found by its code.</summary>
/// <param name="Code">The code.</param>
/// <param name="Name">What it is called.</param>
/// <param name="InForce">Whether it is valid on the day asked for and not refused by the portal.</param>
/// <param name="From">First day it is valid; null when it always was.</param>
/// <param name="To">Last day; null while nothing ends it.</param>
/// <param name="Accepted">Whether the portal took it; null when unknown.</param>
/// <param name="Cells">Its cells that rules look at, by name.</param>
public sealed record CatalogueEntry(
    string Code, string Name, bool InForce, DateOnly? From, DateOnly? To, bool? Accepted, IReadOnlyDictionary<string, string> Cells);

/// <summary>What somebody says of a list as a whole. It holds until the next import, which says it anew.</summary>
/// <param name="Complete">Whether it holds every code of its kind; null leaves it as it is.</param>
/// <param name="CoversDays">Whether <paramref name="From"/> and <paramref name="To"/> are to be set.</param>
/// <param name="From">First day it says something about; null when nothing begins it.</param>
/// <param name="To">Last day; null when nothing ends it.</param>
public sealed record CatalogueSetting(bool? Complete, bool CoversDays, DateOnly? From, DateOnly? To);

/// <summary>Whether a new edition was made of what is stored.</summary>
/// <param name="Edition">The new edition; null when none was made.</param>
/// <param name="Message">Why not, in Vietnamese.</param>
public sealed record CatalogueRestored(CatalogueEdition? Edition, string Message);

/// <summary>A list that rules need and nobody loaded.</summary>
/// <param name="Definition">The list.</param>
/// <param name="Rules">Codes of the rules that answer 'not checked' without it.</param>
public sealed record MissingList(ListDefinition Definition, IReadOnlyList<string> Rules);

/// <summary>Looking at code lists and their history, and taking an edition back.</summary>
public sealed class CatalogueDesk(Database database, CatalogueStore store, LoadedLists loaded)
{
    /// <summary>The newest edition of each list the caller may see, by list and facility.</summary>
    public async Task<IReadOnlyList<CatalogueEdition>> ListAsync(Caller caller, CancellationToken ct) =>
        [.. (await store.NewestAsync(caller, ct)).Where(r => ListDefinitions.Find(r.List) is not null).Select(View)];

    /// <summary>Lists that rules need and that are neither loaded nor built in, those with the most rules first.</summary>
    /// <param name="lists">What is loaded.</param>
    public static IReadOnlyList<MissingList> Missing(IReadOnlyList<CatalogueEdition> lists)
    {
        HashSet<string> there = [.. lists.Where(l => l.RowCount > 0).Select(l => l.List)];
        return [.. ListDefinitions.All.Where(d => !there.Contains(d.Name) && CodeLists.None.Find(d.Name) is null)
            .Select(d => new MissingList(d, [.. RuleCatalogue.All.Where(r => r.NeedsLists.Contains(d.Name, StringComparer.Ordinal)).Select(r => r.Code).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]))
            .Where(m => m.Rules.Count > 0).OrderByDescending(m => m.Rules.Count)];
    }

    /// <summary>All editions of a list, newest first; empty when there is none or it is out of scope.</summary>
    public async Task<IReadOnlyList<CatalogueEdition>> HistoryAsync(Caller caller, string facility, ListDefinition list, CancellationToken ct) =>
        (await store.EditionsAsync(caller, facility, list.Name, ct)).ConvertAll(View);

    /// <summary>What changed from one edition to another, at most <paramref name="take"/> rows; null when there is no such edition.</summary>
    public async Task<IReadOnlyList<CatalogueChange>?> DiffAsync(
        Caller caller, string facility, ListDefinition list, int from, int to, int take, CancellationToken ct)
    {
        List<CatalogueEditionRow> editions = await store.EditionsAsync(caller, facility, list.Name, ct);
        if (!editions.Exists(e => e.Edition == to) || (from != 0 && !editions.Exists(e => e.Edition == from)))
            return null;
        Dictionary<string, CatalogueRowRow> before = new(StringComparer.Ordinal);
        if (from != 0)
        {
            await foreach (CatalogueRowRow row in store.RowsAsync(caller, facility, list.Name, from, ct))
                before[$"{row.RowKey}\u001F{row.ValidFrom}"] = row;
        }

        List<RowChange> changes = [];
        await foreach (CatalogueRowRow row in store.RowsAsync(caller, facility, list.Name, to, ct))
        {
            if (!before.Remove($"{row.RowKey}\u001F{row.ValidFrom}", out CatalogueRowRow? old))
                changes.Add(new RowChange(CatalogueChangeKind.Added, null, row, null));
            else if (old.Content != row.Content || old.ValidTo != row.ValidTo || old.Accepted != row.Accepted || old.AcceptedOn != row.AcceptedOn)
                changes.Add(new RowChange(old.Content == row.Content && old.ValidTo is null && row.ValidTo is not null ? CatalogueChangeKind.Closed : CatalogueChangeKind.Changed, old, row, null));
        }
        changes.AddRange(before.Values.Select(old => new RowChange(CatalogueChangeKind.Closed, old, null, null)));
        return [.. changes.Take(take).Select(c => CatalogueView.Of(list, c))];
    }

    /// <summary>Rows of a code as the rules see them for a facility, those in force on the day first.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="facility">Facility whose lists are looked into, besides the national ones; empty for these alone.</param>
    /// <param name="list">The list.</param>
    /// <param name="code">The code; letters in any case.</param>
    /// <param name="day">The day asked for.</param>
    /// <returns>What was found; null when there is no such list for the facility, or it is out of scope.</returns>
    public CatalogueLookup? LookUp(Caller caller, string facility, ListDefinition list, string code, DateOnly day)
    {
        if (facility.Length > 0 && !caller.Scope.Holds(facility))
            return null;
        if (loaded.Of(facility).Find(list.Name) is not { } found)
            return null;
        List<CatalogueEntry> entries = [];
        foreach (CodeRow row in found.History(Encoding.UTF8.GetBytes(code.Trim())))
            entries.Add(Entry(found.Definition, row, day));
        return new CatalogueLookup(found.Covers(day), [.. entries.OrderByDescending(f => f.InForce).ThenByDescending(f => f.From ?? DateOnly.MinValue)]);
    }

    /// <summary>Takes the newest edition back: a new edition holds what the one before held. History stays.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.ManageCatalogues"/>.</param>
    /// <param name="facility">Facility of the list; empty for a national one.</param>
    /// <param name="list">The list.</param>
    /// <param name="earlier">Edition to restore; null for the one before the newest; 0 empties the list.</param>
    /// <param name="expected">Newest edition as the person saw it; null for whatever it is.</param>
    /// <param name="reason">Why; must not be empty.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<CatalogueRestored> RestoreAsync(
        Caller caller, string facility, ListDefinition list, int? earlier, int? expected, string reason, CancellationToken ct)
    {
        if (WhyNot(caller, facility, reason, "Ghi lý do quay lại.") is { } refusal)
            return new CatalogueRestored(null, refusal);
        await using WriteSession session = await database.BeginAsync(ct);
        int newest = await CatalogueStore.LockAsync(session, facility, list.Name, ct);
        if (newest == 0)
            return new CatalogueRestored(null, "Danh mục này chưa nhập lần nào.");
        if (expected is { } seen && seen != newest)
            return new CatalogueRestored(null, "Danh mục vừa được người khác đổi. Xem lại rồi làm tiếp.");
        int target = earlier ?? newest - 1;
        if (target < 0 || target >= newest)
            return new CatalogueRestored(null, $"Chỉ quay lại được lần nhập từ 0 (trống) đến {newest - 1}.");
        CatalogueEditionRow row = await WriteAsync(session, caller, facility, list, target, newest, reason.Trim(), ct);
        await session.CommitAsync(ct);
        loaded.Expire();
        return new CatalogueRestored(View(row), "");
    }

    /// <summary>Sets by hand which days a list covers and whether it is complete: a new edition with the same rows.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.ManageCatalogues"/>.</param>
    /// <param name="facility">Facility of the list; empty for a national one.</param>
    /// <param name="list">The list.</param>
    /// <param name="setting">What is said of it.</param>
    /// <param name="reason">Why; must not be empty.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<CatalogueRestored> SetAsync(
        Caller caller, string facility, ListDefinition list, CatalogueSetting setting, string reason, CancellationToken ct)
    {
        if (WhyNot(caller, facility, reason, "Ghi lý do đổi.") is { } refusal)
            return new CatalogueRestored(null, refusal);
        if (setting.CoversDays && setting.To < setting.From)
            return new CatalogueRestored(null, "Ngày kết thúc trước ngày bắt đầu.");
        await using WriteSession session = await database.BeginAsync(ct);
        int newest = await CatalogueStore.LockAsync(session, facility, list.Name, ct);
        if (newest == 0)
            return new CatalogueRestored(null, "Danh mục này chưa nhập lần nào.");
        CatalogueEditionRow last = (await store.EditionsAsync(caller, facility, list.Name, ct)).Find(e => e.Edition == newest)!;
        CatalogueEditionRow row = last with
        {
            Edition = newest + 1,
            Restores = null,
            Added = 0,
            Changed = 0,
            Closed = 0,
            Unchanged = last.RowCount,
            Refused = 0,
            CoversFrom = setting.CoversDays ? RowContent.Store(setting.From) : last.CoversFrom,
            CoversTo = setting.CoversDays ? RowContent.Store(setting.To) : last.CoversTo,
            IsComplete = setting.Complete is { } complete ? (complete ? 1 : 0) : last.IsComplete,
            Actor = caller.Name,
            Reason = reason.Trim(),
            CreatedAt = database.Now,
        };
        await CatalogueStore.AddEditionAsync(session, row, ct);
        session.Audit(facility, caller.Name, "catalogue.set", $"{list.Name}#{row.Edition}", $"complete={row.IsComplete} from={row.CoversFrom} to={row.CoversTo} reason={row.Reason}");
        await session.CommitAsync(ct);
        loaded.Expire();
        return new CatalogueRestored(View(row), "");
    }

    internal static string? WhyNot(Caller caller, string facility, string reason, string ask)
    {
        if (!caller.May(Permissions.ManageCatalogues) || (facility.Length == 0 ? !caller.Scope.All : !caller.Scope.Holds(facility)))
            return "Tài khoản của bạn không được đổi danh mục này.";
        return string.IsNullOrWhiteSpace(reason) ? ask : null;
    }

    private static CatalogueEntry Entry(ListDefinition list, CodeRow row, DateOnly day)
    {
        Dictionary<string, string> cells = new(StringComparer.Ordinal);
        for (int i = 0; i < list.Columns.Count; i++)
        {
            if (row.Text(i) is { Length: > 0 } text)
                cells[list.Columns[i].Name] = text;
        }
        bool inForce = (row.ValidFrom ?? DateOnly.MinValue) <= day && day <= (row.ValidTo ?? DateOnly.MaxValue) && row.Accepted != false;
        return new CatalogueEntry(CatalogueView.CodeOf(list, cells), CatalogueView.NameOf(list, cells), inForce, row.ValidFrom, row.ValidTo, row.Accepted, cells);
    }

    private async Task<CatalogueEditionRow> WriteAsync(
        WriteSession session, Caller caller, string facility, ListDefinition list, int target, int newest, string reason, CancellationToken ct)
    {
        CatalogueEditionRow? source = target == 0 ? null : (await store.EditionsAsync(caller, facility, list.Name, ct)).Find(e => e.Edition == target);
        (int closed, int opened) = await CatalogueStore.RestoreAsync(session, facility, list.Name, target, newest + 1, ct);
        CatalogueEditionRow row = (source ?? new CatalogueEditionRow { Facility = facility, List = list.Name, IsComplete = 1 }) with
        {
            Edition = newest + 1,
            Restores = target,
            Added = opened,
            Changed = 0,
            Closed = closed,
            Unchanged = (source?.RowCount ?? 0) - opened,
            Refused = 0,
            Actor = caller.Name,
            Reason = reason,
            CreatedAt = database.Now,
        };
        await CatalogueStore.AddEditionAsync(session, row, ct);
        session.Audit(facility, caller.Name, "catalogue.restored", $"{list.Name}#{row.Edition}", $"restores={target} opened={opened} closed={closed} reason={reason}");
        return row;
    }

    internal static CatalogueEdition View(CatalogueEditionRow r) => new(
        r.Facility, r.List, ListDefinitions.Find(r.List)?.TitleVi ?? r.List, r.Edition, r.Restores, r.FileName, r.Sha256, r.Added, r.Changed, r.Closed, r.Refused, r.RowCount,
        RowContent.Day(r.CoversFrom), RowContent.Day(r.CoversTo), r.IsComplete != 0, r.Actor, r.Reason, DateTimeOffset.FromUnixTimeMilliseconds(r.CreatedAt));
}
