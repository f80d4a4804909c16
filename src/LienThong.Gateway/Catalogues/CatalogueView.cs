using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>Stored rows as people see them.</summary>
internal static class CatalogueView
{
    public static CatalogueChange Of(ListDefinition list, RowChange change)
    {
        Dictionary<string, string> before = change.Old is null ? [] : RowContent.Read(change.Old.Content);
        Dictionary<string, string> after = change.New is null ? before : RowContent.Read(change.New.Content);
        CatalogueRowRow shown = change.New ?? change.Old!;
        return new CatalogueChange(
            change.Kind, CodeOf(list, after), NameOf(list, after), change.Line, RowContent.Day(shown.ValidFrom), RowContent.Day(shown.ValidTo),
            change.Old is null ? [] : [.. Cells(before, after), .. Around(change.Old, change.New)]);
    }

    /// <summary>The first key that is filled.</summary>
    public static string CodeOf(ListDefinition list, Dictionary<string, string> cells) =>
        list.Columns.Take(list.KeyCount).Select(c => cells.GetValueOrDefault(c.Name)).FirstOrDefault(c => c is not null) ?? "";

    /// <summary>The first text of the list.</summary>
    public static string NameOf(ListDefinition list, Dictionary<string, string> cells) =>
        list.Columns.Where(c => c.Kind == ColumnKind.Text).Select(c => cells.GetValueOrDefault(c.Name)).FirstOrDefault(c => c is not null) ?? "";

    private static IEnumerable<CatalogueCellChange> Cells(Dictionary<string, string> before, Dictionary<string, string> after) =>
        before.Keys.Union(after.Keys, StringComparer.Ordinal)
            .Select(name => new CatalogueCellChange(name, before.GetValueOrDefault(name, ""), after.GetValueOrDefault(name, ""))).Where(c => c.Old != c.New);

    private static IEnumerable<CatalogueCellChange> Around(CatalogueRowRow old, CatalogueRowRow? made)
    {
        if (made is null)
            return [new CatalogueCellChange("DEN_NGAY", old.ValidTo ?? "", "rút lại")];
        CatalogueCellChange[] all =
        [
            new("TU_NGAY", old.ValidFrom ?? "", made.ValidFrom ?? ""),
            new("DEN_NGAY", old.ValidTo ?? "", made.ValidTo ?? ""),
            new("CHAP_NHAN", Acceptance(old), Acceptance(made)),
        ];
        return all.Where(c => c.Old != c.New);
    }

    private static string Acceptance(CatalogueRowRow row) => row.Accepted switch { 1 => $"1 {row.AcceptedOn}".Trim(), 0 => $"0 {row.AcceptedOn}".Trim(), _ => "" };
}
