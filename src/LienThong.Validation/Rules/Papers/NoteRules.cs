using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML5: clinical notes.</summary>
internal static class NoteRules
{
    public static readonly Rule[] All =
    [
        // Notes are written between arrival and discharge.
        new RowRule("X5-THOI_DIEM_DBLS-001", Xml5.THOI_DIEM_DBLS, static (row, record) =>
            row[Xml5.THOI_DIEM_DBLS].DateTime12() is { IsPresent: true } at
                ? record.Arrived.IsPresent && record.Discharged.IsPresent
                    ? at.Value >= record.Arrived.Value && at.Value <= record.Discharged.Value : Answer.Malformed
                : Answer.Missing(row[Xml5.THOI_DIEM_DBLS].DateTime12()), Xml1.NGAY_VAO, Xml1.NGAY_RA),

        // An operation is told in one of the notes; without any, the first note shows it.
        new SweepRule("X5-PHAU_THUAT-001", Xml5.PHAU_THUAT, static (record, report) =>
        {
            if (record[TableId.Xml5] is { Count: > 0 } notes && record.HasService(8) && !AnyFilled(notes, Xml5.PHAU_THUAT)) report.Broken(notes[0]);
        }, Xml3.MA_NHOM),

        new RowRule("X5-NGUOI_THUC_HIEN-001", Xml5.NGUOI_THUC_HIEN, static (row, _) =>
        {
            foreach (ReadOnlySpan<byte> item in row[Xml5.NGUOI_THUC_HIEN].Items())
            {
                if (item.IsEmpty || item.IndexOfAny(" \t\r\n"u8) >= 0) return Breach.OfPart(item);
            }

            return Answer.Holds;
        }),

        // Inpatients have a note on every day between the first and the last.
        new SweepRule("X5-DAYS-001", Xml5.THOI_DIEM_DBLS, static (record, report) =>
        {
            if (MissingDays(record) is { } dates) report.BrokenTable(TableId.Xml5, Xml5.THOI_DIEM_DBLS, Breach.With("dates", dates));
        }, Xml1.NGAY_VAO, Xml1.NGAY_RA),
    ];

    private static bool AnyFilled(Table table, FieldId field)
    {
        for (int i = 0; i < table.Count; i++)
        {
            if (!table[i][field].IsEmpty) return true;
        }

        return false;
    }

    private static string? MissingDays(RecordView record)
    {
        if (!record.IsVisit(3) || !record.Arrived.IsPresent || !record.Discharged.IsPresent || record[TableId.Xml5] is not { } notes) return null;
        int first = record.Arrived.Value.Day().DayNumber + 1;
        int days = record.Discharged.Value.Day().DayNumber - first;
        if (days is <= 0 or > 512) return null;
        Span<bool> seen = stackalloc bool[512];
        seen.Clear();
        for (int i = 0; i < notes.Count; i++)
        {
            Read<DateTime> at = notes[i][Xml5.THOI_DIEM_DBLS].DateTime12();
            if (at.IsPresent && at.Value.Day().DayNumber - first is var day and >= 0 && day < days) seen[day] = true;
        }

        return seen[..days].IndexOf(false) < 0 ? null : Dates(seen[..days], first);
    }

    private static string Dates(ReadOnlySpan<bool> seen, int first)
    {
        const int Shown = 10;
        var dates = new List<string>();
        for (int i = 0; i < seen.Length && dates.Count <= Shown; i++)
        {
            if (!seen[i]) dates.Add(dates.Count == Shown ? "…" : Show.Day(DateOnly.FromDayNumber(first + i)));
        }

        return string.Join(", ", dates);
    }
}
