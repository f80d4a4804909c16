using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Codes that must stand in a list in force on the day of discharge; judged only when the list is there and covers the day.</summary>
internal static class CodeListRules
{
    public static readonly Rule[] All =
    [
        InForce("CAT-ICD-001", static () => DiseaseLists.Icd10, Xml1.MA_BENH_CHINH),
        InForce("CAT-ICD-001", static () => DiseaseLists.Icd10, Xml1.MA_BENH_KT),
        InForce("CAT-ICD-001", static () => DiseaseLists.Icd10, Xml3.MA_BENH),
        InForce("CAT-YHCT-001", static () => DiseaseLists.Traditional, Xml1.MA_BENH_YHCT),
        InForce("CAT-YHCT-001", static () => DiseaseLists.Traditional, Xml3.MA_BENH_YHCT),
        InForce("CAT-ICD9-001", static () => DiseaseLists.Procedures, Xml1.MA_PTTT_QT),
        InForce("CAT-TINH-001", static () => NationalLists.Provinces, Xml1.MATINH_CU_TRU),

        // A commune belongs to its province, as long as the list says to which.
        new RowRule("CAT-XA-001", Xml1.MAXA_CU_TRU, static (row, record) => IsCommune(row, record), Xml1.MATINH_CU_TRU),

        InForce("CAT-QUOCTICH-001", static () => NationalLists.Nationalities, Xml1.MA_QUOCTICH),
        InForce("CAT-DANTOC-001", static () => NationalLists.EthnicGroups, Xml1.MA_DANTOC),
        InForce("CAT-NGHE-001", static () => NationalLists.Occupations, Xml1.MA_NGHE_NGHIEP, except: "00 00000"),
        InForce("CAT-DOITUONG-001", static () => NationalLists.PatientObjects, Xml1.MA_DOITUONG_KCB),

        Department(Xml1.MA_KHOA),
        Department(Xml2.MA_KHOA),
        Department(Xml3.MA_KHOA),
        Department(Xml7.MA_KHOA_RV),

        new RowRule("X1-MA_THE_BHYT-004", Xml1.MA_THE_BHYT, static (row, record) => row[Xml1.MA_THE_BHYT].IsEmpty ? Answer.NotApplicable : FitsPrefix(row, record)),

        Regimen(Xml6.MA_PHAC_DO_DIEU_TRI),
        Regimen(Xml6.MA_PHAC_DO_DIEU_TRI_BD),

        // Q87.11 was replaced by Q87.1.
        Replaced(Xml1.MA_BENH_CHINH),
        Replaced(Xml1.MA_BENH_KT),
    ];

    private static RowRule InForce(string code, Func<ListDefinition> definition, FieldId field, string except = "")
    {
        byte[] free = System.Text.Encoding.UTF8.GetBytes(except);
        int place = Repeats.Place();
        return new RowRule(code, field, (row, record) =>
        {
            if (row[field].IsEmpty || record.Repeats.Kept(place, row, field, record.Day)) return Answer.NotApplicable;
            CodeList codes = record.List(definition());
            foreach (ReadOnlySpan<byte> item in row[field].Items())
            {
                if (!item.IsEmpty && !codes.Contains(item, record.Day) && !Reading.Contains(free, item)) return Listed.Absent(codes, item, record.Day);
            }

            record.Repeats.Keep(place, row, record.Day);
            return Answer.Holds;
        });
    }

    private static RowRule Department(FieldId field)
    {
        int place = Repeats.Place();
        return new RowRule("CAT-KHOA-001", field, (row, record) =>
        {
            if (row[field].IsEmpty || record.Repeats.Kept(place, row, field, record.Day)) return Answer.NotApplicable;
            CodeList departments = record.List(NationalLists.Departments);
            foreach (ReadOnlySpan<byte> item in row[field].Items())
            {
                if (!item.IsEmpty && !DepartmentCodes.IsIn(departments, item, record.Day)) return Listed.Absent(departments, item, record.Day);
            }

            record.Repeats.Keep(place, row, record.Day);
            return Answer.Holds;
        });
    }

    private static Answer IsCommune(Row row, RecordView record)
    {
        ReadOnlySpan<byte> code = row[Xml1.MAXA_CU_TRU].Trimmed;
        if (code.IsEmpty) return Answer.NotApplicable;
        CodeList communes = record.List(NationalLists.Communes);
        CodeRows rows = communes.Rows(code, record.Day);
        if (rows.IsEmpty) return Listed.Absent(communes, code, record.Day);
        ReadOnlySpan<byte> province = row[Xml1.MATINH_CU_TRU].Trimmed;
        int column = NationalLists.Communes.At("province");
        string? expected = null;
        foreach (CodeRow commune in rows)
        {
            if (province.IsEmpty || commune[column].IsEmpty || commune[column].SequenceEqual(province)) return Answer.Holds;
            expected = commune.Text(column);
        }

        return Breach.OfPart(code).Expecting($"xã của tỉnh {expected}");
    }

    // Printed cards kept the old level when a group moved, so a level the prefix ever went with will do.
    private static Answer FitsPrefix(Row row, RecordView record)
    {
        CodeList prefixes = record.List(NationalLists.CardPrefixes);
        int column = NationalLists.CardPrefixes.At("level");
        foreach (ReadOnlySpan<byte> card in row[Xml1.MA_THE_BHYT].Items())
        {
            if (card.Length < 3) continue;
            CodeRows rows = prefixes.History(card[..2]);
            if (rows.IsEmpty ? prefixes.IsComplete : !HasLevel(rows, column, card.Slice(2, 1)))
                return Breach.OfPart(card).And("prefix", Show.Of(card[..2])).And("digit", Show.Of(card.Slice(2, 1)));
        }

        return Answer.Holds;
    }

    private static bool HasLevel(CodeRows rows, int column, ReadOnlySpan<byte> level)
    {
        foreach (CodeRow row in rows)
        {
            if (row[column].IsEmpty || row[column].SequenceEqual(level)) return true;
        }

        return false;
    }

    private static RowRule Regimen(FieldId field) => Listed.OnDay("CAT-HIV-001", field, static () => NationalLists.HivRegimens, (row, _, list, day) =>
        row[field].Is("KHAC"u8) ? Answer.Holds : Listed.AreAll(row[field], list, day));

    private static RowRule Replaced(FieldId field) => new("CAT-ICD-007", field, (row, _) =>
        row[field].HasItem("Q87.11"u8) ? Breach.OfPart("Q87.11"u8) : Answer.Holds);
}
