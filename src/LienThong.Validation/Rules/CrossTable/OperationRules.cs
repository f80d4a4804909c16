using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML3: operations, their packages of supplies, and transport.</summary>
internal static class OperationRules
{
    private const int ShortOperation = 15;

    public static readonly Rule[] All =
    [
        // Further procedures of one operation are paid in part: 50 by the same team, 80 by another or for a procedure (group 18).
        new SweepRule("REC-SURG-001", Xml3.TYLE_TT_DV, static (record, report) => EachOperation(record, report),
            Xml3.MA_NHOM, Xml3.NGAY_TH_YL, Xml3.NGAY_KQ, Xml3.DON_GIA_BH, Xml3.NGUOI_THUC_HIEN),

        new RowRule("REC-SURG-002", Xml3.NGAY_KQ, static (row, record) =>
        {
            ref readonly CostLine line = ref record.Lines.Of(row);
            if (line.Group != 8) return Answer.NotApplicable;
            if (!line.Done.IsPresent || !line.Finished.IsPresent) return Reading.Missing(line.Done, line.Finished);
            int minutes = (int)(line.Finished.Value - line.Done.Value).TotalMinutes;
            return minutes is < 0 or >= ShortOperation ? Answer.Holds : Breach.With("minutes", Show.Number(minutes));
        }, Xml3.NGAY_TH_YL, Xml3.MA_NHOM),

        // The supplies of one use of a service are paid up to 45 base salaries.
        new SweepRule("REC-VTYT-001", Xml3.THANH_TIEN_BH, static (record, report) => EachPackage(record, report),
            Xml3.MA_NHOM, Xml3.MA_DICH_VU, Xml3.GOI_VTYT, Xml3.NGAY_YL),

        // Transport goes with a referral, to where the patient is referred.
        new RowRule("REC-TRANSPORT-001", Xml3.MA_DICH_VU, static (row, record) =>
        {
            if (row.Group() != 12) return Answer.NotApplicable;
            ReadOnlySpan<byte> code = row[Xml3.MA_DICH_VU].Trimmed;
            return record.Summary[Xml1.MA_LOAI_RV].Is("2"u8) && code.Length >= 5 && code[^5..].SequenceEqual(record.Summary[Xml1.MA_NOI_DEN].Trimmed);
        }, Xml3.MA_NHOM, Xml1.MA_LOAI_RV, Xml1.MA_NOI_DEN),
    ];

    // Operations are groups of surgery and procedures whose times overlap; procedures without surgery aren't one operation.
    private static void EachOperation(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i] is { Group: 8 or 18, Scope: not 2, Done.IsPresent: true, Finished.IsPresent: true }) index.Add((ulong)lines[i].Done.Value.Ticks, i);
        }

        index.Sort();
        int start = 0;
        DateTime end = DateTime.MinValue;
        for (int i = 0; i <= index.Count; i++)
        {
            bool goesOn = i < index.Count && i > start && lines[index.Rows[i]].Done.Value < end;
            if (i > start && !goesOn)
            {
                if (i - start > 1) JudgeOperation(table, lines, index.Rows[start..i], report);
                start = i;
                end = DateTime.MinValue;
            }

            if (i < index.Count && lines[index.Rows[i]].Finished.Value > end) end = lines[index.Rows[i]].Finished.Value;
        }
    }

    private static void JudgeOperation(Table table, ReadOnlySpan<CostLine> lines, ReadOnlySpan<int> rows, Report report)
    {
        int main = -1;
        bool surgery = false;
        foreach (int i in rows)
        {
            surgery |= lines[i].Group == 8;
            if (!lines[i].Has(Amounts.Payable | Amounts.ServiceRate))
            {
                report.NotChecked();
                return;
            }

            if (main < 0 || lines[i].Payable > lines[main].Payable) main = i;
        }

        if (!surgery) return;
        foreach (int i in rows)
        {
            if (i == main) continue;
            int expected = lines[i].Group == 8 && SharePerformer(table[i], table[main]) ? 50 : 80;
            if (lines[i].ServiceRate > expected) report.Broken(table[i], Breach.Expect(expected));
        }
    }

    private static bool SharePerformer(Row row, Row main)
    {
        foreach (ReadOnlySpan<byte> person in row[Xml3.NGUOI_THUC_HIEN].Items())
        {
            if (!person.IsEmpty && main[Xml3.NGUOI_THUC_HIEN].HasItem(person)) return true;
        }

        return false;
    }

    private static void EachPackage(RecordView record, Report report)
    {
        if (record[TableId.Xml3] is not { } table) return;
        ReadOnlySpan<CostLine> lines = record.Lines.Services;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < lines.Length; i++)
        {
            ulong package = Packages.Of(table[i], lines[i]);
            if (package != 0) index.Add(package, i);
        }

        index.Sort();
        decimal sum = 0;
        bool read = true;
        for (int i = 0; i < index.Count; i++)
        {
            ref readonly CostLine line = ref lines[index.Rows[i]];
            sum += line.Covered;
            read &= line.Has(Amounts.Covered);
            if (i + 1 < index.Count && index.Keys[i + 1] == index.Keys[i]) continue;
            if (!read || Packages.Ceiling(line) is not { } ceiling) report.NotChecked();
            else if (sum > ceiling + 1) report.Broken(table[index.Rows[i]], Breach.Expect(ceiling).And("sum", Show.Money(sum)).And("cap", Show.Money(ceiling)));
            sum = 0;
            read = true;
        }
    }
}
