using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>XML4: results of laboratory, imaging and functional tests.</summary>
internal static class ResultRules
{
    private const int LatestDays = 60;

    public static readonly Rule[] All =
    [
        new SweepRule("X4-LINK-001", Xml4.MA_DICH_VU, JudgeLinks, Xml3.MA_DICH_VU),

        // Without it nothing links a result to its service.
        new RowRule("X4-MA_DICH_VU-001", Xml4.MA_DICH_VU, static (row, _) => !row[Xml4.MA_DICH_VU].IsEmpty),

        new RowRule("X4-CHI_SO-001", Xml4.MA_CHI_SO, static (row, _) =>
            row[Xml4.GIA_TRI].IsEmpty ? Answer.NotApplicable : !row[Xml4.MA_CHI_SO].IsEmpty || !row[Xml4.TEN_CHI_SO].IsEmpty),

        // A value has its time.
        new RowRule("X4-NGAY_KQ-001", Xml4.NGAY_KQ, static (row, _) =>
            row[Xml4.GIA_TRI].IsEmpty ? Answer.NotApplicable : !row[Xml4.NGAY_KQ].IsEmpty),

        // Not before arrival; up to 60 days after discharge.
        new RowRule("X4-NGAY_KQ-002", Xml4.NGAY_KQ, static (row, record) =>
            row[Xml4.NGAY_KQ].DateTime12() is { IsPresent: true } at
                ? record.Arrived.IsPresent && record.Discharged.IsPresent
                    ? at.Value >= record.Arrived.Value && at.Value.Day() <= record.Discharged.Value.Day().AddDays(LatestDays)
                    : Answer.Malformed
                : Answer.Missing(row[Xml4.NGAY_KQ].DateTime12()), Xml1.NGAY_VAO, Xml1.NGAY_RA),

        new RowRule("X4-MA_BS_DOC_KQ-001", Xml4.MA_BS_DOC_KQ, static (row, _) =>
            row[Xml4.GIA_TRI].IsEmpty && row[Xml4.KET_LUAN].IsEmpty ? Answer.NotApplicable : !row[Xml4.MA_BS_DOC_KQ].IsEmpty),

        // The result of a test done once carries the day that XML3 has.
        new SweepRule("X4-NGAY_KQ-003", Xml4.NGAY_KQ, JudgeResultDays, Xml4.MA_DICH_VU, Xml3.MA_DICH_VU, Xml3.NGAY_KQ),

        // One index has one value at one moment.
        new SweepRule("X4-DUP-001", Xml4.MA_CHI_SO, FindTwoValues, Xml4.MA_DICH_VU, Xml4.NGAY_KQ),

        new SweepRule("X4-MO_TA-001", Xml4.MO_TA, JudgeImaging, Xml3.MA_DICH_VU, Xml3.MA_NHOM),
    ];

    private static void JudgeLinks(RecordView record, Report report)
    {
        if (record[TableId.Xml4] is not { } results) return;
        for (int i = 0; i < results.Count; i++)
        {
            ReadOnlySpan<byte> code = results[i][Xml4.MA_DICH_VU].Trimmed;
            if (!code.IsEmpty && record.ServiceRow(Bare(code)) < 0) report.Broken(results[i]);
        }
    }

    private static void JudgeResultDays(RecordView record, Report report)
    {
        if (record[TableId.Xml4] is not { } results || record[TableId.Xml3] is not { } services) return;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < services.Count; i++)
        {
            ReadOnlySpan<byte> code = Bare(services[i][Xml3.MA_DICH_VU].Trimmed);
            if (!code.IsEmpty) index.Add(RowIndex.Key(code), i);
        }

        index.Sort();
        for (int i = 0; i < results.Count; i++)
        {
            Read<DateOnly> day = results[i][Xml4.NGAY_KQ].Day();
            if (!day.IsPresent) continue;
            ReadOnlySpan<int> linked = index.Find(RowIndex.Key(Bare(results[i][Xml4.MA_DICH_VU].Trimmed)));
            if (linked.Length != 1) continue;
            Value expected = services[linked[0]][Xml3.NGAY_KQ];
            if (expected.Day() is { IsPresent: true } other && other.Value != day.Value) report.Broken(results[i], Breach.Expect(Show.Text(expected)));
        }
    }

    private static void FindTwoValues(RecordView record, Report report)
    {
        if (record[TableId.Xml4] is not { Count: > 1 } results) return;
        RowIndex index = record.Lines.Scratch;
        index.Clear();
        for (int i = 0; i < results.Count; i++)
        {
            Row row = results[i];
            if (row[Xml4.MA_CHI_SO].IsEmpty || row[Xml4.NGAY_KQ].IsEmpty) continue;
            index.Add(RowIndex.Key(row[Xml4.NGAY_KQ].Trimmed, RowIndex.Key(row[Xml4.MA_CHI_SO].Trimmed, RowIndex.Key(row[Xml4.MA_DICH_VU].Trimmed))), i);
        }

        index.Sort();
        for (int i = 1; i < index.Count; i++)
        {
            if (index.Keys[i] == index.Keys[i - 1] && !results[index.Rows[i]][Xml4.GIA_TRI].Is(results[index.Rows[i - 1]][Xml4.GIA_TRI])) report.Broken(results[index.Rows[i]]);
        }
    }

    private static void JudgeImaging(RecordView record, Report report)
    {
        if (record[TableId.Xml4] is not { } results || record[TableId.Xml3] is not { } services) return;
        for (int i = 0; i < results.Count; i++)
        {
            Row row = results[i];
            ReadOnlySpan<byte> code = row[Xml4.MA_DICH_VU].Trimmed;
            if (code.IsEmpty || !row[Xml4.MO_TA].IsEmpty || !row[Xml4.KET_LUAN].IsEmpty) continue;
            int at = record.ServiceRow(Bare(code));
            if (at >= 0 && services[at].Group() is 2 or 3) report.Broken(row);
        }
    }

    /// <summary>A service code without <c>_GT</c> (local anaesthesia) and <c>.K.ddddd</c> (done elsewhere).</summary>
    public static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> code)
    {
        if (code.EndsWith("_GT"u8)) code = code[..^3];
        return code.Length > 8 && code[^8..^5].SequenceEqual(".K."u8) ? code[..^8] : code;
    }
}
