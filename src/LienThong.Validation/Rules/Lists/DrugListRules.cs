using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML2 against the ingredients in common use and the facility's form 03/DM.</summary>
internal static class DrugListRules
{
    public static readonly Rule[] All =
    [
        Listed.OfCell("CAT-DUONGDUNG-001", Xml2.DUONG_DUNG, static () => NationalLists.Routes, static (row, _, list, day) =>
            Listed.AreAll(row[Xml2.DUONG_DUNG], list, day)),

        Listed.OnDay("CAT-THUOC-001", Xml2.MA_THUOC, static () => NationalLists.Ingredients, static (row, _, list, day) =>
            IsListable(row) ? AreIngredients(row[Xml2.MA_THUOC].Trimmed, list, day) : Answer.NotApplicable),

        Listed.OnDay("CAT-THUOC-002", Xml2.MA_THUOC, static () => FacilityLists.Drugs, static (row, record, list, day) =>
        {
            if (!record.Listed.Concerns(row, record)) return Answer.NotApplicable;
            FieldId? differs = record.Listed.Of(row, list, day).FirstDifference;
            if (differs is not { } field) return Answer.Holds;
            return field == Xml2.MA_THUOC ? Listed.Absent(list, row[field].Trimmed, day).Saying("Dòng {stt}: thuốc {TEN_THUOC} (mã {value}) chưa có trong danh mục cơ sở ngày {date}.") : Breach.Of(field);
        }, Xml2.SO_DANG_KY, Xml2.HAM_LUONG, Xml2.TT_THAU, Xml2.NGAY_YL),

        Listed.OnDay("CAT-THUOC-003", Xml2.TEN_THUOC, static () => FacilityLists.Drugs, static (row, record, list, day) =>
            Agrees(row, record, list, day, Xml2.TEN_THUOC, DrugMatch.Columns.Name)),

        Listed.OnDay("CAT-THUOC-004", Xml2.DON_GIA, static () => FacilityLists.Drugs, static (row, record, list, day) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!record.Listed.Concerns(row, record)) return Answer.NotApplicable;
            if (!line.Has(Amounts.Price)) return Answer.Malformed;
            decimal? most = record.Listed.Of(row, list, day).HighestPrice(row);
            return most is null ? Answer.NotApplicable : line.Price <= most.Value + 0.01m ? Answer.Holds : Breach.Expect(most.Value);
        }, Xml2.MA_THUOC),

        // Units of divided vials may differ from the package's.
        Listed.OnDay("CAT-THUOC-005", Xml2.DON_VI_TINH, static () => FacilityLists.Drugs, static (row, record, list, day) =>
            row[Xml2.DON_VI_TINH].IsOneOf("UI IU ml mL ML"u8) ? Answer.NotApplicable : Agrees(row, record, list, day, Xml2.DON_VI_TINH, DrugMatch.Columns.Unit)),
        Listed.OnDay("CAT-THUOC-005", Xml2.DUONG_DUNG, static () => FacilityLists.Drugs, static (row, record, list, day) =>
            Agrees(row, record, list, day, Xml2.DUONG_DUNG, DrugMatch.Columns.Route)),
        Listed.OnDay("CAT-THUOC-005", Xml2.DANG_BAO_CHE, static () => FacilityLists.Drugs, static (row, record, list, day) =>
            Agrees(row, record, list, day, Xml2.DANG_BAO_CHE, DrugMatch.Columns.Form)),

        Listed.OnDay("CAT-THUOC-006", Xml2.TYLE_TT_BH, static () => NationalLists.Ingredients, static (row, record, list, day) => PaysListedRate(row, record, list, day), Xml2.MA_THUOC),

        // Blood that was tested further carries .KT, .NAT or .KTNAT behind its code.
        Listed.OnDay("CAT-MAU-001", Xml2.MA_THUOC, static () => NationalLists.Blood, static (row, _, list, day) =>
            row.Group() is not (7 or 17) || DrugCodeRules.IsService(row) ? Answer.NotApplicable
            : list.Contains(WithoutTests(row[Xml2.MA_THUOC].Trimmed), day) ? Answer.Holds : Listed.Absent(list, row[Xml2.MA_THUOC].Trimmed, day)),

        // The number of a rare drug under a provincial permit (QĐ 1931): blanks that X2-SO_DANG_KY-002 doesn't see.
        Listed.OnDay("X2-SO_DANG_KY-004", Xml2.SO_DANG_KY, static () => FacilityLists.Drugs, static (row, _, list, day) =>
            list.Contains(row[Xml2.MA_THUOC].Trimmed, day) ? row[Xml2.SO_DANG_KY].Trimmed.IndexOf("\u00A0"u8) < 0 : Answer.NotApplicable),
    ];

    /// <summary>A drug that lists know by its ingredient: no gas, herb, preparation of the house or code without meaning.</summary>
    public static bool IsListable(Row row) =>
        row.Group() is 4 or 5 or 6 && !DrugCodeRules.IsGas(row) && !DrugCodeRules.IsHerb(row) && !DrugCodeRules.IsService(row)
        && !row[Xml2.MA_THUOC].StartsWith("HD"u8) && !row[Xml2.MA_THUOC].Is("00.0000"u8);

    private static Answer Agrees(Row row, RecordView record, CodeList list, DateOnly day, FieldId field, int column)
    {
        if (!record.Listed.Concerns(row, record)) return Answer.NotApplicable;
        DrugMatch match = record.Listed.Of(row, list, day);
        if (match.FirstDifference is not null) return Answer.NotApplicable;
        return match.AnySame(column, row[field]) ? Answer.Holds : Breach.Of(field);
    }

    // «40.48 + 40.30» names two ingredients; codes of the form YYYY.number aren't in the list.
    private static Answer AreIngredients(ReadOnlySpan<byte> code, CodeList list, DateOnly day)
    {
        if (list.Contains(code, day)) return Answer.Holds;
        ReadOnlySpan<byte> rest = code;
        while (!rest.IsEmpty)
        {
            int plus = rest.IndexOf((byte)'+');
            ReadOnlySpan<byte> part = Blank.Trim(plus < 0 ? rest : rest[..plus]);
            if (!part.IsEmpty && !IsOfYear(part) && !list.Contains(part, day)) return Listed.Absent(list, part, day);
            rest = plus < 0 ? default : rest[(plus + 1)..];
        }

        return Answer.Holds;
    }

    private static bool IsOfYear(ReadOnlySpan<byte> part) =>
        part.Length > 5 && part[0] is (byte)'1' or (byte)'2' && part.Length > 4 && part[4] == (byte)'.' && part[1..4].IndexOfAnyExceptInRange((byte)'0', (byte)'9') < 0;

    private static ReadOnlySpan<byte> WithoutTests(ReadOnlySpan<byte> code) =>
        code.EndsWith(".KTNAT"u8) ? code[..^6] : code.EndsWith(".NAT"u8) ? code[..^4] : code.EndsWith(".KT"u8) ? code[..^3] : code;

    private static Answer PaysListedRate(Row row, RecordView record, CodeList list, DateOnly day)
    {
        ref readonly CostLine line = ref record.Lines.Of(row);
        if (!record.Listed.Concerns(row, record)) return Answer.NotApplicable;
        if (!line.Has(Amounts.CoverRate)) return Answer.Malformed;
        int column = NationalLists.Ingredients.At("rate");
        decimal? expected = null;
        foreach (CodeRow ingredient in list.Rows(row[Xml2.MA_THUOC].Trimmed, day))
        {
            Read<decimal> rate = ingredient.Number(column);
            if (!rate.IsPresent) continue;
            if (rate.Value == line.CoverRate) return Answer.Holds;
            expected = rate.Value;
        }

        if (expected is null || (line.CoverRate == 100 && IsSpecial(row, record))) return Answer.NotApplicable;
        return Breach.Expect(expected.Value);
    }

    // Recurrent wounds, children under six and cards of the forces are paid in full.
    private static bool IsSpecial(Row row, RecordView record) =>
        row[Xml2.VET_THUONG_TP].Is("1"u8) || Cards.HasCardOfTheForces(record)
        || (record.Born.IsPresent && record.Born.Value.MonthsOn(record.Day) is { } months && months < 72);
}
