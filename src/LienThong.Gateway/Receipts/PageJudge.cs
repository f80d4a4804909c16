using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>What the store knows of the records that a page of rows names; their records are locked.</summary>
/// <param name="Records">Record by <c>MA_LK</c>, or by key for rows without one.</param>
/// <param name="Live">Current and waiting versions.</param>
/// <param name="Calls">Calls by record, oldest first.</param>
/// <param name="Cases">Open and resolved cases by record.</param>
internal sealed record PageGround(
    IReadOnlyDictionary<string, string> Records, ILookup<string, VersionRow> Live, ILookup<string, ReceiptRow> Calls, IReadOnlyDictionary<string, CaseRow> Cases);

/// <summary>
/// Decides what follows from rows of a list. What the portal finds later goes onto the receipt and leaves the record's state alone; only an unknown
/// outcome is settled (rulings 14 and 15). A version that is being sent is never touched, and older evidence never overrules newer.
/// </summary>
internal sealed class PageJudge(ReconciliationRunRow run, PageGround ground, ReconciliationCounts counts)
{
    private const int LongestText = 2000;
    private readonly bool changes = run.Repeats is null;

    /// <summary>What follows from all of them.</summary>
    public PageJudgement Judged { get; } = new();

    /// <summary>Takes the rows of one record: one finding per transaction, whatever the number of faults.</summary>
    public void Take(string key, IReadOnlyList<PortalRow> rows)
    {
        counts.Listed++;
        if (!ground.Records.TryGetValue(key, out string? id) || ground.Live[id].FirstOrDefault(v => v.IsCurrent != 0) is not { } current)
        {
            counts.NotOurs++;
            string what = key[0] == '#' ? "Không có lần gửi nào mang mã giao dịch này; nếu có hồ sơ không rõ kết quả, nhập thêm danh sách có mã liên kết." : "Hồ sơ không có trong kho của ta; có thể đã gửi từ phần mềm khác.";
            Judged.Differences.Add(new DifferenceDraft(DifferenceKind.NotOurs, Name(rows[0]), null, null, Theirs: rows[0].Transaction, Message: what, Line: rows[0].Line));
            return;
        }
        (bool matched, bool differs) = (false, false);
        foreach (PortalRow row in rows.GroupBy(r => r.Transaction, StringComparer.Ordinal).Select(g => Merge([.. g])))
        {
            (ReceiptRow? call, MatchBy by) = CallMatch.Find(row, [.. ground.Calls[id]], run.AsOf);
            if (call is null)
                differs |= Unmatched(current, row);
            else if (current.RecordState == RecordState.Sending && call.Version == current.Version)
                Skip(current, row);
            else
            {
                matched = true;
                differs |= Matched(current, call, row, by);
            }
        }
        counts.Matched += matched ? 1 : 0;
        counts.Different += differs ? 1 : 0;
    }

    private bool Matched(VersionRow current, ReceiptRow call, PortalRow row, MatchBy by)
    {
        bool unsettled = call.Outcome is "Unknown";
        bool differs = false;
        if (call.Version != current.Version)
        {
            counts.OlderVersion++;
            Add(DifferenceKind.OlderVersion, current, row, "", $"bản {current.Version}", $"bản {call.Version}", $"Danh sách nói về bản {call.Version} ({Found(by)}); hiện nay là bản {current.Version}.", call.Version);
        }
        foreach ((string field, string ours, string theirs) in Comparison.Differences(row, call))
        {
            differs = true;
            Add(DifferenceKind.Different, current, row, field, ours, theirs, field == "NGAY_RA" ? "Ngày ra khác nhau." : "Số tiền khác nhau.", call.Version);
        }
        if (row.Verdict != RowVerdict.Faulty && call.State == nameof(RecordState.Rejected))
        {
            differs = true;
            Add(DifferenceKind.Different, current, row, "TRANG_THAI", RecordStates.Vietnamese(RecordState.Rejected), Seen(row), "Ta ghi là bị từ chối nhưng Cổng có hồ sơ này.", call.Version);
        }
        if (row.Verdict == RowVerdict.Faulty)
            Add(DifferenceKind.Faulty, current, row, "", "", "", row.Text + (by == MatchBy.Order && ground.Calls[call.RecordId].Count(c => c.IsReceived) > 1 ? " (Danh sách không ghi giao dịch; hiểu là lần gửi mới nhất.)" : ""), call.Version, row.Code);
        if (!changes)
            counts.Unchanged++;
        else
        {
            if (unsettled)
                Settle(current, call, row);
            else
                Tell(call, row);
            Follow(current, call, row);
        }
        return differs;
    }

