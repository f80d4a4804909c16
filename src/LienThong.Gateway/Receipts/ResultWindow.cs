using System.Globalization;
using LienThong.Gateway.Catalogues;

namespace LienThong.Gateway.Receipts;

/// <summary>How long the portal's screens show the result of a sending, and when to remind of what isn't confirmed yet.</summary>
/// <param name="From">Day from which it holds, by the day of sending.</param>
/// <param name="Days">Days after sending for which results can be looked up.</param>
/// <param name="RemindAfter">Days after sending from which a record without confirmation is shown as a reminder.</param>
/// <param name="Basis">Letter it comes from.</param>
public sealed record ResultWindow(DateOnly From, int Days, int RemindAfter, string Basis)
{
    /// <summary>All windows, oldest first.</summary>
    public static IReadOnlyList<ResultWindow> All { get; } =
    [
        .. EmbeddedTable.Read("Receipts/windows.csv").Select(c => new ResultWindow(
            DateOnly.ParseExact(c[0], "yyyy-MM-dd", CultureInfo.InvariantCulture), int.Parse(c[1], CultureInfo.InvariantCulture),
            int.Parse(c[2], CultureInfo.InvariantCulture), c[3])).OrderBy(w => w.From),
    ];

    /// <summary>The window in force on a day; the first one before its beginning.</summary>
    public static ResultWindow On(DateOnly day) => All.LastOrDefault(w => w.From <= day) ?? All[0];
}
