using System.IO.Enumeration;

namespace LienThong.PortalSimulator;

/// <summary>Something that checking after reception finds on command.</summary>
/// <param name="MaLk"><c>MA_LK</c> of this pattern (<c>*</c> and <c>?</c>).</param>
/// <param name="Code">Code of the fault.</param>
/// <param name="Text">Its text.</param>
public sealed record CheckingRule(string MaLk, string Code, string Text)
{
    internal bool Fits(string maLk) => FileSystemName.MatchesSimpleExpression(MaLk, maLk, ignoreCase: false);
}

/// <summary>A fault of a received record.</summary>
internal sealed record CheckingFault(string Code, string Text);

/// <summary>What the portal finds after it has received a record: a few rules of its own, and what was arranged.</summary>
internal static class Checking
{
    public static IReadOnlyList<CheckingFault> Of(ReceivedDocument document, IEnumerable<CheckingRule> arranged)
    {
        List<CheckingFault> faults = [.. arranged.Where(r => r.Fits(document.MaLk)).Select(r => new CheckingFault(r.Code, r.Text))];
        ReceivedVisit visit = document.Visit;
        if (visit.NgayVao.Length == 12 && visit.NgayRa.Length == 12 && string.CompareOrdinal(visit.NgayRa, visit.NgayVao) < 0)
            faults.Add(new CheckingFault("XML1_NGAY_RA", "Ngày ra trước ngày vào"));
        if (Amount(visit.QuyTra) > Amount(visit.TongChi))
            faults.Add(new CheckingFault("XML1_T_BHTT", "Tiền BHYT thanh toán lớn hơn tổng chi"));
        return faults;
    }

    private static decimal? Amount(string text) =>
        decimal.TryParse(text, System.Globalization.NumberStyles.AllowDecimalPoint, System.Globalization.CultureInfo.InvariantCulture, out decimal amount) ? amount : null;
}
