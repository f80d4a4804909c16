using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2: what the drug is: its codes, strength, route and dose.</summary>
internal static class DrugCodeRules
{
    private static readonly BytePattern FacilityCode = BytePattern.Of("^(VM|BB)\\.[0-9]{5}$");
    private static readonly BytePattern ServiceCode = BytePattern.Of("^[0-9]{2}\\.[0-9]{4}\\.[0-9]{4}[^;]*$");
    private static readonly BytePattern Kit = BytePattern.Of("^[^;]*\\.K[0-9]{5}$");
    private static readonly BytePattern Blood = BytePattern.Of("^[^;]*\\.(KT|NAT|KTNAT)$");
    private static readonly BytePattern OtherFacility = BytePattern.Of("^(C|K|M|H|HC)\\.[0-9]{5}$");

    public static readonly Rule[] All =
    [
        new RowRule("X2-MA_NHOM-001", Xml2.MA_NHOM, static (row, _) =>
            row[Xml2.MA_NHOM].IsEmpty ? Answer.NotApplicable : row.Group() is 4 or 5 or 6 or 7 or 17)
        {
            OwnsForm = true,
        },

        // Transport of blood and packs of decoctions carry the code of a facility; other codes just have no blanks.
        new RowRule("X2-MA_THUOC-001", Xml2.MA_THUOC, static (row, _) => IsCode(row[Xml2.MA_THUOC].Trimmed)),

        // Only a drug outside insurance may go without a code.
        new RowRule("X2-MA_THUOC-005", Xml2.MA_THUOC, static (row, record) =>
            !row[Xml2.MA_THUOC].IsEmpty || (record.SinceQD3176 && row[Xml2.PHAM_VI].Is("2"u8))),

        new RowRule("X2-MA_THUOC-006", Xml2.MA_THUOC, static (row, _) => !row[Xml2.MA_THUOC].Is("00.0000"u8)),

        new RowRule("X2-MA_THUOC-002", Xml2.MA_THUOC, static (row, record) =>
            row[Xml2.MA_THUOC].Is("00.0000"u8) ? record.Lines.Of(row).Scope is 2 or 3 : Answer.NotApplicable, Xml2.PHAM_VI),

        new RowRule("X2-MA_THUOC-003", Xml2.MA_THUOC, static (row, _) =>
            row[Xml2.MA_THUOC].StartsWith("VM."u8) || Blood.Matches(row[Xml2.MA_THUOC].Trimmed) ? row.Group() is 7 or 17 : Answer.NotApplicable, Xml2.MA_NHOM),

        new RowRule("X2-MA_THUOC-004", Xml2.MA_THUOC, static (row, _) => !ServiceCode.Matches(row[Xml2.MA_THUOC].Trimmed)),

        // The drug of another facility: its code behind C., K., M. or H., and not our own.
        new RowRule("X2-MA_CSKCB_THUOC-001", Xml2.MA_CSKCB_THUOC, static (row, record) =>
        {
            ReadOnlySpan<byte> text = row[Xml2.MA_CSKCB_THUOC].Trimmed;
            if (text.IsEmpty) return Answer.NotApplicable;
            return OtherFacility.Matches(text) && !(record.HasSummary && text[^5..].SequenceEqual(record.Summary[Xml1.MA_CSKCB].Trimmed));
        })
        {
            OwnsForm = true,
        },

        new RowRule("X2-MA_PP_CHEBIEN-001", Xml2.MA_PP_CHEBIEN, static (row, _) =>
            row[Xml2.MA_THUOC].StartsWith("05V"u8) ? !row[Xml2.MA_PP_CHEBIEN].IsEmpty : Answer.NotApplicable),

        // Finished drugs have a strength; herbs, gases and blood have none.
        new RowRule("X2-REQUIRED-001", Xml2.HAM_LUONG, static (row, _) =>
            row.Group() is 4 or 5 or 6 && !IsHerb(row) && !IsGas(row) ? !row[Xml2.HAM_LUONG].IsEmpty : Answer.NotApplicable),

        Forms.Text("X2-DUONG_DUNG-001", Xml2.DUONG_DUNG, "^[0-9]\\.[0-9]{2}$"),

        new RowRule("X2-DUONG_DUNG-002", Xml2.DUONG_DUNG, static (row, _) =>
            row.Group() is 7 or 17 || IsService(row) ? Answer.NotApplicable : !row[Xml2.DUONG_DUNG].IsEmpty),

        new RowRule("X2-LIEU_DUNG-001", Xml2.LIEU_DUNG, static (row, _) =>
            !row[Xml2.LIEU_DUNG].IsEmpty ? Answer.Holds
            : row.Group() switch
            {
                4 or 5 or 6 => Answer.Broken,
                7 or 17 => Breach.As(Severity.Info),
                _ => Answer.NotApplicable,
            }),

        // The bracket holds the total per day.
        new RowRule("X2-LIEU_DUNG-002", Xml2.LIEU_DUNG, static (row, _) =>
            row.Group() is 4 or 5 or 6 && !row[Xml2.LIEU_DUNG].IsEmpty ? Dose.HasTotal(row[Xml2.LIEU_DUNG].Trimmed) : Answer.NotApplicable),

        // Per intake × intakes × days is the quantity, as far as the text can be read.
        new RowRule("X2-LIEU_DUNG-003", Xml2.LIEU_DUNG, static (row, record) =>
        {
            if (Dose.Amount(row[Xml2.LIEU_DUNG].Trimmed) is not { } expected) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.Has(Amounts.Quantity)) return Answer.Malformed;
            return Math.Abs(expected - line.Quantity) <= 1 ? Answer.Holds : Breach.With("total", Show.Money(expected));
        }, Xml2.SO_LUONG),
    ];

    /// <summary>Medicinal herbs and their preparations.</summary>
    public static bool IsHerb(Row row) => row[Xml2.MA_THUOC].StartsWith("05V"u8) || row[Xml2.MA_THUOC].StartsWith("05C"u8);

    /// <summary>Oxygen and nitric oxide.</summary>
    public static bool IsGas(Row row) => row[Xml2.MA_THUOC].Is("40.17"u8) || row[Xml2.MA_THUOC].Is("40.573"u8);

    /// <summary>Transport of blood and packing of decoctions are no drugs.</summary>
    public static bool IsService(Row row) => row[Xml2.MA_THUOC].StartsWith("BB."u8) || row[Xml2.MA_THUOC].StartsWith("VM."u8);

    private static Answer IsCode(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty) return Answer.NotApplicable;
        if (code.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n') >= 0) return Answer.Broken;
        if ((code.StartsWith("VM."u8) || code.StartsWith("BB."u8)) && !FacilityCode.Matches(code)) return Answer.Broken;
        return Kit.Matches(code) ? Breach.As(Severity.Info) : Answer.Holds;
    }
}
