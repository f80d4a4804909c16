using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: who did it, on which machine and bed, for which disease, with which result.</summary>
internal static class ServiceDetailRules
{
    private const int LateDays = 60;

    private static readonly BytePattern Disease = BytePattern.Of("^[A-Z][0-9]{2}(\\.[0-9]{1,2})?[*+]?$");
    private static readonly BytePattern Bed = BytePattern.Of("^[HTCK][0-9]{3}$");

    public static readonly Rule[] All =
    [
        Forms.Text("X3-PP_VO_CAM-001", Xml3.PP_VO_CAM, "^[1-4]$"),

        new RowRule("X3-MA_BENH-001", Xml3.MA_BENH, static (row, _) =>
        {
            foreach (ReadOnlySpan<byte> item in row[Xml3.MA_BENH].Items())
            {
                if (!item.IsEmpty && !Disease.Matches(item.EndsWith("†"u8) ? item[..^"†"u8.Length] : item)) return Breach.OfPart(item);
            }

            return Answer.Holds;
        }),

        // Since 3176 another bed is another row.
        new RowRule("X3-MA_GIUONG-001", Xml3.MA_GIUONG, static (row, record) =>
        {
            int beds = 0;
            foreach (ReadOnlySpan<byte> item in row[Xml3.MA_GIUONG].Items())
            {
                if (item.IsEmpty) continue;
                beds++;
                if (!Bed.Matches(item)) return Breach.OfPart(item);
            }

            return beds > 1 && record.SinceQD3176 ? Breach.As(Severity.Info) : Answer.Holds;
        })
        {
            OwnsForm = true,
        },

        new RowRule("X3-MA_GIUONG-002", Xml3.MA_GIUONG, static (row, _) =>
            row.Group() is 14 or 15 or 16 ? !row[Xml3.MA_GIUONG].IsEmpty : Answer.NotApplicable),

        // Tests, images, operations and procedures done here have a moment and somebody who did them.
        new RowRule("X3-NGAY_TH_YL-002", Xml3.NGAY_TH_YL, static (row, _) =>
            IsMeasured(row) && !ServiceCodeRules.IsSentOut(row) ? Forms.AllFilled(row, [Xml3.NGAY_TH_YL, Xml3.NGUOI_THUC_HIEN]) : Answer.NotApplicable),

        // Laboratory results may come up to 60 days after discharge; until then the lack is a hint.
        new RowRule("X3-NGAY_KQ-004", Xml3.NGAY_KQ, static (row, record) =>
        {
            if (!IsMeasured(row) && row.Group() is not (14 or 15 or 16)) return Answer.NotApplicable;
            if (!row[Xml3.NGAY_KQ].IsEmpty) return Answer.Holds;
            bool waits = row.Group() == 1 && record.Discharged.IsPresent
                && record.ProcessTime.Day().DayNumber - record.Discharged.Value.Day().DayNumber <= LateDays;
            return Breach.As(waits ? Severity.Info : Severity.Warn);
        }),

        new RowRule("X3-MA_MAY-001", Xml3.MA_MAY, static (row, record) => Machines.Judge(row[Xml3.MA_MAY], record)),

        new RowRule("X3-MA_MAY-002", Xml3.MA_MAY, static (row, _) =>
            row.Group() is 1 or 2 or 3 && !ServiceCodeRules.IsSentOut(row) ? !row[Xml3.MA_MAY].IsEmpty : Answer.NotApplicable),

        new RowRule("X3-PP_VO_CAM-002", Xml3.PP_VO_CAM, static (row, _) =>
            row.Group() == 8 ? !row[Xml3.PP_VO_CAM].IsEmpty : Answer.NotApplicable, Xml3.MA_NHOM),

        // An operation has a team.
        new RowRule("X3-NGUOI_THUC_HIEN-001", Xml3.NGUOI_THUC_HIEN, static (row, _) =>
            row.Group() == 8 && !row[Xml3.NGUOI_THUC_HIEN].IsEmpty ? row[Xml3.NGUOI_THUC_HIEN].Items().Count() >= 2 : Answer.NotApplicable, Xml3.MA_NHOM),

        // Until 2024 the disease of a service was one of the visit.
        new RowRule("X3-MA_BENH-002", Xml3.MA_BENH, static (row, record) =>
        {
            foreach (ReadOnlySpan<byte> item in row[Xml3.MA_BENH].Items())
            {
                if (item.Length >= 3 && !IsOfTheVisit(record.Summary, item[..3])) return Breach.OfPart(item);
            }

            return Answer.Holds;
        }, Xml1.MA_BENH_CHINH, Xml1.MA_BENH_KT),

        // The same minute for all is legal; auditors ask about patterns.
        new RowRule("X3-NGAY_TH_YL-003", Xml3.NGAY_TH_YL, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (!line.IsMeasured || !line.Done.IsPresent) return Answer.NotApplicable;
            return !IsSame(line.Done, line.Ordered) && !IsSame(line.Done, line.Finished);
        }, Xml3.NGAY_YL, Xml3.NGAY_KQ, Xml3.MA_NHOM),

