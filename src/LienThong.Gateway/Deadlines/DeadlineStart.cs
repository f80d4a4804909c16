using System.Globalization;
using LienThong.Standard;

namespace LienThong.Gateway.Deadlines;

/// <summary>
/// From when the clock of a record runs: <c>NGAY_RA</c>. Under some releases some visit types carry a moment still to come there (the last
/// day of drug use); then it is the reception by us, when that is earlier. Which ones is data (<c>deadline_starts.csv</c>).
/// </summary>
/// <remarks>Source: regulation-timeline.md §2 and §4, own reading of the annexes.</remarks>
public static class DeadlineStart
{
    private static readonly HashSet<(string Release, string VisitType)> EarlierOfReception =
        [.. DatedData.Read("deadline_starts.csv", c => c("visit_types").Split(';').Select(t => (c("release"), t)).ToArray()).SelectMany(r => r)];

    /// <summary>The moment; null when <c>NGAY_RA</c> is unusable.</summary>
    /// <param name="ngayRa"><c>yyyyMMddHHmm</c>, Vietnam time.</param>
    /// <param name="release">Release of the record.</param>
    /// <param name="maLoaiKcb">Visit type.</param>
    /// <param name="receivedAt">When the HIS handed it in: the visit was closed by then.</param>
    public static DateTimeOffset? Of(string ngayRa, string release, string maLoaiKcb, DateTimeOffset receivedAt)
    {
        if (!DateTime.TryParseExact(ngayRa, "yyyyMMddHHmm", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime written))
            return null;
        // A year at the edge of the calendar leaves no room for a deadline behind it.
        if (written.Year is < 1900 or > 9000)
            return null;
        DateTimeOffset end = new(written, VietnamTime.Offset);
        return receivedAt < end && EarlierOfReception.Contains((release, maLoaiKcb)) ? receivedAt.InVietnam() : end;
    }
}
