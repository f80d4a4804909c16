using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Tables that a visit of this kind ought to have. The finding names the table that isn't there.</summary>
internal static class TableRules
{
    public static readonly Rule[] All =
    [
        // Costs have lines.
        new RecordRule("REC-TABLE-001", Xml1.T_TONGCHI_BV, static record =>
            record.Summary[Xml1.T_TONGCHI_BV].Decimal() is var total && !total.IsPresent ? Answer.Missing(total)
            : total.Value <= 0 ? Answer.NotApplicable
            : !record.LacksLines),

        // Examinations have an examination fee; cyclic services are paid without one.
        Table("REC-TABLE-002", TableId.Xml3, static record =>
            record.IsVisit(1, 5, 8) && !record.LacksLines && !record.Summary[Xml1.MA_DOITUONG_KCB].IsOneOf("7 7.2 7.3 7.4 10"u8)
                && record.Summary[Xml1.T_TONGCHI_BV].Decimal() is { IsPresent: true, Value: > 0 }
                ? record.HasService(13) : Answer.NotApplicable, Xml1.MA_LOAI_KCB, Xml1.MA_DOITUONG_KCB, Xml1.T_TONGCHI_BV),

        // Tests with a result have their values.
        Table("REC-TABLE-003", TableId.Xml4, static record =>
            record[TableId.Xml4] is null && HasResult(record) ? Answer.Broken : Answer.NotApplicable),

        Table("REC-TABLE-004", TableId.Xml5, static record =>
            record.IsVisit(2, 3, 4, 5, 6, 8, 9) && !IsForHealthBook(record) ? record[TableId.Xml5] is not null : Answer.NotApplicable),

        // Who stayed and left gets a discharge paper; practice differs for day care.
        Table("REC-TABLE-005", TableId.Xml7, static record =>
            !record.IsVisit(3, 4, 9) || IsForHealthBook(record) || record.Summary[Xml1.MA_LOAI_RV].Is("3"u8) || record[TableId.Xml7] is not null ? Answer.NotApplicable
            : record.IsVisit(3) ? Answer.Broken : Breach.As(Severity.Info), Xml1.MA_LOAI_KCB, Xml1.MA_LOAI_RV),

        Table("REC-TABLE-006", TableId.Xml8, static record =>
            record.IsVisit(3, 4, 6) ? record[TableId.Xml8] is not null : Answer.NotApplicable),

        Table("REC-TABLE-007", TableId.Xml13, static record =>
            record.Summary[Xml1.MA_LOAI_RV].IsOneOf("2 5"u8) ? record[TableId.Xml13] is not null : Answer.NotApplicable, Xml1.MA_LOAI_RV),

        // Re-examination day and letter go together.
        Table("REC-TABLE-008", TableId.Xml14, static record => record.Summary[Xml1.NGAY_TAI_KHAM].IsEmpty || record[TableId.Xml14] is not null, Xml1.NGAY_TAI_KHAM),
        new RowRule("REC-TABLE-008", Xml1.NGAY_TAI_KHAM, static (row, record) => record[TableId.Xml14] is null || !row[Xml1.NGAY_TAI_KHAM].IsEmpty),

        Table("REC-TABLE-009", TableId.Xml9, static record =>
            !record.Summary[Xml1.CAN_NANG_CON].IsEmpty && HasDisease(record.Summary, 'O', 80, 84) ? record[TableId.Xml9] is not null : Answer.NotApplicable, Xml1.CAN_NANG_CON, Xml1.MA_BENH_CHINH),

        Table("REC-TABLE-010", TableId.Xml6, static record =>
            record[TableId.Xml6] is null && (HasDisease(record.Summary, 'B', 20, 24) || HasDisease(record.Summary, 'Z', 21, 21)) && HasDrug(record, NationalLists.HivDrugs)
                ? Answer.Broken : Answer.NotApplicable, Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT),

        Table("REC-TABLE-011", TableId.Xml15, static record =>
            record[TableId.Xml15] is null && HasDisease(record.Summary, 'A', 15, 19) && HasDrug(record, NationalLists.TuberculosisDrugs) ? Answer.Broken : Answer.NotApplicable, Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT),

        // Two papers don't excuse from work for the same days.
        Table("REC-TABLE-012", TableId.Xml11, static record => ExcuseDifferentDays(record)),

        // Electronic referral and re-examination papers carry the facility's signature.
        Unsigned(Xml13.DU_PHONG),
        Unsigned(Xml14.DU_PHONG),
    ];

