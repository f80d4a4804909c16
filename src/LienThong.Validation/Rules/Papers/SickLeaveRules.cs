using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML11: certificates of sick leave.</summary>
internal static class SickLeaveRules
{
    private static readonly BytePattern Tuberculosis = BytePattern.Of("^A1[5-9](\\.[0-9]{1,2})?([*+]|†)?$");

    public static readonly Rule[] All =
    [
        BirthCertificateRules.SocialNumber("X11-MA_BHXH-001", Xml11.MA_BHXH),

        // The number is the end of the card's number.
        new RowRule("X11-MA_BHXH-002", Xml11.MA_BHXH, static (row, record) =>
        {
            if (record.Summary[Xml1.MA_THE_BHYT].IsEmpty || row[Xml11.MA_BHXH].IsEmpty) return Answer.NotApplicable;
            foreach (ReadOnlySpan<byte> card in record.Summary[Xml1.MA_THE_BHYT].Items())
            {
                if (card.EndsWith(row[Xml11.MA_BHXH].Trimmed)) return Answer.Holds;
            }

            return Answer.Broken;
        }, Xml1.MA_THE_BHYT),

        // A serial belongs to one certificate.
        new SweepRule("X11-SERI-001", Xml11.SO_SERI, static (record, report) => FindSharedSerials(record, report), Xml10.SO_SERI),

        Text("X11-MAU_SO-001", Xml11.MAU_SO, "^CT07$"),

        new RowRule("X11-DINH_CHI-001", Xml11.MA_DINH_CHI_THAI, static (row, record) =>
            !row[Xml11.MA_DINH_CHI_THAI].Is("1"u8) ? Answer.NotApplicable
            : AllFilled(row, [Xml11.NGUYENNHAN_DINHCHI, Xml11.TUOI_THAI]) is { Verdict: Verdict.Broken } empty ? empty
            : record.Summary[Xml1.GIOI_TINH].IsEmpty || record.Summary[Xml1.GIOI_TINH].Is("2"u8), Xml11.TUOI_THAI, Xml1.GIOI_TINH),

        Text("X11-DINH_CHI-002", Xml11.MA_DINH_CHI_THAI, "^[01]$"),
        Text("X11-DINH_CHI-002", Xml7.MA_DINH_CHI_THAI, "^[01]$"),

        new RowRule("X11-NGAY-001", Xml11.SO_NGAY_NGHI, static (row, _) =>
        {
            Read<DateOnly> from = row[Xml11.TU_NGAY].Date8();
            Read<DateOnly> to = row[Xml11.DEN_NGAY].Date8();
            Read<int> days = row[Xml11.SO_NGAY_NGHI].Integer();
            if (!from.IsPresent || !to.IsPresent || !days.IsPresent) return Reading.Missing(from, to);
            int expected = to.Value.DayNumber - from.Value.DayNumber + 1;
            if (expected >= 1 && days.Value == expected) return Answer.Holds;
            if (expected < 1) return Breach.Of(Xml11.TU_NGAY).Saying("XML11: ngày bắt đầu nghỉ {TU_NGAY} sau ngày kết thúc {DEN_NGAY}. Sửa từ ngày hoặc đến ngày.");
            Breach breach = Breach.Expect(Show.Number(expected));
            return Math.Abs(days.Value - expected) == 1 ? breach.Weighing(Severity.Info) : breach;
        }, Xml11.TU_NGAY, Xml11.DEN_NGAY),

        // The leave touches the visit.
        new RowRule("X11-NGAY-002", Xml11.TU_NGAY, static (row, record) =>
        {
            Read<DateOnly> from = row[Xml11.TU_NGAY].Date8();
            Read<DateOnly> to = row[Xml11.DEN_NGAY].Date8();
            if (!from.IsPresent || !to.IsPresent || !record.Arrived.IsPresent || !record.Discharged.IsPresent) return Reading.Missing(from, to);
            if (from.Value > record.Discharged.Value.Day() || to.Value < record.Arrived.Value.Day()) return Answer.Broken;
            return record.IsVisit(1) && from.Value != record.Arrived.Value.Day() ? Breach.As(Severity.Info) : Answer.Holds;
        }, Xml11.DEN_NGAY, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X11-SO_NGAY_NGHI-001", Xml11.SO_NGAY_NGHI, static (row, record) =>
        {
            Read<int> days = row[Xml11.SO_NGAY_NGHI].Integer();
            int most = LongestLeave(record, row[Xml11.MA_DINH_CHI_THAI], row[Xml11.TUOI_THAI]);
            if (!days.IsPresent) return Answer.Missing(days);
            if (days.Value < 1) return new Breach().Saying("XML11: số ngày nghỉ {value} phải từ 1 trở lên.");
            return days.Value <= most ? Answer.Holds : Breach.With("max", Show.Number(most));
        }, Xml1.MA_BENH_CHINH),

        new RowRule("X11-NGAY_CT-001", Xml11.NGAY_CT, static (row, record) =>
            row[Xml11.NGAY_CT].Date8() is not { IsPresent: true } signed || !record.Arrived.IsPresent || !record.Discharged.IsPresent ? Answer.Missing(row[Xml11.NGAY_CT].Date8())
            : signed.Value < record.Arrived.Value.Day() || signed.Value > record.ProcessTime.Day() ? Answer.Broken
            : signed.Value > record.Discharged.Value.Day() ? Breach.As(Severity.Info) : Answer.Holds, Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X11-CHA_ME-001", Xml11.HO_TEN_CHA, static (row, record) =>
            record.Born.IsPresent && record.Discharged.IsPresent && record.Born.Value.YearsOn(record.Discharged.Value.Day()) < 7
                ? !row[Xml11.HO_TEN_CHA].IsEmpty || !row[Xml11.HO_TEN_ME].IsEmpty : Answer.NotApplicable, Xml1.NGAY_SINH, Xml1.NGAY_RA),

        new RowRule("X11-INPATIENT-001", Xml11.SO_CT, static (_, record) => !record.IsVisit(3), Xml1.MA_LOAI_KCB),
    ];

