using System.Globalization;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>Cuts rows into a page: one more is read than shown, to know whether others follow.</summary>
internal static class PageCut
{
    /// <summary>Rows of the page.</summary>
    public static int Take(PageRequest page) => Math.Clamp(page.Take, 1, 500);

    /// <summary>Sort value and id that the page begins behind.</summary>
    public static (long At, string Id) Key(string? after, long none) =>
        after is not null && PageKey.TryParse(after, out string value, out Guid id) && long.TryParse(value, CultureInfo.InvariantCulture, out long at) ? (at, id.ToString()) : (none, "");

    /// <summary>The page, of at most one row more than it takes.</summary>
    public static Page<TView> Of<TRow, TView>(List<TRow> rows, PageRequest page, Func<TRow, TView> view, Func<TRow, string> key)
    {
        int take = Take(page);
        bool more = rows.Count > take;
        if (more)
            rows.RemoveAt(take);
        return new Page<TView>(rows.ConvertAll(r => view(r)), more ? key(rows[^1]) : null, null);
    }
}
