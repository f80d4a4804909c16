using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The fields that XML2 and XML3 have in common, so that one rule serves both.</summary>
internal sealed record LineFields(TableId Table)
{
    public static LineFields Drugs { get; } = new(TableId.Xml2);

    public static LineFields Services { get; } = new(TableId.Xml3);

    /// <summary>Start of the rule codes: <c>X2</c> or <c>X3</c>.</summary>
    public string Prefix { get; } = Table == TableId.Xml2 ? "X2" : "X3";

    public FieldId Group { get; } = Of(Table, Xml2.MA_NHOM, Xml3.MA_NHOM);

    public FieldId Scope { get; } = Of(Table, Xml2.PHAM_VI, Xml3.PHAM_VI);

    public FieldId Quantity { get; } = Of(Table, Xml2.SO_LUONG, Xml3.SO_LUONG);

    public FieldId Price { get; } = Of(Table, Xml2.DON_GIA, Xml3.DON_GIA_BV);

    public FieldId Payable { get; } = Of(Table, Xml2.DON_GIA, Xml3.DON_GIA_BH);

    public FieldId CoverRate { get; } = Of(Table, Xml2.TYLE_TT_BH, Xml3.TYLE_TT_BH);

    public FieldId Charged { get; } = Of(Table, Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV);

    public FieldId Covered { get; } = Of(Table, Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH);

    public FieldId Level { get; } = Of(Table, Xml2.MUC_HUONG, Xml3.MUC_HUONG);

    public FieldId Others { get; } = Of(Table, Xml2.T_NGUONKHAC, Xml3.T_NGUONKHAC);

    public FieldId State { get; } = Of(Table, Xml2.T_NGUONKHAC_NSNN, Xml3.T_NGUONKHAC_NSNN);

    public FieldId Foreign { get; } = Of(Table, Xml2.T_NGUONKHAC_VTNN, Xml3.T_NGUONKHAC_VTNN);

    public FieldId Domestic { get; } = Of(Table, Xml2.T_NGUONKHAC_VTTN, Xml3.T_NGUONKHAC_VTTN);

    public FieldId Rest { get; } = Of(Table, Xml2.T_NGUONKHAC_CL, Xml3.T_NGUONKHAC_CL);

    public FieldId Own { get; } = Of(Table, Xml2.T_BNTT, Xml3.T_BNTT);

    public FieldId Copaid { get; } = Of(Table, Xml2.T_BNCCT, Xml3.T_BNCCT);

    public FieldId Fund { get; } = Of(Table, Xml2.T_BHTT, Xml3.T_BHTT);

    public FieldId Department { get; } = Of(Table, Xml2.MA_KHOA, Xml3.MA_KHOA);

    public FieldId Doctor { get; } = Of(Table, Xml2.MA_BAC_SI, Xml3.MA_BAC_SI);

    public FieldId Ordered { get; } = Of(Table, Xml2.NGAY_YL, Xml3.NGAY_YL);

    public FieldId Done { get; } = Of(Table, Xml2.NGAY_TH_YL, Xml3.NGAY_TH_YL);

    public FieldId Method { get; } = Of(Table, Xml2.MA_PTTT, Xml3.MA_PTTT);

    public FieldId Wound { get; } = Of(Table, Xml2.VET_THUONG_TP, Xml3.VET_THUONG_TP);

    private static FieldId Of(TableId table, FieldId drugs, FieldId services) => table == TableId.Xml2 ? drugs : services;
}