        new SweepRule("X3-DUP-001", Xml3.MA_DICH_VU, static (record, report) => FindRepeats(record, report, operations: false)),
        new SweepRule("X3-DUP-002", Xml3.MA_DICH_VU, static (record, report) => FindRepeats(record, report, operations: true)),
    ];

    private static bool IsMeasured(Row row) => row.Group() is 1 or 2 or 3 or 8 or 18;

    private static bool IsOfTheVisit(Row summary, ReadOnlySpan<byte> category)
    {
        if (summary[Xml1.MA_BENH_CHINH].StartsWith(category)) return true;
        foreach (ReadOnlySpan<byte> item in summary[Xml1.MA_BENH_KT].Items())
        {
            if (item.StartsWith(category)) return true;
        }

        return false;
    }

    private static void FindRepeats(RecordView record, Report report, bool operations)
    {
        if (record[TableId.Xml3] is not { Count: > 1 } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            ref readonly CostLine line = ref lines[i];
            if (!line.Done.IsPresent || !line.Ordered.IsPresent) continue;
            if (operations ? line.Group is 8 or 18 && line.ServiceRate == 100 && line.Finished.IsPresent : line.Group is 1 or 2 or 3)
                index.Add(operations ? OperationKey(table[i]) : TestKey(table[i]), i);
        }

        index.Sort();
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] == index.Keys[i - 1]) report.Broken(table[index.Rows[i]]);
        }
    }

    // Paired organs and several sites show in the name or in the place of the service: they aren't repeats.
    private static ulong TestKey(Row row)
    {
        ulong key = RowIndex.Key(row[Xml3.MA_DICH_VU].Trimmed);
        key = RowIndex.Key(row[Xml3.TEN_DICH_VU].Trimmed, key);
        key = RowIndex.Key(row[Xml3.VI_TRI_TH_DVKT].Trimmed, key);
        key = RowIndex.Key(row[Xml3.NGAY_YL].Trimmed, key);
        return RowIndex.Key(row[Xml3.NGAY_TH_YL].Trimmed, key);
    }

    private static ulong OperationKey(Row row)
    {
        ListItems team = row[Xml3.NGUOI_THUC_HIEN].Items();
        ulong key = RowIndex.Key(team.MoveNext() ? team.Current : default);
        key = RowIndex.Key(row[Xml3.NGAY_YL].Trimmed, key);
        key = RowIndex.Key(row[Xml3.NGAY_TH_YL].Trimmed, key);
        return RowIndex.Key(row[Xml3.NGAY_KQ].Trimmed, key);
    }

    private static bool IsSame(Read<DateTime> one, Read<DateTime> other) => one.State == other.State && one.Value == other.Value;
}
