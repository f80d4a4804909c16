using System.Globalization;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Catalogues;

/// <summary>The verbs <c>catalog list|diff|set|accept|export|undo|show</c>.</summary>
internal static class CatalogListRun
{
    /// <summary>What is there and what is missing.</summary>
    public static async Task<int> ListAsync(House house, bool json, CancellationToken ct)
    {
        IReadOnlyList<CatalogueEdition> lists = await house.Catalogues.ListAsync(house.Self, ct);
        IReadOnlyList<MissingList> missing = CatalogueDesk.Missing(lists);
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteStartArray("lists");
                foreach (CatalogueEdition edition in lists) CatalogJson.Write(j, edition);
                j.WriteEndArray();
                j.WriteStartArray("missing");
                foreach (MissingList list in missing)
                {
                    j.WriteStartObject();
                    j.WriteString("list", list.Definition.Name);
                    j.WriteString("title", list.Definition.TitleVi);
                    j.WriteStartArray("rules");
                    foreach (string rule in list.Rules) j.WriteStringValue(rule);
                    j.WriteEndArray();
                    j.WriteEndObject();
                }

                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        if (lists.Count == 0) Screen.Out.WriteLine("Chưa nhập danh mục nào. Nhập bằng: lienthong catalog import TỆP --data DIR");
        foreach (CatalogueEdition e in lists)
        {
            string covers = CatalogText.Period(e.CoversFrom, e.CoversTo);
            Screen.Out.WriteLine($"  {e.List,-22} {(e.Facility.Length > 0 ? e.Facility : "quốc gia"),-9} bản {e.Edition,-4} {CatalogText.Number(e.RowCount),9} dòng  {e.Title}");
            Screen.Out.WriteLine($"  {"",-22} {Words.Faint($"{(covers.Length > 0 ? covers : "mọi ngày")}; {e.Actor}, {Words.Day(e.At)}, {Words.Plain(e.FileName, 60)}")}");
        }

        if (missing.Count == 0) return ExitCode.Fine;
        Screen.Out.WriteLine();
        Screen.Out.WriteLine("Chưa có (quy tắc cần danh mục này thì chưa kiểm tra được):");
        foreach (MissingList list in missing)
            Screen.Out.WriteLine($"  {list.Definition.Name,-22} {list.Rules.Count,3} quy tắc  {list.Definition.TitleVi}{(list.Definition.Form.Length > 0 ? $" ({list.Definition.Form})" : "")}");
        return ExitCode.Fine;
    }

    /// <summary>What changed between two editions.</summary>
    public static async Task<int> DiffAsync(House house, ListDefinition list, string facility, int from, int to, int most, bool json, CancellationToken ct)
    {
        IReadOnlyList<CatalogueEdition> history = await house.Catalogues.HistoryAsync(house.Self, facility, list, ct);
        if (history.Count == 0) throw CommandFailure.Usage($"chưa nhập {list.Name}{(facility.Length > 0 ? $" cho cơ sở {facility}" : " (quốc gia)")}.");
        int later = to < 0 ? history[0].Edition : to;
        int earlier = from < 0 ? later - 1 : from;
        IReadOnlyList<CatalogueChange> changes = await house.Catalogues.DiffAsync(house.Self, facility, list, earlier, later, most, ct)
            ?? throw CommandFailure.Usage($"{list.Name} chỉ có phiên bản 1 đến {history[0].Edition}.");
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteNumber("from", earlier);
                j.WriteNumber("to", later);
                j.WriteStartArray("changes");
                foreach (CatalogueChange change in changes) CatalogJson.Write(j, change);
                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        Screen.Out.WriteLine($"{list.TitleVi}: phiên bản {earlier} → {later}{(changes.Count == 0 ? ", không khác nhau." : "")}");
        foreach (CatalogueChange change in changes) CatalogText.Print(change);
        if (changes.Count == most) Screen.Out.WriteLine($"      … dừng ở {most} dòng; xem thêm bằng --most.");
        return ExitCode.Fine;
    }

    /// <summary>Takes an edition back.</summary>
    public static async Task<int> UndoAsync(House house, ListDefinition list, string facility, int? to, string reason, bool json, CancellationToken ct)
    {
        CatalogueRestored restored = await house.Catalogues.RestoreAsync(house.Self, facility, list, to, null, reason, ct);
        if (restored.Edition is not { } edition)
        {
            Screen.Fail(restored.Message);
            return ExitCode.Blocked;
        }

        if (json) Json.Print(j => CatalogJson.Write(j, edition));
        else Screen.Out.WriteLine($"{edition.Title}: phiên bản {edition.Edition} có nội dung như phiên bản {edition.Restores} ({CatalogText.Number(edition.RowCount)} dòng).");
        return ExitCode.Fine;
    }

    /// <summary>Sets the days a list covers and whether it is complete.</summary>
    public static async Task<int> SetAsync(House house, ListDefinition list, string facility, CatalogueSetting setting, string reason, bool json, CancellationToken ct)
    {
        CatalogueRestored set = await house.Catalogues.SetAsync(house.Self, facility, list, setting, reason, ct);
        if (set.Edition is not { } edition)
        {
            Screen.Fail(set.Message);
            return ExitCode.Blocked;
        }

        string covers = CatalogText.Period(edition.CoversFrom, edition.CoversTo);
        if (json) Json.Print(j => CatalogJson.Write(j, edition));
        else Screen.Out.WriteLine($"{edition.Title}: phiên bản {edition.Edition}, {(covers.Length > 0 ? covers : "mọi ngày")}, {(edition.IsComplete ? "đủ mã" : "chưa đủ mã")}.");
        return ExitCode.Fine;
    }

