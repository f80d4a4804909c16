using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Validation;
using PortalCardAnswer = LienThong.Portal.CardAnswer;

namespace LienThong.Gateway.Cards;

/// <summary>Stored lookups: what was asked, by whom, and what the portal answered to the byte. Looking at one is noted in the audit log.</summary>
public sealed class CardEvidence
{
    private readonly CardLookupStore store;
    private readonly AuditLog audit;
    private readonly CardSeal seal;
    private readonly CardLookupCodes codes;

    internal CardEvidence(CardLookupStore store, AuditLog audit, CardSeal seal, PortalOptions portal) =>
        (this.store, this.audit, this.seal, codes) = (store, audit, seal, portal.CardCodes);

    /// <summary>A lookup, whole; null when unknown or not the caller's.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ReadCards"/>.</param>
    /// <param name="id">The lookup.</param>
    /// <param name="ct">Stops.</param>
    public Task<CardLookupView?> FindAsync(Caller caller, string id, CancellationToken ct) => FindAsync(caller, id, noted: true, ct);

    /// <summary>The bytes the portal answered; null when there are none, or the lookup isn't the caller's.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ReadSensitive"/>: the history in it may tell of HIV.</param>
    /// <param name="id">The lookup.</param>
    /// <param name="ct">Stops.</param>
    public async Task<byte[]?> AnswerAsync(Caller caller, string id, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.ReadSensitive);
        if (await store.FindAsync(caller, id, ct) is not { Answer: { } answer } row)
            return null;
        await audit.NoteAsync(caller, row.Facility, "card.answer-read", id, "", ct);
        return seal.OpenBytes(answer);
    }

    /// <summary>Lookups of the caller's facilities, newest first; nothing personal is in them.</summary>
    /// <param name="caller">Needs <see cref="Permissions.ReadCards"/>.</param>
    /// <param name="facility">Only this facility; null for all.</param>
    /// <param name="maLk">Only this <c>MA_LK</c>; null for all.</param>
    /// <param name="state">Only this state; null for all.</param>
    /// <param name="visitId">Only this visit; null for all.</param>
    /// <param name="page">Rows and key.</param>
    /// <param name="ct">Stops.</param>
    public async Task<Page<CardLookupSummary>> ListAsync(Caller caller, string? facility, string? maLk, CardState? state, string? visitId, PageRequest page, CancellationToken ct)
    {
        CardSettings.Demand(caller, Permissions.ReadCards);
        List<CardLookupRow> rows = await store.ListAsync(caller, new CardLookupFilter(facility, maLk, state?.ToString(), visitId), CardKeys.Before(page.After), page.Take + 1, ct);
        return CardKeys.Page(rows.ConvertAll(Summary), page.Take, s => (s.At, s.Id));
    }

    internal async Task<CardLookupView?> FindAsync(Caller caller, string id, bool noted, CancellationToken ct)
    {
        if (noted)
            CardSettings.Demand(caller, Permissions.ReadCards);
        if (await store.FindAsync(caller, id, ct) is not { } row)
            return null;
        if (noted)
            await audit.NoteReadAsync(caller, row.Facility, "card.read", id, "", ct);
        return View(caller, row);
    }

    private CardLookupView View(Caller caller, CardLookupRow row)
    {
        SealedQuestion asked = seal.Open<SealedQuestion>(row.Request);
        PortalCardAnswer? card = row.Code.Length == 0 || row.Answer is not { } body ? null
            : CardAnswerReading.TryRead(new PortalAnswer(row.HttpStatus ?? 0, seal.OpenBytes(body), row.IsWhole != 0, "", null, TimeSpan.FromMilliseconds(row.DurationMs), row.Simulator != 0), codes);
        bool hides = card is not null && !caller.May(Permissions.ReadSensitive);
        if (hides)
            card = card! with { Visits = [.. card.Visits.Select(Masked)] };
        CardLookupCode meaning = row.Code.Length > 0 ? codes.Get(row.Code) : NoAnswer(row);
        return new CardLookupView(Summary(row), asked.Question, asked.Staff, meaning, card, card is null ? [] : Notes(asked.Question, card), row.AnswerSha256, row.DurationMs);
    }

    private static CardLookupCode NoAnswer(CardLookupRow row) => row.State == nameof(CardState.PortalDown)
        ? new CardLookupCode("", "RETRY", "Chưa tra được: " + row.Cause, "Tiếp đón bình thường theo thẻ người bệnh xuất trình; phần mềm tự tra lại cho đến khi ra viện. Không thu tiền như người không có thẻ", CardState.PortalDown)
        : new CardLookupCode("", "AUTH", "Chưa tra được: " + row.Cause, "Tiếp đón theo thẻ người bệnh xuất trình; báo bộ phận CNTT kiểm tra tài khoản Cổng", CardState.Unverified);

    // Diagnoses of HIV (B20–B24, Z21, R75) are for those who may see them.
    private static CardVisit Masked(CardVisit visit)
    {
        string code = visit.Diagnosis.TrimStart().ToUpperInvariant();
        bool holds = code.Contains("HIV", StringComparison.Ordinal) || Array.Exists(["B20", "B21", "B22", "B23", "B24", "Z21", "R75"], c => code.Contains(c, StringComparison.Ordinal));
        return holds ? visit with { Diagnosis = "(cần quyền xem riêng)" } : visit;
    }

    private static List<string> Notes(CardQuestion asked, PortalCardAnswer card)
    {
        List<string> notes = [];
        string name = card.Field("hoTen").Trim();
        if (name.Length > 0 && PersonNames.Plain(name) != PersonNames.Plain(asked.Name))
        {
            notes.Add(PersonNames.Bare(name) == PersonNames.Bare(asked.Name)
                ? $"Họ tên trên thẻ là «{name}», chỉ khác dấu với tên vừa nhập: ghi hồ sơ theo thẻ."
                : $"Họ tên trên thẻ là «{name}», khác tên vừa nhập: đối chiếu giấy tờ.");
        }
        string born = CardDates.AsInRecord(card.Field("ngaySinh"));
        if (born.Length > 0 && !born.StartsWith(asked.BornAsInRecord, StringComparison.Ordinal) && !asked.BornAsInRecord.StartsWith(born, StringComparison.Ordinal))
            notes.Add($"Ngày sinh trên thẻ là {card.Field("ngaySinh")}, khác ngày vừa nhập.");
        if (card.Field("maTheMoi") is { Length: > 0 } newer)
            notes.Add($"Thẻ mới {newer}, giá trị từ {card.Field("gtTheTuMoi")} đến {card.Field("gtTheDenMoi")}.");
        if (asked.Kind != CardNumberKind.Citizen && card.Field("maThe") is { Length: 15 } number && asked.Number.Length == 15 && number != asked.Number)
            notes.Add($"Số thẻ hiện nay là {number}: dùng số này trong hồ sơ.");
        return notes;
    }

    private static CardLookupSummary Summary(CardLookupRow row) => new(
        row.LookupId, row.VisitId, row.Facility, row.MaLk, Enum.Parse<CardMoment>(row.Moment), row.Origin, row.Actor, DateTimeOffset.FromUnixTimeMilliseconds(row.StartedAt), row.HttpStatus,
        row.Code, Enum.Parse<CardState>(row.State), row.Cause, row.Simulator != 0);
}

/// <summary>Keys of pages: moment and id of the last row.</summary>
internal static class CardKeys
{
    public static (long At, string Id) Before(string? key) => Read(key) ?? (long.MaxValue, "~");

    public static (long At, string Id) After(string? key) => Read(key) ?? (0, "");

    public static Page<T> Page<T>(List<T> rows, int take, Func<T, (DateTimeOffset At, string Id)> keyOf)
    {
        if (rows.Count <= take)
            return new Page<T>(rows, null, null);
        rows = rows[..take];
        (DateTimeOffset at, string id) = keyOf(rows[^1]);
        return new Page<T>(rows, string.Create(CultureInfo.InvariantCulture, $"{at.ToUnixTimeMilliseconds()}.{id}"), null);
    }

    // Anything else than a key begins at the beginning.
    private static (long, string)? Read(string? key) =>
        key?.Split('.', 2) is [var at, var id] && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out long ms) && id.Length <= 40 ? (ms, id) : null;
}