    /// <summary>A visit without insurance of which only tables 1 and 8 are sent, for the health book (CV 4395/BYT-BH).</summary>
    internal static bool IsForHealthBook(RecordView record) =>
        record.Summary[Xml1.MA_DOITUONG_KCB].Is("9"u8) && record[TableId.Xml2] is null && record[TableId.Xml3] is null;

    private static SweepRule Table(string code, TableId table, RecordPredicate judge, params FieldId[] reads) => new(code, reads is [var first, ..] ? first : Xml1.MA_LOAI_KCB, (record, report) =>
    {
        Answer answer = judge(record);
        if (answer.Verdict == Verdict.Broken) report.BrokenTable(table, null, answer.Breach);
        else if (answer.Verdict == Verdict.NotChecked) report.NotChecked();
    }, reads);

    private static RowRule Unsigned(FieldId field) => new("REC-SIGNDOC-001", field, (row, _) => !row[field].IsEmpty);

    private static bool HasResult(RecordView record)
    {
        if (record[TableId.Xml3] is not { } services) return false;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].Group is 1 or 2 or 3 && lines[i].Finished.IsPresent && !ServiceCodeRules.IsSentOut(services[i])) return true;
        }

        return false;
    }

    /// <summary>True when main or secondary disease lies in a range of ICD-10 categories of one letter.</summary>
    private static bool HasDisease(Row summary, char letter, int first, int last)
    {
        if (IsDisease(summary[Xml1.MA_BENH_CHINH].Trimmed, letter, first, last)) return true;
        foreach (ReadOnlySpan<byte> item in summary[Xml1.MA_BENH_KT].Items())
        {
            if (IsDisease(item, letter, first, last)) return true;
        }

        return false;
    }

    private static bool IsDisease(ReadOnlySpan<byte> code, char letter, int first, int last) =>
        code.Length >= 3 && code[0] == letter && Typed.Integer(code[1..3]) is { IsPresent: true } category && category.Value >= first && category.Value <= last;

    private static bool HasDrug(RecordView record, ListDefinition list)
    {
        if (record[TableId.Xml2] is not { } drugs) return false;
        CodeList known = record.List(list);
        for (int i = 0; i < drugs.Count; i++)
        {
            ReadOnlySpan<byte> code = drugs[i][Xml2.MA_THUOC].Trimmed;
            if (!code.IsEmpty && known.Contains(code, record.Day)) return true;
        }

        return false;
    }

    private static Answer ExcuseDifferentDays(RecordView record)
    {
        if (record[TableId.Xml11] is not { } sick) return Answer.NotApplicable;
        Read<DateOnly> from = sick[0][Xml11.TU_NGAY].Day();
        Read<DateOnly> to = sick[0][Xml11.DEN_NGAY].Day();
        if (!from.IsPresent || !to.IsPresent) return Reading.Missing(from, to);
        if (record[TableId.Xml10] is { } maternity && Overlap(from, to, maternity[0][Xml10.TU_NGAY].Day(), maternity[0][Xml10.DEN_NGAY].Day())) return Answer.Broken;
        if (record[TableId.Xml7] is not { } discharge || !record.Discharged.IsPresent) return Answer.Holds;
        Read<int> rest = discharge[0][Xml7.SO_NGAY_NGHI].Integer();
        if (!rest.IsPresent || rest.Value is < 1 or > 3650) return Answer.Holds;
        DateOnly start = record.Discharged.Value.Day();
        return !Overlap(from, to, Read<DateOnly>.Of(start), Read<DateOnly>.Of(start.AddDays(rest.Value - 1)));
    }

    private static bool Overlap(Read<DateOnly> from, Read<DateOnly> to, Read<DateOnly> otherFrom, Read<DateOnly> otherTo) =>
        otherFrom.IsPresent && otherTo.IsPresent && from.Value <= otherTo.Value && otherFrom.Value <= to.Value;
}