    /// <summary>Records what the portal said of rows.</summary>
    public static async Task<int> AcceptAsync(
        House house, ListDefinition list, string facility, CatalogueAcceptance acceptance, string reason, bool json, CancellationToken ct)
    {
        CatalogueRestored set = await house.CatalogueAcceptor.SetAsync(house.Self, facility, list, acceptance, null, reason, ct);
        if (set.Edition is not { } edition)
        {
            Screen.Fail(set.Message);
            return ExitCode.Blocked;
        }

        if (json) Json.Print(j => CatalogJson.Write(j, edition));
        else Screen.Out.WriteLine($"{edition.Title}: phiên bản {edition.Edition}, {CatalogText.Number(edition.Changed)} dòng ghi {AnswerOf(acceptance.Accepted)}.");
        return ExitCode.Fine;
    }

    /// <summary>Writes the rows of a list as CSV.</summary>
    /// <param name="house">Where the lists are.</param>
    /// <param name="list">The list.</param>
    /// <param name="facility">Facility of the list; empty for a national one.</param>
    /// <param name="edition">Edition; null for the newest.</param>
    /// <param name="day">Only rows valid on this day; null for all.</param>
    /// <param name="path">File to write; null for standard output.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<int> ExportAsync(House house, ListDefinition list, string facility, int? edition, DateOnly? day, string? path, CancellationToken ct)
    {
        if (await house.CatalogueExport.FindAsync(house.Self, facility, list, edition, ct) is not { } found)
            throw CommandFailure.Usage($"{list.Name} chưa nhập, hoặc không có phiên bản này{(facility.Length > 0 ? $" cho cơ sở {facility}" : "")}.");
        int rows = 0;
        void Write(Stream output) => rows = house.CatalogueExport.WriteAsync(house.Self, facility, list, found, day, output, ct).GetAwaiter().GetResult();
        if (path is null)
        {
            await using Stream output = RawOutput.Open();
            Write(output);
            return ExitCode.Fine;
        }

        ResultFile.Write(path, Write);
        Screen.Out.WriteLine($"{list.TitleVi}, phiên bản {found}: {CatalogText.Number(rows)} dòng → {path}");
        return ExitCode.Fine;
    }

    private static string AnswerOf(bool? accepted) => accepted switch { true => "Cổng chấp nhận", false => "Cổng từ chối", _ => "chưa rõ" };

    /// <summary>Looks a code up.</summary>
    public static Task<int> Show(House house, ListDefinition list, string facility, string code, DateOnly? day, bool json)
    {
        DateOnly on = day ?? TimeProvider.System.GetUtcNow().VietnamDay();
        CatalogueLookup found = house.Catalogues.LookUp(house.Self, facility, list, code, on) ?? throw CommandFailure.Usage($"chưa có danh mục {list.Name}.");
        if (json) Json.Print(j => Write(j, found, on));
        else Tell(found, code, on);
        return Task.FromResult(found.Entries.Any(e => e.InForce) ? ExitCode.Fine : ExitCode.Blocked);
    }

    private static void Tell(CatalogueLookup found, string code, DateOnly on)
    {
        string day = on.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
        if (!found.Covers) Screen.Out.WriteLine($"Danh mục không nói gì về ngày {day}: quy tắc chưa kiểm tra được ngày này.");
        if (found.Entries.Count == 0) Screen.Out.WriteLine($"Không có mã {Words.Plain(code, 60)} trong danh mục.");
        foreach (CatalogueEntry e in found.Entries)
        {
            string state = e.InForce ? $"đang áp dụng ngày {day}" : e.Accepted == false ? "Cổng từ chối" : $"không áp dụng ngày {day}";
            Screen.Out.WriteLine($"{Words.Plain(e.Code, 60)}  {Words.Plain(e.Name, 100)}  ({state}; {(CatalogText.Period(e.From, e.To) is { Length: > 0 } p ? p : "mọi ngày")})");
            foreach ((string column, string text) in e.Cells) Screen.Out.WriteLine($"    {column}: {Words.Plain(text, 200)}");
        }
    }

    private static void Write(System.Text.Json.Utf8JsonWriter j, CatalogueLookup found, DateOnly on)
    {
        j.WriteStartObject();
        CatalogJson.WriteDay(j, "day", on);
        j.WriteBoolean("covers", found.Covers);
        j.WriteStartArray("entries");
        foreach (CatalogueEntry e in found.Entries)
        {
            j.WriteStartObject();
            j.WriteString("code", e.Code);
            j.WriteString("name", e.Name);
            j.WriteBoolean("inForce", e.InForce);
            CatalogJson.WriteDay(j, "from", e.From);
            CatalogJson.WriteDay(j, "to", e.To);
            if (e.Accepted is { } accepted) j.WriteBoolean("accepted", accepted);
            else j.WriteNull("accepted");
            j.WriteStartObject("cells");
            foreach ((string column, string text) in e.Cells) j.WriteString(column, text);
            j.WriteEndObject();
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteEndObject();
    }
}
