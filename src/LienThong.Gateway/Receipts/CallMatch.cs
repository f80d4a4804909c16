using System.Globalization;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Receipts;

/// <summary>Finds the call that a row of a list speaks of: by transaction, else by time, else the newest one before the list was taken.</summary>
internal static class CallMatch
{
    // Clocks differ a little, and a call that timed out may have been received after we gave it up.
    private static readonly TimeSpan Slack = TimeSpan.FromMinutes(5);

    /// <summary>The call meant; <see cref="MatchBy.None"/> when none of them can be.</summary>
    /// <param name="row">The row.</param>
    /// <param name="calls">Calls of its record, oldest first.</param>
    /// <param name="asOf">When the list was taken, UTC milliseconds.</param>
    public static (ReceiptRow? Call, MatchBy By) Find(PortalRow row, IReadOnlyList<ReceiptRow> calls, long asOf)
    {
        ReceiptRow[] sent = [.. calls.Where(c => c.StartedAt <= asOf && (c.IsReceived || c.Outcome is "Unknown" or null))];
        if (row.Transaction.Length > 0)
        {
            if (Array.FindLast(sent, c => c.MaGiaoDich == row.Transaction) is { } named)
                return (named, MatchBy.Transaction);
            // Only a call whose number we never learned can have got another one.
            sent = Array.FindAll(sent, c => string.IsNullOrEmpty(c.MaGiaoDich));
        }
        if (row.Received.Length > 0)
        {
            if (row.Transaction.Length == 0 && Array.FindLast(sent, c => c.ThoiGianTiepNhan?.StartsWith(row.Received, StringComparison.Ordinal) == true) is { } timed)
                return (timed, MatchBy.Time);
            if (Array.FindLast(sent, c => c.Outcome != "Accepted" && Around(c, row.Received)) is { } unanswered)
                return (unanswered, MatchBy.Time);
            // A receipt that an earlier list without transactions gave.
            if (row.Transaction.Length > 0)
                return Array.FindLast(sent, c => c.Outcome == "Accepted" && Around(c, row.Received)) is { } numberless ? (numberless, MatchBy.Time) : (null, MatchBy.None);
            sent = Array.FindAll(sent, c => c.StartedAt <= Latest(row.Received));
        }
        return sent.Length > 0 ? (Newest(row, sent), MatchBy.Order) : (null, MatchBy.None);
    }

    // A name in a list says that some version is there. It proves the arrival of one that was never answered only when no earlier
    // version can be meant, or when amounts or discharge tell them apart.
    private static ReceiptRow Newest(PortalRow row, ReceiptRow[] sent)
    {
        ReceiptRow newest = sent[^1];
        if (newest.IsReceived || Array.FindLast(sent, c => c.IsReceived) is not { } received)
            return newest;
        return received.Version != newest.Version && Fits(row, newest) && !Fits(row, received) ? newest : received;
    }

    private static bool Fits(PortalRow row, ReceiptRow call) => Comparison.Differences(row, call).Count == 0;

    /// <summary>UTC milliseconds of the last moment that a time with the list's digits can mean.</summary>
    public static long Latest(string time) => Parse(time) + (time.Length switch
    {
        8 => (long)TimeSpan.FromDays(1).TotalMilliseconds,
        12 => (long)TimeSpan.FromMinutes(1).TotalMilliseconds,
        _ => (long)TimeSpan.FromSeconds(1).TotalMilliseconds,
    }) - 1;

    /// <summary>UTC milliseconds of a Vietnam time of 8, 12 or 14 digits.</summary>
    public static long Parse(string time) => new DateTimeOffset(
        DateTime.ParseExact(time, time.Length switch { 8 => "yyyyMMdd", 12 => "yyyyMMddHHmm", _ => "yyyyMMddHHmmss" }, CultureInfo.InvariantCulture), VietnamTime.Offset)
        .ToUnixTimeMilliseconds();

    private static bool Around(ReceiptRow call, string received) =>
        call.StartedAt - (long)Slack.TotalMilliseconds <= Latest(received)
        && Parse(received) <= (call.EndedAt ?? long.MaxValue - (long)Slack.TotalMilliseconds) + (long)Slack.TotalMilliseconds;
}
