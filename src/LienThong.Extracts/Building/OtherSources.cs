using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>
/// What sources other than patient and insurance pay: of a line as the hospital system gives it; of the visit as a whole line by line, first
/// what the patients owe outside cover, then co-payments, then the fund's share (QĐ 3176, T_NGUONKHAC).
/// </summary>
internal static class OtherSources
{
    public const string How = "nguồn khác của dòng và phần chia từ khoản của cả lượt khám";

    private static readonly string[] Names = ["NSNN", "VTNN", "VTTN", "CL"];

    public static void Share(Draft draft, List<CostLine> lines)
    {
        foreach (CostLine line in lines)
        {
            for (int i = 0; i < Names.Length; i++) line.Others[i] = ValueForm.AsNumber(line.Source[line.Section.Others[i]]) ?? 0;
        }

        for (int i = 0; i < Names.Length; i++)
        {
            decimal left = Payments(draft, i).Sum(p => ValueForm.AsNumber(p.Value) ?? 0);
            if (left <= 0) continue;
            left = Spread(lines, i, left, static l => l.Outside);
            left = Spread(lines, i, left, static l => l.Outside + l.Copayment);
            left = Spread(lines, i, left, static l => l.Charged);
            if (left > 0)
                draft.Tell(Severity.Warn, $"Nguồn {Names[i]} lớn hơn chi phí còn lại {left:0.##} đồng; phần dư không ghi vào hồ sơ.", "Kiểm tra số tiền ở «Thanh toán».", Payments(draft, i).Last().Row);
        }
    }

    public static IEnumerable<SourceCell> SourcesOf(Draft draft, CostLine line, int source)
    {
        if (line.Source.Has(line.Section.Others[source])) yield return line.Of(line.Section.Others[source]);
        if (line.Others[source] == 0) yield break;
        foreach (SourceCell payment in Payments(draft, source)) yield return payment;
    }

    // Fills every line up to a bound; what is left goes on to the next, wider bound.
    private static decimal Spread(List<CostLine> lines, int source, decimal left, Func<CostLine, decimal> bound)
    {
        foreach (CostLine line in lines)
        {
            decimal part = Math.Min(left, Math.Max(0, bound(line) - line.Others.Sum()));
            line.Others[source] += part;
            left -= part;
        }

        return left;
    }

    private static IEnumerable<SourceCell> Payments(Draft draft, int source) =>
        draft.All(F.Payments.Amount).Where(p => p.Row[F.Payments.Source] == Names[source]);
}
