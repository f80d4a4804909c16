using System.Globalization;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>Which days a list covers, so that it can be asked which of our records it lacks.</summary>
internal sealed class ListExtent
{
    private string? firstReceived;
    private string? lastReceived;
    private string? firstDischarge;
    private string? lastDischarge;
    private bool showsFaultless;

    /// <summary>Takes a row in.</summary>
    public void Take(PortalRow row)
    {
        showsFaultless |= row.Verdict != RowVerdict.Faulty;
        Widen(row.Received, ref firstReceived, ref lastReceived);
        Widen(row.NgayRa, ref firstDischarge, ref lastDischarge);
    }

    /// <summary>
    /// Sets range and limit of a run. A list that shows faulty records only says nothing of those it lacks. Records sent after the list's last
    /// reception may simply be too new for it.
    /// </summary>
    public void Set(ReconciliationRunRow run, ReconciliationRequest request)
    {
        run.SeenUntil = run.AsOf;
        if (run.ListKind == PortalListKind.Results && !showsFaultless)
            return;
        bool byReception = run.ListKind == PortalListKind.Reception || (firstDischarge is null && firstReceived is not null);
        (string? first, string? last) = byReception ? (firstReceived, lastReceived) : (firstDischarge, lastDischarge);
        DateOnly? from = request.From ?? Day(first), to = request.To ?? Day(last);
        if (from is null || to is null)
            return;
        run.RangeBy = byReception ? ReconciliationRunRow.ByReception : ReconciliationRunRow.ByDischarge;
        (run.RangeFrom, run.RangeTo) = (ReconciliationRunRow.Text(from), ReconciliationRunRow.Text(to));
        if (byReception && request.To is null && lastReceived is not null)
            run.SeenUntil = Math.Min(run.AsOf, CallMatch.Latest(lastReceived));
    }

    private static void Widen(string time, ref string? first, ref string? last)
    {
        if (time.Length == 0)
            return;
        if (first is null || string.CompareOrdinal(time, first) < 0)
            first = time;
        if (last is null || string.CompareOrdinal(time, last) > 0)
            last = time;
    }

    private static DateOnly? Day(string? time) => time is null ? null : DateOnly.ParseExact(time[..8], "yyyyMMdd", CultureInfo.InvariantCulture);
}
