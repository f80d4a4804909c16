using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML0: the check-in, a document of its own.</summary>
internal static class CheckInRules
{
    public static readonly Rule[] All =
    [
        // The first cost is a service, a drug or a supply.
        new RowRule("X0-ITEM-001", Xml0.MA_DICH_VU, static (row, _) =>
            !row[Xml0.MA_DICH_VU].IsEmpty || !row[Xml0.MA_THUOC].IsEmpty || !row[Xml0.MA_VAT_TU].IsEmpty),

        Named(Xml0.MA_DICH_VU, Xml0.TEN_DICH_VU),
        Named(Xml0.MA_THUOC, Xml0.TEN_THUOC),
        Named(Xml0.MA_VAT_TU, Xml0.TEN_VAT_TU),

        new RowRule("X0-NGAY_VAO_NOI_TRU-001", Xml0.NGAY_VAO_NOI_TRU, static (row, _) =>
            row[Xml0.NGAY_VAO].DateTime12().NotAfter(row[Xml0.NGAY_VAO_NOI_TRU].DateTime12()), Xml0.NGAY_VAO),

        new RowRule("X0-LY_DO_VNT-001", Xml0.LY_DO_VNT, static (row, _) =>
            row[Xml0.NGAY_VAO_NOI_TRU].IsEmpty ? Answer.NotApplicable : !row[Xml0.LY_DO_VNT].IsEmpty),

        new RowRule("X0-NGAY_YL-001", Xml0.NGAY_YL, static (row, _) =>
            row[Xml0.NGAY_VAO].DateTime12().NotAfter(row[Xml0.NGAY_YL].DateTime12()), Xml0.NGAY_VAO),

        new RowRule("X0-EXEMPT-001", Xml0.MA_DOITUONG_KCB, static (row, _) => !row[Xml0.MA_DOITUONG_KCB].Is("2"u8)),
    ];

    // A code comes with its name.
    private static RowRule Named(FieldId code, FieldId name) => new("X0-ITEM-002", name, (row, _) =>
        row[code].IsEmpty ? Answer.NotApplicable
        : row[name].IsEmpty ? Breach.With("code_field", code.Name) : Answer.Holds);
}
