using System.Buffers;
using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Reports;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Standard;

namespace LienThong.Gateway.Cards;

/// <summary>The work list «Thẻ chưa xác minh», and the changes that answers brought.</summary>
public sealed class CardWorkList
{
    private const int LongestContact = 500;
    private const int ExportPage = 500;
    private readonly Database database;
    private readonly CardVisitStore visits;
    private readonly CardLookupStore lookups;
    private readonly AuditLog audit;
    private readonly CardSeal seal;
    private readonly CardLookupCodes codes;

    internal CardWorkList(Database database, CardVisitStore visits, CardLookupStore lookups, AuditLog audit, CardSeal seal, PortalOptions portal) =>
        (this.database, this.visits, this.lookups, this.audit, this.seal, codes) = (database, visits, lookups, audit, seal, portal.CardCodes);

    /// <summary>States that make a card unverified.</summary>
    public static IReadOnlyList<CardState> NotVerified { get; } = [CardState.PortalDown, CardState.Unverified];

    /// <summary>Open visits whose card is in one of these states, oldest first. Looking is noted in the audit log, once a page.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ReadCards"/>.</param>
    /// <param name="facility">Only this facility; null for all.</param>
    /// <param name="states">States; empty for <see cref="NotVerified"/>.</param>
    /// <param name="page">Rows and key.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Page<CardVisitView>> OpenAsync(Caller caller, string? facility, IReadOnlyCollection<CardState> states, PageRequest page, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.ReadCards);
        IReadOnlyCollection<CardState> wanted = states.Count == 0 ? NotVerified : states;
        List<CardVisitRow> rows = await visits.OpenAsync(caller, facility, wanted.Select(s => s.ToString()), CardKeys.After(page.After), page.Take + 1, ct);
        Page<CardVisitView> found = CardKeys.Page(rows.ConvertAll(View), page.Take, v => (v.OpenedAt, v.Id));
        foreach (IGrouping<string, CardVisitView> one in found.Items.GroupBy(v => v.Facility, StringComparer.Ordinal))
            await audit.NoteReadAsync(caller, one.Key, "card.list-read", one.Key, "", ct);
        return found;
    }

    /// <summary>How the card of a visit stands; null when unknown or not the caller's.</summary>
    public async Task<CardVisitView?> FindAsync(Caller caller, string id, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.ReadCards);
        return await visits.FindAsync(caller, id, ct) is { } row ? View(row) : null;
    }

    /// <summary>
    /// Takes a visit off the list: the patient has left, or the card is settled otherwise. It isn't asked again; the evidence and how to reach the patient are kept.
    /// </summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/>.</param>
    /// <param name="id">The visit.</param>
    /// <param name="contact">How to reach the patient (telephone, address), required.</param>
    /// <param name="ct">Stops.</param>
    /// <remarks>Source: NĐ 188/2025/NĐ-CP, Điều 37–38; CV 1923/BHXH-CNTT 2024.</remarks>
    public async Task<SettingResult> CloseAsync(Caller caller, string id, string contact, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.LookUpCards);
        if (string.IsNullOrWhiteSpace(contact) || contact.Length > LongestContact || contact.Any(static c => char.IsControl(c) && c is not ('\r' or '\n')))
            return new SettingResult(false, $"Ghi cách liên hệ người bệnh (điện thoại, địa chỉ), không quá {LongestContact} ký tự.");
        await using WriteSession session = await database.BeginAsync(ct);
        if (await CardVisitStore.LockAsync(session, caller, id, ct) is not { ClosedAt: null } visit)
            return new SettingResult(false, "Lượt tra này không có, đã đóng, hoặc không thuộc cơ sở của bạn.");
        (visit.ClosedAt, visit.ClosedBy, visit.Contact, visit.DueAt, visit.DueFor) = (database.Now, caller.Name, seal.Close(contact.Trim()), null, "");
        await CardVisitStore.SaveAsync(session, visit, ct);
        session.Audit(visit.Facility, caller.Name, "card.closed", id, $"{visit.State} {visit.Code}".TrimEnd());
        await session.CommitAsync(ct);
        return SettingResult.Taken;
    }

    /// <summary>Writes the list as CSV for BHXH: open visits, and those closed that were never verified.</summary>
    /// <param name="caller">Needs <see cref="Permissions.LookUpCards"/>.</param>
    /// <param name="facility">The facility.</param>
    /// <param name="output">Takes the file, UTF-8 with a byte-order mark so that Excel reads it.</param>
    /// <param name="ct">Stops.</param>
    public async Task ExportAsync(Caller caller, string facility, IBufferWriter<byte> output, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.LookUpCards);
        output.Write(Encoding.UTF8.Preamble);
        Line(output, ["STT", "MA_LK", "Số thẻ/mã số", "Họ tên", "Ngày sinh", "Trạng thái", "Mã Cổng", "Nguyên nhân", "Lần tra đầu", "Lần tra cuối", "Liên hệ", "Đóng bởi"]);
        int number = 0;
        (long, string) after = CardKeys.After(null);
        while (await visits.UnverifiedAsync(caller, facility, NotVerified.Select(s => s.ToString()), after, ExportPage, ct) is { Count: > 0 } rows)
        {
            foreach (CardVisitView v in rows.ConvertAll(View))
            {
                Line(output, [
                    $"{++number}", v.MaLk, v.Question.Number, v.Question.Name, v.Question.Birth, CardWords.Name(v.State), v.Code, v.Cause, Time(v.OpenedAt), Time(v.ChangedAt), v.Contact ?? "", v.ClosedBy ?? "",
                ]);
            }
            after = (rows[^1].OpenedAt, rows[^1].VisitId);
        }
        await audit.NoteAsync(caller, facility, "card.list-exported", facility, $"{number}", ct);
    }

    /// <summary>What answers say differently from those before, newest first.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ReadCards"/>.</param>
    /// <param name="facility">Only this facility; null for all.</param>
    /// <param name="unseenOnly">Only those nobody has noted as seen.</param>
    /// <param name="page">Rows and key.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Page<CardChangeView>> ChangesAsync(Caller caller, string? facility, bool unseenOnly, PageRequest page, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.ReadCards);
        List<CardChangeView> views = [];
        foreach (CardChangeRow row in await lookups.ChangesAsync(caller, facility, unseenOnly, CardKeys.Before(page.After), page.Take + 1, ct))
        {
            CardVisitRow? visit = await visits.FindAsync(caller, row.VisitId, ct);
            views.Add(new CardChangeView(
                row.ChangeId, row.Facility, row.VisitId, row.MaLk, visit is null ? null : seal.Open<SealedQuestion>(visit.Question).Question, row.LookupId,
                DateTimeOffset.FromUnixTimeMilliseconds(row.FoundAt), row.CodeBefore, row.CodeAfter, codes.Get(row.CodeAfter), seal.Open<List<CardFieldChange>>(row.Fields), At(row.SeenAt), row.SeenBy));
        }
        foreach (IGrouping<string, CardChangeView> one in views.GroupBy(v => v.Facility, StringComparer.Ordinal))
            await audit.NoteReadAsync(caller, one.Key, "card.changes-read", one.Key, "", ct);
        return CardKeys.Page(views, page.Take, v => (v.FoundAt, v.Id));
    }

    /// <summary>Notes that somebody has seen a change.</summary>
    /// <returns>Whether there was one that nobody had seen.</returns>
    public Task<bool> SeeAsync(Caller caller, string changeId, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.LookUpCards);
        return lookups.SeeAsync(caller, changeId, ct);
    }

    private CardVisitView View(CardVisitRow row) => new(
        row.VisitId, row.Facility, row.MaLk, Enum.Parse<CardState>(row.State), row.Code, row.Cause, seal.Open<SealedQuestion>(row.Question).Question,
        DateTimeOffset.FromUnixTimeMilliseconds(row.OpenedAt), DateTimeOffset.FromUnixTimeMilliseconds(row.ChangedAt), row.Attempts, At(row.DueAt), At(row.EndedAt), row.LookupId, At(row.ClosedAt),
        row.ClosedBy, row.Contact is { } contact ? seal.Open<string>(contact) : null);

    private static DateTimeOffset? At(long? ms) => ms is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null;

    private static string Time(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    private static void Line(IBufferWriter<byte> output, string[] cells) => output.Write(Encoding.UTF8.GetBytes(string.Join(',', cells.Select(CsvCell.Of)) + "\r\n"));
}

/// <summary>Vietnamese names of what card lookups know.</summary>
public static class CardWords
{
    /// <summary>A state.</summary>
    public static string Name(CardState state) => state switch
    {
        CardState.Verified => "Thẻ hợp lệ",
        CardState.PortalDown => "Cổng lỗi, chờ tra lại",
        CardState.Mismatch => "Sai thông tin",
        CardState.Expired => "Hết giá trị",
        _ => "Chưa tra được",
    };

    /// <summary>A moment.</summary>
    public static string Name(CardMoment moment) => moment switch
    {
        CardMoment.During => "Trong điều trị",
        CardMoment.BeforeDischarge => "Trước khi ra viện",
        _ => "Tiếp đón",
    };
}