    private void Settle(VersionRow current, ReceiptRow call, PortalRow row)
    {
        bool moves = call.Version == current.Version && current.RecordState == RecordState.OutcomeUnknown && !Judged.Moves.Exists(m => m.Version == current);
        bool rejected = moves && row.Verdict == RowVerdict.Faulty;
        call.Outcome = rejected ? "Rejected" : "Accepted";
        call.MaGiaoDich = row.Transaction.Length > 0 ? row.Transaction : null;
        call.ThoiGianTiepNhan = row.Received.Length == 14 ? row.Received : null;
        Note(call, row, call.Outcome);
        string cause = $"Đối soát: {PortalLists.Vietnamese(run.ListKind)} «{Short(run.FileName, 80)}», dòng {row.Line}{(row.Transaction.Length > 0 ? $", giao dịch {row.Transaction}" : "")}.";
        if (rejected)
        {
            counts.SettledRejected++;
            Judged.Moves.Add(new VersionMove(current, RecordState.Rejected, RecordEvent.ReconciledFaulty, $"{cause} {$"[{row.Code}] {row.Text}".Trim()}"));
        }
        else if (moves)
        {
            counts.SettledAccepted++;
            Judged.Moves.Add(new VersionMove(current, RecordState.Accepted, RecordEvent.Reconciled, cause));
        }
        Add(DifferenceKind.Settled, current, row, "TRANG_THAI", RecordStates.Vietnamese(RecordState.OutcomeUnknown), rejected ? RecordStates.Vietnamese(RecordState.Rejected) : RecordStates.Vietnamese(RecordState.Accepted),
            moves ? "Đã xác định kết quả của hồ sơ." : $"Đã xác định kết quả của lần gửi bản {call.Version}; trạng thái hồ sơ giữ nguyên.", call.Version, row.Code);
    }

    private void Tell(ReceiptRow call, PortalRow row)
    {
        string later = row.Verdict switch { RowVerdict.Faulty => "Faulty", RowVerdict.Confirmed => "Confirmed", _ => "Pending" };
        // That it waits to be checked says nothing against what checking found.
        bool weaker = later == "Pending" && call.LaterState is "Confirmed" or "Faulty";
        bool same = call.LaterState == later && (later != "Faulty" || row.Code.Length + row.Text.Length == 0 || (call.LaterCode == row.Code && call.LaterMessage == row.Text));
        bool learns = row.Transaction.Length > 0 && string.IsNullOrEmpty(call.MaGiaoDich);
        if ((weaker || same || call.LaterAt > run.AsOf) && !learns)
        {
            counts.Unchanged++;
            return;
        }
        if (learns)
            call.MaGiaoDich = row.Transaction;
        if (weaker || call.LaterAt > run.AsOf)
            Judged.Receipts.Add(new ReceiptChange(call, row, ""));
        else
            Note(call, row, "");
    }

    private void Note(ReceiptRow call, PortalRow row, string settled)
    {
        call.LaterState = row.Verdict switch { RowVerdict.Faulty => "Faulty", RowVerdict.Confirmed => "Confirmed", _ => "Pending" };
        (call.LaterCode, call.LaterMessage, call.LaterAt) = (row.Code, row.Text, run.AsOf);
        counts.Confirmed += call.LaterState == "Confirmed" ? 1 : 0;
        counts.Faulty += call.LaterState == "Faulty" ? 1 : 0;
        Judged.Receipts.Add(new ReceiptChange(call, row, settled));
    }

