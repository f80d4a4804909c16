using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>The fields of a section whose rows cost something; sections name them alike.</summary>
internal sealed record CostSection(
    SectionId Id, VisitField Ordered, VisitField Quantity, VisitField Price, VisitField? PayablePrice, VisitField? ServiceRate, VisitField Rate,
    VisitField Scope, VisitField Level, VisitField[] Others)
{
    /// <summary>In the order in which lines of the same minute are written.</summary>
    public static readonly CostSection[] Services = [Named(SectionId.Exams), Named(SectionId.Beds), Named(SectionId.Services), Named(SectionId.Supplies)];

    public static readonly CostSection Drugs = Named(SectionId.Drugs);

    public static CostSection Of(SectionId section) => section == SectionId.Drugs ? Drugs : Array.Find(Services, s => s.Id == section)!;

    private static CostSection Named(SectionId id)
    {
        bool drug = id == SectionId.Drugs;
        return new CostSection(
            id, Field("NGAY_YL"), Field("SO_LUONG"), Field(drug ? "DON_GIA" : "DON_GIA_BV"), drug ? null : Field("DON_GIA_BH"), drug ? null : Field("TYLE_TT_DV"),
            Field("TYLE_TT_BH"), Field("PHAM_VI"), Field("MUC_HUONG"),
            [Field("T_NGUONKHAC_NSNN"), Field("T_NGUONKHAC_VTNN"), Field("T_NGUONKHAC_VTTN"), Field("T_NGUONKHAC_CL")]);

        VisitField Field(string name) => VisitModel.Of(id).Find(name)?.Id ?? throw new InvalidOperationException($"{id} has no {name}.");
    }
}

/// <summary>Where the amounts of a line go.</summary>
internal sealed record CostTarget(
    FieldId Scope, FieldId Rate, FieldId Charged, FieldId Insured, FieldId[] Others, FieldId OthersTotal, FieldId Level, FieldId Own, FieldId Copaid, FieldId Fund)
{
    public static readonly CostTarget Drugs = new(
        Xml2.PHAM_VI, Xml2.TYLE_TT_BH, Xml2.THANH_TIEN_BV, Xml2.THANH_TIEN_BH, [Xml2.T_NGUONKHAC_NSNN, Xml2.T_NGUONKHAC_VTNN, Xml2.T_NGUONKHAC_VTTN, Xml2.T_NGUONKHAC_CL],
        Xml2.T_NGUONKHAC, Xml2.MUC_HUONG, Xml2.T_BNTT, Xml2.T_BNCCT, Xml2.T_BHTT);

    public static readonly CostTarget Services = new(
        Xml3.PHAM_VI, Xml3.TYLE_TT_BH, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH, [Xml3.T_NGUONKHAC_NSNN, Xml3.T_NGUONKHAC_VTNN, Xml3.T_NGUONKHAC_VTTN, Xml3.T_NGUONKHAC_CL],
        Xml3.T_NGUONKHAC, Xml3.MUC_HUONG, Xml3.T_BNTT, Xml3.T_BNCCT, Xml3.T_BHTT);
}
