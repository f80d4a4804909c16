using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: what the line is: service or supply, its codes and names.</summary>
internal static class ServiceCodeRules
{
    private static readonly BytePattern ServiceForm = BytePattern.Of("^[0-9]{2}\\.[0-9]{4}\\.[0-9]{4}(_GT|_TB|_TT)?(\\.K\\.[0-9]{5})?$");
    private static readonly BytePattern Unpriced = BytePattern.Of("^[0-9]{2}\\.[0-9]{4}\\.0000[^;]*$");
    private static readonly BytePattern Transport = BytePattern.Of("^VC\\.[0-9]{5}$");

    public static readonly Rule[] All =
    [
        new RowRule("X3-MA_NHOM-001", Xml3.MA_NHOM, static (row, _) =>
            row[Xml3.MA_NHOM].IsEmpty ? Answer.NotApplicable : row.Group() is 1 or 2 or 3 or (>= 8 and <= 16) or 18 or 19)
        {
            OwnsForm = true,
        },

        // A line is a service or a supply.
        new RowRule("X3-CODE-001", Xml3.MA_DICH_VU, static (row, _) => !row[Xml3.MA_DICH_VU].IsEmpty || !row[Xml3.MA_VAT_TU].IsEmpty),

        // Services have a code and a name. Without any code, X3-CODE-001 has said so.
        new RowRule("X3-MA_DICH_VU-001", Xml3.MA_DICH_VU, static (row, _) =>
            IsSupply(row) || (row[Xml3.MA_DICH_VU].IsEmpty && row[Xml3.MA_VAT_TU].IsEmpty)
                ? Answer.NotApplicable : Forms.AllFilled(row, [Xml3.MA_DICH_VU, Xml3.TEN_DICH_VU])),

        new RowRule("X3-MA_DICH_VU-002", Xml3.MA_DICH_VU, static (row, _) =>
            row.Group() is 1 or 2 or 3 or 8 or 9 or 18 && !row[Xml3.MA_DICH_VU].IsEmpty
                ? ServiceForm.Matches(row[Xml3.MA_DICH_VU].Trimmed) : Answer.NotApplicable),

        // Transport carries the facility it goes to, which isn't our own.
        new RowRule("X3-MA_DICH_VU-003", Xml3.MA_DICH_VU, static (row, record) =>
        {
            ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
            if (row.Group() != 12 || code.IsEmpty) return Answer.NotApplicable;
            return Transport.Matches(code) && !(record.HasSummary && code[3..].SequenceEqual(record.Summary[Xml1.MA_CSKCB].Trimmed));
        }),

        // Local anaesthesia shows in the name and in the kind of anaesthesia; where both say otherwise, the code is doubtful.
        new RowRule("X3-MA_DICH_VU-004", Xml3.MA_DICH_VU, static (row, _) =>
            row[Xml3.MA_DICH_VU].Trimmed.IndexOf("_GT"u8) < 0 ? Answer.NotApplicable
            : row[Xml3.PP_VO_CAM].Is("2"u8) ? NamesLocalAnaesthesia(row[Xml3.TEN_DICH_VU]) ? Answer.Holds : Breach.Of(Xml3.TEN_DICH_VU)
            : NamesLocalAnaesthesia(row[Xml3.TEN_DICH_VU]) ? Breach.Of(Xml3.PP_VO_CAM) : Answer.Broken, Xml3.TEN_DICH_VU, Xml3.PP_VO_CAM),

        // A stopped procedure has no price; since 3176 nor has local anaesthesia without a set price.
        new RowRule("X3-MA_DICH_VU-005", Xml3.MA_DICH_VU, static (row, record) =>
        {
            ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
            if (code.IndexOf("_TB"u8) < 0 && !(record.SinceQD3176 && code.IndexOf("_TT"u8) >= 0)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Payable)) return Answer.Malformed;
            return line.Price == 0 && line.Payable == 0;
        }, Xml3.DON_GIA_BV, Xml3.DON_GIA_BH),

        // A service without a set price isn't paid by insurance; since 3176 it has no price at all.
        new RowRule("X3-MA_DICH_VU-006", Xml3.MA_DICH_VU, static (row, record) =>
        {
            if (!Unpriced.Matches(row[Xml3.MA_DICH_VU].Trimmed)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Price | Amounts.Payable)) return Answer.Malformed;
            return line.Payable == 0 && (!record.SinceQD3176 || line.Price == 0);
        }, Xml3.DON_GIA_BH, Xml3.DON_GIA_BV),

        // A service done elsewhere carries the code of elsewhere.
        new RowRule("X3-SENT_OUT-001", Xml3.MA_DICH_VU, static (row, record) =>
            IsSentOut(row) ? !row[Xml3.MA_DICH_VU].Trimmed[^5..].SequenceEqual(record.Summary[Xml1.MA_CSKCB].Trimmed) : Answer.NotApplicable, Xml1.MA_CSKCB),

        // Order and doctor belong to every line; services sent out may lack them before 3176 and only warn since.
        new RowRule("X3-REQUIRED-001", Xml3.NGAY_YL, static (row, record) => IsFilled(row, record, Xml3.NGAY_YL)),
        new RowRule("X3-REQUIRED-001", Xml3.MA_BAC_SI, static (row, record) => IsFilled(row, record, Xml3.MA_BAC_SI)),

        // Examinations, beds and other services have codes of their own.
        new RowRule("X3-NHOM_CODE-001", Xml3.MA_DICH_VU, static (row, record) => FitsGroup(row, record), Xml3.MA_NHOM),
    ];

    /// <summary>Cost group 10 or 11.</summary>
    public static bool IsSupply(Row row) => row.Group() is 10 or 11;

    /// <summary>The service was done by another facility: its code ends in <c>.K.</c> and five digits.</summary>
    public static bool IsSentOut(Row row)
    {
        ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
        return code.Length > 8 && code[^8..].StartsWith(".K."u8) && code[^5..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;
    }

    private static Answer IsFilled(Row row, RecordView record, FieldId field)
    {
        if (!row[field].IsEmpty) return Answer.Holds;
        if (!IsSentOut(row)) return Breach.Of(field);
        return record.SinceQD3176 ? Breach.As(Severity.Warn).At(field) : Answer.NotApplicable;
    }

    private static bool NamesLocalAnaesthesia(Value name)
    {
        string text = name.Text.Normalize(System.Text.NormalizationForm.FormC);
        return text.Contains("[gây tê]", StringComparison.OrdinalIgnoreCase);
    }

    private static Answer FitsGroup(Row row, RecordView record)
    {
        ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
        if (code.IsEmpty || IsSupply(row)) return Answer.NotApplicable;
        Read<DateTime> ordered = record.Lines.Of(row).Ordered;
        DateOnly day = ordered.IsPresent ? ordered.Value.Day() : record.Day;
        bool exam = record.List(NationalLists.Examinations).Contains(code, day);
        bool bed = record.List(NationalLists.Beds).Contains(code, day);
        return row.Group() switch
        {
            13 => exam,
            14 or 15 or 16 => bed,
            _ => !exam && !bed,
        };
    }
}
