using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The visit as a whole: card and age, order of events over all lines, audit questions.</summary>
internal static class VisitRules
{
    private const int LongStayDays = 90;
    private const int GraceDays = 15;
    private const int MostInTwoHours = 20;

    public static readonly Rule[] All =
    [
        // Card TE ends with the sixth birthday; children not yet at school keep it until 30 September.
        new RowRule("REC-CARD-001", Xml1.MA_THE_BHYT, static (row, record) => IsStillAChild(row, record), Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        new RowRule("REC-CARD-002", Xml1.MA_THE_BHYT, static (_, record) =>
            !Cards.HasPrefix(record, "HS SV"u8) ? Answer.NotApplicable
            : record is { Born.IsPresent: true, Arrived.IsPresent: true } ? FitsPupil(record) : Reading.Missing(record.Born, record.Arrived),
            Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        // Ages of small children are told in months or days, which need the birth month or day.
        new RowRule("REC-AGE-001", Xml1.NGAY_SINH, static (_, record) =>
        {
            if (record is not { Born.IsPresent: true, Arrived.IsPresent: true }) return Reading.Missing(record.Born, record.Arrived);
            DateOnly day = record.Arrived.Value.Day();
            if (record.Born.Value.Month == 0) return record.Born.Value.YearsOn(day) < 6 ? Breach.With("unit", "tháng") : Answer.Holds;
            return !record.Born.Value.HasDay && record.Born.Value.MonthsOn(day) <= 1 ? Breach.With("unit", "ngày") : Answer.Holds;
        }, Xml1.NGAY_VAO),

        new RowRule("REC-ZERO-001", Xml1.T_TONGCHI_BV, static (row, record) =>
            record.InClaim ? row[Xml1.T_TONGCHI_BV].Decimal() is var total && !total.IsPresent ? Answer.Missing(total) : total.Value != 0 : Answer.NotApplicable),

        // Tests and drugs follow the examination.
        new SweepRule("REC-TIME-002", Xml3.NGAY_YL, static (record, report) => FollowTheExamination(record, report), Xml3.MA_NHOM, Xml1.MA_LOAI_KCB),

        new SweepRule("REC-TIME-003", Xml3.NGAY_TH_YL, static (record, report) => FindHurry(record, report), Xml3.MA_NHOM, Xml3.NGUOI_THUC_HIEN),

        new RowRule("REC-DRUG-001", Xml2.LIEU_DUNG, static (row, record) => IsShortEnough(row, record), Xml1.MA_BENH_CHINH, Xml1.MA_LOAI_KCB),

        new RecordRule("AUD-I-004", Xml1.NGAY_RA, static record =>
            !record.IsVisit(3) ? Answer.NotApplicable
            : !record.StayFrom.IsPresent || !record.Discharged.IsPresent ? Reading.Missing(record.StayFrom, record.Discharged)
            : record.StayFrom.Value.DaysThrough(record.Discharged.Value) is var days && days <= LongStayDays ? Answer.Holds : Breach.With("days", Show.Number(days)),
            Xml1.NGAY_VAO, Xml1.MA_LOAI_KCB),

        // The fund pays 15 days after the card has ended, no longer.
        new SweepRule("AUD-15DAYS-001", Xml3.NGAY_YL, static (record, report) => EndWithTheCard(record, report), Xml1.GT_THE_DEN),

        // The dead take no medicine home.
        new RowRule("AUD-DEATH-001", Xml2.LIEU_DUNG, static (row, record) =>
        {
            if (!record.Summary[Xml1.KET_QUA_DTRI].Is("5"u8) || Dose.Days(row[Xml2.LIEU_DUNG].Trimmed) is not > 1) return Answer.NotApplicable;
            Read<DateTime> ordered = record.Lines.Of(row).Ordered;
            return ordered.IsPresent && record.Discharged.IsPresent
                ? ordered.Value.Day() < record.Discharged.Value.Day() : Reading.Missing(ordered, record.Discharged);
        }, Xml2.NGAY_YL, Xml1.KET_QUA_DTRI, Xml1.NGAY_RA),

        new RecordRule("AUD-QUALITY-001", Xml1.MA_LOAI_KCB, static record =>
            record.IsVisit(2, 5, 8) && record[TableId.Xml2] is null && record[TableId.Xml3] is not null
                ? record.HasService(1, 2, 3, 8, 9, 10, 11, 12, 14, 15, 16, 18, 19) : Answer.NotApplicable, Xml3.MA_NHOM),

        new RowRule("AUD-QUALITY-003", Xml1.MA_BENH_CHINH, static (row, _) =>
            row[Xml1.MA_BENH_CHINH].Is("U07.1"u8) ? HasOtherDisease(row[Xml1.MA_BENH_KT]) : Answer.NotApplicable, Xml1.MA_BENH_KT),
    ];

    private static Answer IsStillAChild(Row row, RecordView record)
    {
        if (!Cards.HasPrefix(record, "TE"u8)) return Answer.NotApplicable;
        if (record is not { Born.IsPresent: true, Arrived.IsPresent: true }) return Reading.Missing(record.Born, record.Arrived);
        DateOnly arrival = record.Arrived.Value.Day();
        if (record.Born.Value.MonthsOn(arrival) is not { } months) return Answer.NotApplicable;
        if (months < 72) return Answer.Holds;
        bool over = arrival > new DateOnly(record.Born.Value.Year + 6, 9, 30);
        return Breach.As(over ? Severity.Warn : Severity.Info).And("age", Show.Number(months));
    }

    private static Answer FitsPupil(RecordView record)
    {
        int years = record.Born.Value.YearsOn(record.Arrived.Value.Day());
        if (Cards.HasPrefix(record, "HS"u8) && years > 28) return Breach.With("prefix", "HS").And("age", Show.Number(years));
        return Cards.HasPrefix(record, "SV"u8) && years > 40 ? Breach.With("prefix", "SV").And("age", Show.Number(years)) : Answer.Holds;
    }

    private static void FollowTheExamination(RecordView record, Report report)
    {
        if (!record.IsVisit(1, 2, 5, 8)) return;
        DateTime? first = null;
        ReadOnlySpan<CostLine> services = record.Lines.Services;
        foreach (ref readonly CostLine line in services)
        {
            if (line is { Group: 13, Ordered.IsPresent: true } && !(first <= line.Ordered.Value)) first = line.Ordered.Value;
        }

        if (first is not { } start) return;
        for (int i = 0; i < services.Length; i++)
        {
            if (services[i] is { IsMeasured: true, Ordered.IsPresent: true } && services[i].Ordered.Value < start) Early(record[TableId.Xml3]!, i, Xml3.NGAY_YL, start, report);
        }

        ReadOnlySpan<CostLine> drugs = record.Lines.Drugs;
        for (int i = 0; i < drugs.Length; i++)
        {
            if (drugs[i].Ordered.IsPresent && drugs[i].Ordered.Value < start) Early(record[TableId.Xml2]!, i, Xml2.NGAY_YL, start, report);
        }
    }

    private static void Early(Table table, int row, FieldId at, DateTime first, Report report) =>
        report.Broken(table[row], Breach.Of(at).And("first", first.ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture)));

    // Performer and minute share one key, so that a window of 21 rows of one performer stands together. Analysers (group 1) run in parallel.
    private static void FindHurry(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table || table.Count <= MostInTwoHours) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is not { Group: 2 or 3 or 8 or 13 or 18, Done.IsPresent: true }) continue;
            ListItems people = table[i][Xml3.NGUOI_THUC_HIEN].Items();
            if (!people.MoveNext() || people.Current.IsEmpty) continue;
            index.Add((RowIndex.Key(people.Current) & 0xFFFF_FFFF_0000_0000) | (uint)(lines[i].Done.Value.Ticks / TimeSpan.TicksPerMinute), i);
        }

        index.Sort();
        ulong told = 0;
        for (int i = MostInTwoHours; i < index.Count; i++)
        {
            ulong person = index.Keys[i] >> 32;
            if (person == told || index.Keys[i] - index.Keys[i - MostInTwoHours] > 120 || index.Keys[i - MostInTwoHours] >> 32 != person) continue;
            told = person;
            report.Broken(table[index.Rows[i]], Breach.With("count", Show.Number(MostInTwoHours + 1)));
        }
    }

    private static Answer IsShortEnough(Row row, RecordView record)
    {
        if (!record.IsVisit(1) || Dose.Days(row[Xml2.LIEU_DUNG].Trimmed) is not { } days) return Answer.NotApplicable;
        bool chronic = record.List(DiseaseLists.LongPrescriptions).Contains(record.Summary[Xml1.MA_BENH_CHINH].Trimmed, record.Day);
        return days <= (chronic ? 90 : 30) ? Answer.Holds : Breach.With("days", Show.Number(days));
    }

    private static void EndWithTheCard(RecordView record, Report report)
    {
        DateOnly? last = null;
        foreach (ReadOnlySpan<byte> item in record.Summary[Xml1.GT_THE_DEN].Items())
        {
            if (Typed.Date8(item) is not { IsPresent: true } day) return;
            if (last is not { } latest || day.Value > latest) last = day.Value;
        }

        if (last is not { } end || (record.Discharged.IsPresent && record.Discharged.Value.Day().DayNumber <= end.DayNumber + GraceDays)) return;
        Late(record[TableId.Xml2], record.Lines.Drugs, end.AddDays(GraceDays), Xml2.NGAY_YL, report);
        Late(record[TableId.Xml3], record.Lines.Services, end.AddDays(GraceDays), Xml3.NGAY_YL, report);
    }

    private static void Late(Table? table, ReadOnlySpan<CostLine> lines, DateOnly end, FieldId at, Report report)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            if (!lines[i].Has(Amounts.Fund)) report.NotChecked();
            else if (lines[i].Fund > 0 && lines[i].Ordered.IsPresent && lines[i].Ordered.Value.Day() > end) report.Broken(table![i], Breach.Of(at));
        }
    }

    private static bool HasOtherDisease(Value secondary)
    {
        foreach (ReadOnlySpan<byte> item in secondary.Items())
        {
            if (!item.IsEmpty && !Reading.Contains("U07.1 U07.2"u8, item)) return true;
        }

        return false;
    }
}