    // The later certificate is told; XML10 comes before XML11.
    private static void FindSharedSerials(RecordView record, Report report)
    {
        if ((record[TableId.Xml10]?.Count ?? 0) + (record[TableId.Xml11]?.Count ?? 0) < 2) return;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        AddSerials(record[TableId.Xml10], Xml10.SO_SERI, 0, index);
        int maternity = record[TableId.Xml10]?.Count ?? 0;
        AddSerials(record[TableId.Xml11], Xml11.SO_SERI, maternity, index);
        index.Sort();
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] != index.Keys[i - 1]) continue;
            int at = index.Rows[i];
            if (at < maternity) report.Broken(record[TableId.Xml10]![at], Breach.Of(Xml10.SO_SERI));
            else report.Broken(record[TableId.Xml11]![at - maternity]);
        }
    }

    private static void AddSerials(Table? papers, FieldId field, int first, RowIndex index)
    {
        for (int i = 0; i < papers?.Count; i++)
        {
            ReadOnlySpan<byte> serial = papers[i][field].Trimmed;
            if (!serial.IsEmpty) index.Add(RowIndex.Key(serial), first + i);
        }
    }

    /// <summary>Most days of leave at once: 180 for tuberculosis, 50 after the end of a pregnancy of 13 weeks and more, otherwise 30.</summary>
    /// <remarks>Source: Circular 56/2017/TT-BYT, articles 24 and 25, as rule X11-SO_NGAY_NGHI-001 words it.</remarks>
    public static int LongestLeave(RecordView record, Value ended, Value weeks)
    {
        if (Tuberculosis.Matches(record.Summary[Xml1.MA_BENH_CHINH].Trimmed)) return 180;
        foreach (ReadOnlySpan<byte> code in record.Summary[Xml1.MA_BENH_KT].Items())
        {
            if (Tuberculosis.Matches(code)) return 180;
        }

        return ended.Is("1"u8) && weeks.Integer() is { IsPresent: true, Value: >= 13 } ? 50 : 30;
    }
}
