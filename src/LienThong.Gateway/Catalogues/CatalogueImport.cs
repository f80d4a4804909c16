using System.Security.Cryptography;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>Imports code lists: first what would change, then, as a step of its own, the new edition.</summary>
public sealed class CatalogueImport(
    Database database, CatalogueStore store, IArchive archive, FacilitySettings facilities, LoadedLists loaded, CatalogueLimits limits)
{
    private const int ChangesShown = 200;
    private const int ManyRows = 20;

    /// <summary>Largest file taken, in bytes.</summary>
    public long MaxFileBytes => limits.FileBytes;

    /// <summary>Puts a file aside for <see cref="ApplyAsync"/>, which may run on another node.</summary>
    /// <returns>Where it is; null when it is too large.</returns>
    public async Task<string?> KeepAsync(Stream content, CancellationToken ct)
    {
        try
        {
            return (await archive.PutAsync(content, limits.FileBytes, ct)).Reference.ToString();
        }
        catch (ArchiveLimitException)
        {
            return null;
        }
    }

    /// <summary>What a file would change; nothing is stored.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.ManageCatalogues"/>.</param>
    /// <param name="content">The file; must be able to seek.</param>
    /// <param name="request">What is to be done with it.</param>
    /// <param name="tell">Told how many rows are read; null for nobody.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<CatalogueImportResult> PreviewAsync(Caller caller, Stream content, CatalogueRequest request, Action<long>? tell, CancellationToken ct)
    {
        string sha = Convert.ToHexStringLower(await SHA256.HashDataAsync(content, ct));
        content.Position = 0;
        (List<Plan> plans, ProblemLog problems, string refusal) = await PlanAsync(caller, content, request, tell, ct);
        return Result(request, sha, "", applied: false, refusal, plans, problems);
    }

    /// <summary>What a file that was put aside would change; nothing is stored.</summary>
    public async Task<CatalogueImportResult> PreviewAsync(Caller caller, string contentRef, CatalogueRequest request, CancellationToken ct)
    {
        using MemoryStream content = await OpenAsync(contentRef, ct);
        CatalogueImportResult result = await PreviewAsync(caller, content, request, null, ct);
        return result with { ContentRef = contentRef };
    }

    /// <summary>Applies a file that was put aside: a new edition per list, all in one transaction.</summary>
    /// <param name="caller">Who asks; must hold <see cref="Permissions.ManageCatalogues"/>.</param>
    /// <param name="contentRef">What <see cref="KeepAsync"/> returned.</param>
    /// <param name="request">What is to be done with it.</param>
    /// <param name="expected">Edition per list that the person saw it compared with; null to take what is there.</param>
    /// <param name="tell">Told how many rows are read and then written; null for nobody.</param>
    /// <param name="ct">Stops the work; then nothing is applied.</param>
    public async Task<CatalogueImportResult> ApplyAsync(
        Caller caller, string contentRef, CatalogueRequest request, IReadOnlyDictionary<string, int>? expected, Action<long>? tell, CancellationToken ct)
    {
        using MemoryStream content = await OpenAsync(contentRef, ct);
        string sha = ArchiveRef.Parse(contentRef).Sha256;
        (List<Plan> plans, ProblemLog problems, string refusal) = await PlanAsync(caller, content, request, tell, ct);
        if (refusal.Length == 0)
            refusal = WhyNot(plans, request, expected);
        if (refusal.Length > 0 || !plans.Exists(p => p.HasChanges))
            return Result(request, sha, contentRef, applied: false, refusal, plans, problems);
        await using WriteSession session = await database.BeginAsync(ct);
        foreach (Plan plan in plans.Where(p => p.HasChanges))
        {
            if (await CatalogueStore.LockAsync(session, plan.Facility, plan.List.Name, ct) != plan.BaseEdition)
                return Result(request, sha, contentRef, applied: false, Overtaken(plan), plans, problems);
            await WriteAsync(session, caller, plan, request, contentRef, sha, tell, ct);
        }
        await session.CommitAsync(ct);
        loaded.Expire();
        return Result(request, sha, contentRef, applied: true, "", plans, problems);
    }

    private async Task<(List<Plan> Plans, ProblemLog Problems, string Refusal)> PlanAsync(
        Caller caller, Stream content, CatalogueRequest request, Action<long>? tell, CancellationToken ct)
    {
        if (!caller.May(Permissions.ManageCatalogues))
            return ([], new ProblemLog(request.FileName, 0), "Tài khoản của bạn không được đổi danh mục.");
        if (request.Facility.Length > 0 && await facilities.FindAsync(caller, request.Facility, ct) is null)
            return ([], new ProblemLog(request.FileName, 0), $"Cơ sở {request.Facility} chưa được khai báo hoặc không thuộc quyền của bạn.");
        ListReading reading = new(new ReadingOptions(request.FileName, request.Facility, request.List, request.From, request.AcceptedOn), limits);
        List<ReadSheet> sheets = reading.Read(content, tell, ct);
        List<Plan> plans = [];
        foreach (ReadSheet sheet in sheets)
        {
            ListDefinition list = sheet.Layout.Definition;
            if (FacilityOf(caller, list, request.Facility) is not { } facility)
            {
                string fix = list.Scope == ListScope.Facility ? "Chọn cơ sở (--facility) rồi nhập lại." : "Nhờ người quản trị toàn hệ thống nhập, hoặc chọn cơ sở để dùng riêng.";
                reading.Problems.Add(Severity.Block, sheet.Sheet, null, "", "", $"Danh mục «{list.TitleVi}» chưa biết nhập cho cơ sở nào", fix);
                continue;
            }
            plans.Add(await CompareAsync(caller, facility, sheet, request, ct));
        }
        return (plans, reading.Problems, "");
    }

    // National lists are everybody's: only who runs all facilities changes them; others keep a copy of their own.
    private static string? FacilityOf(Caller caller, ListDefinition list, string facility) =>
        list.Scope == ListScope.National && caller.Scope.All ? "" : facility.Length > 0 ? facility : null;

    private async Task<Plan> CompareAsync(Caller caller, string facility, ReadSheet sheet, CatalogueRequest request, CancellationToken ct)
    {
        int edition = (await store.EditionsAsync(caller, facility, sheet.Layout.Definition.Name, ct)).Select(e => e.Edition).FirstOrDefault();
        List<CatalogueRowRow> stored = edition == 0 ? [] : await StoredAsync(caller, facility, sheet, edition, ct);
        DateOnly effective = request.From ?? database.Time.GetUtcNow().VietnamDay();
        return new Plan(facility, sheet, edition, CatalogueDiff.Of(stored, sheet, effective, request.Whole));
    }

    // Most rows of a new file are the old ones: their content is held once, not twice.
    private async Task<List<CatalogueRowRow>> StoredAsync(Caller caller, string facility, ReadSheet sheet, int edition, CancellationToken ct)
    {
        Dictionary<string, string> contents = new(sheet.Rows.Count, StringComparer.Ordinal);
        foreach (ListRow row in sheet.Rows)
            contents.TryAdd(row.Key, row.Content);
        List<CatalogueRowRow> stored = new(sheet.Rows.Count);
        await foreach (CatalogueRowRow row in store.RowsAsync(caller, facility, sheet.Layout.Definition.Name, edition, ct))
        {
            if (contents.TryGetValue(row.RowKey, out string? content) && content == row.Content)
                row.Content = content;
            stored.Add(row);
        }
        return stored;
    }

    private static string WhyNot(List<Plan> plans, CatalogueRequest request, IReadOnlyDictionary<string, int>? expected)
    {
        if (plans.Count == 0)
            return "Không có danh mục nào nhập được từ tệp này.";
        if (request.AllOrNothing && plans.Sum(p => p.Sheet.Refused) is > 0 and var refused)
            return $"Có {refused} dòng sai nên không nhập dòng nào (đã chọn nhập tất cả hoặc không nhập).";
        if (plans.Find(p => expected is not null && expected.GetValueOrDefault(p.List.Name) != p.BaseEdition) is { } moved)
            return Overtaken(moved);
        return plans.Find(p => p.NeedsConfirmation) is { } drastic && !request.Confirmed
            ? $"Danh mục «{drastic.List.TitleVi}»: {drastic.Diff.Absent} trên {drastic.Diff.InForce} dòng đang áp dụng không có trong tệp và sẽ bị đóng. Xác nhận nếu tệp đúng là danh mục đầy đủ; nếu tệp chỉ có phần bổ sung, chọn chỉ bổ sung."
            : "";
    }

    private static string Overtaken(Plan plan) => $"Danh mục «{plan.List.TitleVi}» vừa được người khác đổi. Xem lại thay đổi rồi áp dụng.";

    private async Task WriteAsync(
        WriteSession session, Caller caller, Plan plan, CatalogueRequest request, string contentRef, string sha, Action<long>? tell, CancellationToken ct)
    {
        int edition = plan.BaseEdition + 1;
        (string facility, string list, CatalogueDiff diff) = (plan.Facility, plan.List.Name, plan.Diff);
        await CatalogueStore.CloseAsync(session, edition, diff.Changes.Select(c => c.Old).OfType<CatalogueRowRow>().Select(r => r.RowId), ct);
        await CatalogueStore.OpenAsync(session, facility, list, edition, diff.Changes.Select(c => c.New).OfType<CatalogueRowRow>(), tell, ct);
        CatalogueEditionRow row = new()
        {
            Facility = facility,
            List = list,
            Edition = edition,
            FileName = request.FileName,
            ContentRef = contentRef,
            Sha256 = sha,
            Sheet = plan.Sheet.Sheet,
            Added = diff.Count(CatalogueChangeKind.Added),
            Changed = diff.Count(CatalogueChangeKind.Changed),
            Closed = diff.Count(CatalogueChangeKind.Closed),
            Unchanged = diff.Unchanged,
            Refused = plan.Sheet.Refused,
            RowCount = diff.RowCount,
            CoversFrom = RowContent.Store(diff.Covers.From),
            CoversTo = RowContent.Store(diff.Covers.To),
            IsComplete = request.Complete && diff.RowCount >= plan.List.LeastRows ? 1 : 0,
            Actor = caller.Name,
            Reason = request.Reason,
            CreatedAt = database.Now,
        };
        await CatalogueStore.AddEditionAsync(session, row, ct);
        session.Audit(
            facility, caller.Name, "catalogue.imported", $"{list}#{edition}",
            $"file={request.FileName} sha256={sha} added={row.Added} changed={row.Changed} closed={row.Closed} refused={row.Refused} reason={request.Reason}");
        plan.Edition = edition;
    }

    private async Task<MemoryStream> OpenAsync(string contentRef, CancellationToken ct) => new(await archive.GetAsync(ArchiveRef.Parse(contentRef), ct), writable: false);

    private static CatalogueImportResult Result(
        CatalogueRequest request, string sha, string contentRef, bool applied, string refusal, List<Plan> plans, ProblemLog problems) =>
        new(request.FileName, sha, contentRef, applied, refusal, [.. plans.Select(p => p.Outcome(applied))], problems.Told, problems.More);

    private sealed record Plan(string Facility, ReadSheet Sheet, int BaseEdition, CatalogueDiff Diff)
    {
        public ListDefinition List => Sheet.Layout.Definition;

        public int? Edition { get; set; }

        public bool HasChanges => Diff.Changes.Count > 0;

        public bool NeedsConfirmation => Diff.Absent > ManyRows && Diff.Absent * 10 > Diff.InForce * 3;

        public CatalogueOutcome Outcome(bool applied) => new(
            List.Name, List.TitleVi, Facility, Sheet.Sheet, BaseEdition, applied ? Edition : null, Diff.Count(CatalogueChangeKind.Added), Diff.Count(CatalogueChangeKind.Changed),
            Diff.Count(CatalogueChangeKind.Closed), Diff.Absent, Diff.Unchanged, Sheet.Refused, Diff.RowCount, NeedsConfirmation,
            [.. Diff.Changes.Take(ChangesShown).Select(c => CatalogueView.Of(List, c))]);
    }
}
