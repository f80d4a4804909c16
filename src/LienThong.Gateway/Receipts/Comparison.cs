using System.Globalization;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>Holds what a list says of a record against the version that was sent.</summary>
internal static class Comparison
{
    /// <summary>Fields that differ: name, ours, theirs. What the list doesn't tell, or tells with fewer digits, doesn't differ.</summary>
    public static IReadOnlyList<(string Field, string Ours, string Theirs)> Differences(PortalRow row, ReceiptRow call)
    {
        List<(string, string, string)> found = [];
        if (row.NgayRa.Length > 0 && call.NgayRa.Length > 0 && !Same(row.NgayRa, call.NgayRa))
            found.Add(("NGAY_RA", call.NgayRa, row.NgayRa));
        Amount("T_TONGCHI_BV", call.TTongchiBv, row.Total);
        Amount("T_BHTT", call.TBhtt, row.Fund);
        return found;

        void Amount(string field, long? ours, decimal? theirs)
        {
            if (theirs is { } amount && ours is { } thousandths && !Same(thousandths / 1000m, amount))
                found.Add((field, Text(thousandths / 1000m), Text(amount)));
        }
    }

    private static bool Same(string theirs, string ours)
    {
        int digits = Math.Min(theirs.Length, ours.Length);
        return theirs.AsSpan(0, digits).SequenceEqual(ours.AsSpan(0, digits));
    }

    // Lists round to the digits they show.
    private static bool Same(decimal ours, decimal theirs)
    {
        int shown = Math.Min(3, (decimal.GetBits(theirs)[3] >> 16) & 0xFF);
        decimal half = shown switch { 0 => 0.5m, 1 => 0.05m, 2 => 0.005m, _ => 0m };
        return Math.Abs(ours - theirs) <= half;
    }

    private static string Text(decimal amount) => amount.ToString("0.###", CultureInfo.InvariantCulture);
}
