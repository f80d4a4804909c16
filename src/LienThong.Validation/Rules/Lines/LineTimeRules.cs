using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// XML2 and XML3: arrival, order, doing, result and discharge in their order. A row with several broken links gets one finding
/// (REC-TIME-001) that names the first and weighs as much as the worst; with one broken link, the rule of that link speaks.
/// </summary>
internal static class LineTimeRules
{
    public static readonly Rule[] All =
    [
        Link("X2-NGAY_YL-001", Xml2.NGAY_YL, TimeLink.OrderInStay, Xml1.NGAY_VAO, Xml1.NGAY_RA),
        Link("X2-NGAY_TH_YL-001", Xml2.NGAY_TH_YL, TimeLink.DoneAfterOrder, Xml2.NGAY_YL),
        Link("X2-NGAY_TH_YL-002", Xml2.NGAY_TH_YL, TimeLink.DoneInStay, Xml1.NGAY_RA),
        Link("X3-NGAY_YL-001", Xml3.NGAY_YL, TimeLink.OrderInStay, Xml1.NGAY_VAO, Xml1.NGAY_RA),
        Link("X3-NGAY_TH_YL-001", Xml3.NGAY_TH_YL, TimeLink.DoneAfterOrder, Xml3.NGAY_YL),
        Link("X3-NGAY_TH_YL-004", Xml3.NGAY_TH_YL, TimeLink.DoneInStay, Xml1.NGAY_RA),
        Link("X3-NGAY_KQ-001", Xml3.NGAY_KQ, TimeLink.ResultAfterOrder, Xml3.NGAY_YL),
        Link("X3-NGAY_KQ-002", Xml3.NGAY_KQ, TimeLink.ResultAfterDone, Xml3.NGAY_TH_YL),
        Link("X3-NGAY_KQ-003", Xml3.NGAY_KQ, TimeLink.ResultInStay, Xml1.NGAY_RA),
        Folded(LineFields.Drugs, Xml2.NGAY_TH_YL),
        Folded(LineFields.Services, Xml3.NGAY_KQ),
    ];

    private static RowRule Link(string code, FieldId at, TimeLink link, params FieldId[] reads) => new(code, at, (row, record) =>
    {
        TimeChain chain = record.Lines.ChainOf(row, record);
        if (chain.IsUnread(link)) return Answer.Malformed;
        if (!chain.IsBroken(link)) return Answer.Holds;
        return chain.Count > 1 ? Answer.NotApplicable : Breach.As(chain.SeverityOf(link));
    }, reads);

    private static RowRule Folded(LineFields at, FieldId result) => new("REC-TIME-001", at.Ordered, (row, record) =>
    {
        TimeChain chain = record.Lines.ChainOf(row, record);
        if (chain.Count < 2) return Answer.NotApplicable;
        FieldId later = chain.First switch
        {
            TimeLink.OrderInStay => at.Ordered,
            TimeLink.DoneAfterOrder or TimeLink.DoneInStay => at.Done,
            _ => result,
        };
        FieldId field = chain.IsAboutOrder ? at.Ordered : chain.IsAboutDoing ? at.Done : chain.IsAboutResult ? result : later;
        return Breach.As(chain.Worst).At(field).And("link", chain.NameOfFirst).And("a", chain.EarlierText(row, record)).And("b", Show.Text(row[later]));
    }, at.Done, result, Xml1.NGAY_VAO, Xml1.NGAY_RA);
}
