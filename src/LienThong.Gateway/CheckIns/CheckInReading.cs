using System.Buffers;
using System.Security.Cryptography;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.CheckIns;

/// <summary>A check-in read and judged, ready to be stored.</summary>
/// <param name="Facility"><c>MA_CSKCB</c>.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Kind">Which moment of the visit it tells of.</param>
/// <param name="Release">Release it is written in.</param>
/// <param name="Name"><c>HO_TEN</c>.</param>
/// <param name="NgayVao"><c>NGAY_VAO</c> as received.</param>
/// <param name="NgayYl"><c>NGAY_YL</c> as received.</param>
/// <param name="Item">Code and name of the first item.</param>
/// <param name="Facts">What rules and card lookups ask of it.</param>
/// <param name="Content">The document without signature, canonical.</param>
/// <param name="Findings">What the rules say.</param>
/// <param name="State">What that makes of it.</param>
/// <param name="Cause">Why it isn't sent; null when it is.</param>
internal sealed record PendingCheckIn(
    string Facility, string MaLk, CheckInKind Kind, string Release, string Name, string NgayVao, string NgayYl, string Item, CheckInFacts Facts, byte[] Content,
    IReadOnlyList<StoredFinding> Findings, CheckInState State, string? Cause)
{
    public string Sha256 { get; } = Convert.ToHexStringLower(SHA256.HashData(Content));

    public int Blocks => Findings.Count(f => f.Severity == Severity.Block && !f.Suppressed);

    /// <summary>Day of arrival, by which dated rules apply; null when unreadable.</summary>
    public DateOnly? Day => DateOnly.TryParseExact(NgayVao.Length >= 8 ? NgayVao[..8] : "", "yyyyMMdd", out DateOnly day) ? day : null;
}

/// <summary>Judges check-ins; no database, no waiting, so that many go in parallel.</summary>
internal sealed class CheckInReading(IRecordJudge judge, LoadedLists lists, TimeProvider time)
{
    private const int LongestMaLk = 100;

    private static readonly (FieldId Code, FieldId Name, ListDefinition List)[] Items =
    [
        (Xml0.MA_DICH_VU, Xml0.TEN_DICH_VU, FacilityLists.Services),
        (Xml0.MA_THUOC, Xml0.TEN_THUOC, FacilityLists.Drugs),
        (Xml0.MA_VAT_TU, Xml0.TEN_VAT_TU, FacilityLists.Supplies),
    ];

    /// <summary>Reads a record that holds one row of XML0.</summary>
    /// <param name="record">The record.</param>
    /// <param name="refused">Why it can't be stored, in Vietnamese; null when it can.</param>
    public PendingCheckIn? Read(Record record, out string? refused)
    {
        refused = null;
        if (record[TableId.Xml0] is not { Count: > 0 } table)
            return Refuse("Không có dòng TRANG_THAI_KCB nào đọc được.", out refused);
        Row row = table[0];
        string maLk = row[Xml0.MA_LK].Text.Trim(), facility = row[Xml0.MA_CSKCB].Text.Trim();
        if (maLk.Length is 0 or > LongestMaLk)
            return Refuse($"MA_LK trống hoặc dài quá {LongestMaLk} ký tự; gửi lại check-in với mã lượt khám đúng.", out refused);
        DateTimeOffset now = time.GetUtcNow();
        Judged judged = judge.JudgeDocument(record, now, facility);
        if (judged.Release.Table(TableId.Xml0) is null)
            return Refuse($"Chuẩn {judged.Release.DecisionNumber} của ngày {row[Xml0.NGAY_VAO].Text} không có check-in; kiểm tra NGAY_VAO.", out refused);
        DateOnly day = row[Xml0.NGAY_VAO].Day() is { IsPresent: true } arrived ? arrived.Value : now.VietnamDay();
        (CheckInState state, string? cause) = Decide(row, facility, day, judged);
        ArrayBufferWriter<byte> content = new();
        DocumentWriter.WriteCheckIn(content, judged.Release, record);
        return new PendingCheckIn(
            facility, maLk, row[Xml0.NGAY_VAO_NOI_TRU].IsEmpty ? CheckInKind.FirstCost : CheckInKind.AdmissionFirstCost, judged.Release.Id,
            Short(row[Xml0.HO_TEN].Text), Short(row[Xml0.NGAY_VAO].Text), Short(row[Xml0.NGAY_YL].Text), ItemOf(row), CheckInFacts.Of(row), content.WrittenSpan.ToArray(), judged.Findings.All, state, cause);
    }

    private (CheckInState State, string? Cause) Decide(Row row, string facility, DateOnly day, Judged judged)
    {
        if (CheckInExemptions.Of(row, day) is { } exempt)
            return (CheckInState.Exempt, exempt.Message);
        if (Unmapped(row, facility, day) is { } item)
            return (CheckInState.Unmapped, item);
        StoredFinding? worst = judged.Findings.All.FirstOrDefault(f => f.Severity == Severity.Block && !f.Suppressed);
        return worst is null ? (CheckInState.Ready, null) : (CheckInState.Blocked, $"{worst.Message} {worst.Fix}".Trim());
    }

    /// <summary>An item that has a name and no code, or a code that a complete list of the facility doesn't hold on that day.</summary>
    private string? Unmapped(Row row, string facility, DateOnly day)
    {
        foreach ((FieldId code, FieldId name, ListDefinition definition) in Items)
        {
            if (row[code].IsEmpty)
            {
                if (!row[name].IsEmpty)
                    return $"«{Short(row[name].Text)}» chưa ánh xạ sang mã dùng chung; ghi {code.Name} rồi gửi lại check-in.";
            }
            else if (lists.Of(facility).Find(definition.Name) is { IsComplete: true } list && list.Covers(day)
                && !list.Contains(System.Text.Encoding.UTF8.GetBytes(row[code].Text.Trim()), day))
            {
                return $"{code.Name} «{Short(row[code].Text)}» chưa có trong danh mục {definition.Form} của cơ sở; bổ sung danh mục hoặc sửa ánh xạ.";
            }
        }
        return null;
    }

    private static string ItemOf(Row row)
    {
        foreach ((FieldId code, FieldId name, _) in Items)
        {
            if (!row[code].IsEmpty || !row[name].IsEmpty)
                return Short($"{row[code].Text.Trim()} {row[name].Text.Trim()}".Trim());
        }
        return "";
    }

    private static string Short(string text) => text.Length <= 255 ? text.Trim() : text[..255].Trim();

    private static PendingCheckIn? Refuse(string why, out string? refused)
    {
        refused = why;
        return null;
    }
}