    // Opens and closes cases. A fault is over only when a later list shows the record accepted; a record missed before, when any list shows it.
    private void Follow(VersionRow current, ReceiptRow call, PortalRow row)
    {
        CaseRow? open = ground.Cases.GetValueOrDefault(call.RecordId);
        if (open?.ChangedAt > run.AsOf)
            return;
        if (row.Verdict == RowVerdict.Faulty)
        {
            if (!ground.Calls[call.RecordId].Any(c => c.Version > call.Version && c.LaterState == "Confirmed") && (open is not { Part: nameof(CaseGroup.Faulty) } || open.Code != row.Code || open.Message != row.Text))
                Judged.Cases.Add(new CaseChange(call.RecordId, current.MaLk, CaseGroup.Faulty, row.Code, row.Text));
            return;
        }
        bool over = open is { Part: nameof(CaseGroup.Fail) } || (open is { Part: nameof(CaseGroup.Faulty) } && row.Verdict == RowVerdict.Confirmed);
        if (!over || open!.ChangedRun == run.RunId || Judged.Cases.Exists(c => c.RecordId == call.RecordId))
            return;
        counts.Resolved++;
        Judged.Cases.Add(new CaseChange(call.RecordId, current.MaLk, CaseGroup.Resolved, open.Code, open.Message));
        Add(DifferenceKind.Resolved, current, row, "", open.Part == nameof(CaseGroup.Fail) ? "không thấy ở Cổng" : "Cổng báo lỗi", Seen(row), "Đã thấy trong danh sách Cổng tiếp nhận.", call.Version);
    }

    private bool Unmatched(VersionRow current, PortalRow row)
    {
        bool sent = ground.Calls[current.RecordId].Any(c => c.IsReceived);
        if (current.RecordState == RecordState.Sending)
            Skip(current, row);
        else if (sent && row.Transaction.Length > 0)
            Add(DifferenceKind.Different, current, row, "MA_GIAO_DICH", ground.Calls[current.RecordId].LastOrDefault(c => c.IsReceived)?.MaGiaoDich ?? "", row.Transaction, "Cổng có một lần gửi mà ta không biết; có thể gửi từ phần mềm khác hoặc sửa ngay trên Cổng.");
        else
            Add(DifferenceKind.Different, current, row, "TRANG_THAI", RecordStates.Vietnamese(current.RecordState), Seen(row), "Ta chưa gửi (hoặc gửi sau khi xuất danh sách) nhưng Cổng có hồ sơ này.");
        return current.RecordState != RecordState.Sending;
    }

    private void Skip(VersionRow current, PortalRow row)
    {
        counts.Skipped++;
        Add(DifferenceKind.Skipped, current, row, "", RecordStates.Vietnamese(RecordState.Sending), Seen(row), "Hồ sơ đang được gửi nên không đổi gì; nhập lại danh sách sau khi gửi xong.");
    }

    private void Add(DifferenceKind kind, VersionRow current, PortalRow row, string field, string ours, string theirs, string message, int? version = null, string code = "") =>
        Judged.Differences.Add(new DifferenceDraft(kind, current.MaLk, current.RecordId, version ?? current.Version, field, ours, theirs, code, Short(message, LongestText), row.Line));

    // Several faults of one sending stand in several rows.
    private static PortalRow Merge(IReadOnlyList<PortalRow> rows)
    {
        if (rows.Count == 1)
            return rows[0];
        PortalRow strongest = rows.MaxBy(r => r.Verdict)!;
        PortalRow[] faults = [.. rows.Where(r => r.Verdict == RowVerdict.Faulty)];
        return strongest with
        {
            Code = Short(string.Join("; ", faults.Select(f => f.Code).Where(c => c.Length > 0).Distinct(StringComparer.Ordinal)), 200),
            Text = Short(string.Join("; ", faults.Select(f => f.Text).Where(t => t.Length > 0).Distinct(StringComparer.Ordinal)), LongestText),
            Received = rows.Select(r => r.Received).MaxBy(r => r.Length)!,
            NgayRa = rows.Select(r => r.NgayRa).MaxBy(r => r.Length)!,
            Total = rows.Select(r => r.Total).FirstOrDefault(t => t is not null),
            Fund = rows.Select(r => r.Fund).FirstOrDefault(t => t is not null),
        };
    }

    private static string Name(PortalRow row) => row.MaLk.Length > 0 ? row.MaLk : row.Transaction;

    private static string Seen(PortalRow row) => row.Verdict switch
    {
        RowVerdict.Confirmed => "Cổng đã xác nhận",
        RowVerdict.Faulty => "Cổng báo lỗi",
        RowVerdict.Pending => "Cổng đã nhận, chờ xử lý",
        _ => "Cổng đã nhận",
    };

    private static string Found(MatchBy by) => by switch { MatchBy.Transaction => "theo mã giao dịch", MatchBy.Time => "theo thời gian tiếp nhận", _ => "theo lần gửi trước khi xuất danh sách" };

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}
