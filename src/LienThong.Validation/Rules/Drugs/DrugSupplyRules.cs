using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2: registration, tender and source of the drug.</summary>
internal static class DrugSupplyRules
{
    private static readonly BytePattern OwnProduct = BytePattern.Of("^(HD|CP|VT)\\.[0-9]{5}\\.[0-9]{2}\\.[0-9]+$");
    private static readonly BytePattern ImportPermit = BytePattern.Of("^KD\\.[0-9]{4}\\.[^. ]+\\.[^. ]+$");
    private static readonly BytePattern Tender = BytePattern.Of(
        "^([^;]+;G[0-9]{1,2};N[0-9]{1,2};[0-9]{4}(;(G[0-9]{1,2}\\.[0-9]{2}|[0-9]{2}|[0-9]{5}))?|[^;]+;[0-9]{4})$");

    private static readonly BytePattern UnitAfterDot = BytePattern.Of("^[^;]*\\.([0-9]{2}|[0-9]{5})$");

    public static readonly Rule[] All =
    [
        // Blood, gases, decoctions and herbs have no registration. Radiopharmaceuticals can't be told from other drugs without
        // a drug list, so that a missing number warns and doesn't block.
        new RowRule("X2-SO_DANG_KY-001", Xml2.SO_DANG_KY, static (row, _) =>
            !row[Xml2.SO_DANG_KY].IsEmpty ? Answer.Holds
            : row.Group() is 7 or 17 || DrugCodeRules.IsGas(row) || DrugCodeRules.IsService(row) || DrugCodeRules.IsHerb(row)
                ? Answer.NotApplicable : Breach.As(Severity.Warn)),

        new RowRule("X2-SO_DANG_KY-002", Xml2.SO_DANG_KY, static (row, _) =>
            row[Xml2.SO_DANG_KY].Trimmed.IndexOfAny((byte)' ', (byte)'\t', (byte)'\n') < 0),

        // Products of the facility's own making.
        new RowRule("X2-SO_DANG_KY-003", Xml2.SO_DANG_KY, static (row, _) =>
            row[Xml2.SO_DANG_KY].StartsWith("HD."u8) || row[Xml2.SO_DANG_KY].StartsWith("CP."u8) || row[Xml2.SO_DANG_KY].StartsWith("VT."u8)
                ? OwnProduct.Matches(row[Xml2.SO_DANG_KY].Trimmed) : Answer.NotApplicable),

        new RowRule("X2-SO_DANG_KY-005", Xml2.SO_DANG_KY, static (row, _) =>
            row[Xml2.SO_DANG_KY].StartsWith("KD"u8) ? ImportPermit.Matches(row[Xml2.SO_DANG_KY].Trimmed) : Answer.NotApplicable),

        new RowRule("X2-TT_THAU-001", Xml2.TT_THAU, static (row, _) =>
            !row[Xml2.TT_THAU].IsEmpty ? Answer.Holds
            : row.Group() is 7 or 17 || DrugCodeRules.IsGas(row) ? Answer.NotApplicable
            : row[Xml2.PHAM_VI].Is("1"u8) ? Answer.Broken : Breach.As(Severity.Info)),

        new RowRule("X2-TT_THAU-002", Xml2.TT_THAU, static (row, _) =>
            row[Xml2.TT_THAU].IsEmpty ? Answer.NotApplicable : Tender.Matches(row[Xml2.TT_THAU].Trimmed)),

        // For drugs, the unit of the tender stands at the end; behind a dot it is the form of supplies.
        new RowRule("X2-TT_THAU-004", Xml2.TT_THAU, static (row, _) =>
        {
            ListItems parts = row[Xml2.TT_THAU].Items();
            return parts.Count() >= 4 && parts.MoveNext() ? !UnitAfterDot.Matches(parts.Current) : Answer.NotApplicable;
        }),

        // A tender isn't younger than the order, nor older than any still running.
        new RowRule("X2-TT_THAU-003", Xml2.TT_THAU, static (row, record) => IsPlausibleYear(row, record), Xml2.NGAY_YL),

        Forms.Text("X2-NGUON_CTRA-001", Xml2.NGUON_CTRA, "^[1-4]$"),

        // What programmes and budgets pay isn't asked from the fund again.
        new RowRule("X2-NGUON_CTRA-002", Xml2.NGUON_CTRA, static (row, record) =>
        {
            if (!row[Xml2.NGUON_CTRA].IsOneOf("2 3 4"u8)) return Answer.NotApplicable;
            ref readonly CostLine line = ref record.Lines.Of(row);
            return line.Has(Amounts.Fund) ? line.Fund == 0 : Answer.Malformed;
        }, Xml2.T_BHTT),

        // A drug billed with a service goes with a row of that service.
        new RowRule("X2-MA_DICH_VU-001", Xml2.MA_DICH_VU, static (row, record) =>
        {
            foreach (ReadOnlySpan<byte> item in row[Xml2.MA_DICH_VU].Items())
            {
                if (!item.IsEmpty && !record.Lines.HasService(item)) return Breach.OfPart(item);
            }

            return Answer.Holds;
        }, Xml3.MA_DICH_VU),

        // Inside, outpatients and inpatients alike: what is used on the ward has its moment.
        new RowRule("X2-NGAY_TH_YL-003", Xml2.NGAY_TH_YL, static (row, record) =>
            record.IsVisit(3, 4, 9) && row.Group() is 4 or 5 or 6 ? !row[Xml2.NGAY_TH_YL].IsEmpty : Answer.NotApplicable),
    ];

    private static Answer IsPlausibleYear(Row row, RecordView record)
    {
        Read<DateTime> ordered = record.Lines.Of(row).Ordered;
        if (row[Xml2.TT_THAU].IsEmpty || ordered.IsAbsent) return Answer.NotApplicable;
        if (!ordered.IsPresent) return Answer.Malformed;
        int position = 0;
        int count = row[Xml2.TT_THAU].Items().Count();
        foreach (ReadOnlySpan<byte> part in row[Xml2.TT_THAU].Items())
        {
            if (++position != (count == 2 ? 2 : 4)) continue;
            if (part.Length != 4 || Typed.Integer(part) is not { IsPresent: true } year) return Answer.Malformed;
            return year.Value >= 2015 && year.Value <= ordered.Value.Year ? Answer.Holds : Breach.OfPart(part).And("y", Show.Number(year.Value));
        }

        return Answer.Malformed;
    }
}
