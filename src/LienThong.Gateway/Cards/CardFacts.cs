using System.Text.Json;
using LienThong.Portal;
using LienThong.Validation;
using Answer = LienThong.Validation.CardAnswer;
using PortalCardAnswer = LienThong.Portal.CardAnswer;

namespace LienThong.Gateway.Cards;

/// <summary>What rules compare of an answer, and what two answers tell differently.</summary>
internal static class CardFacts
{
    /// <summary>Fields of an answer that say something of the card; texts for people and histories don't count as changes.</summary>
    private static readonly string[] Compared =
    [
        "hoTen", "ngaySinh", "gioiTinh", "maThe", "maDKBD", "gtTheTu", "gtTheDen", "maKV", "ngayDu5Nam", "maSoBHXH", "maTheCu", "maTheMoi", "gtTheTuMoi", "gtTheDenMoi", "maDKBDMoi",
    ];

    /// <summary>What of an answer rules compare with a record; null when it tells nothing of the card.</summary>
    public static Answer? Of(PortalCardAnswer card, CardQuestion question)
    {
        CardRefusal? refusal = Refusal(card.Meaning, question);
        string number = Number(card.Field("maThe"));
        if (refusal is null && card.Meaning.State is CardState.Unverified or CardState.PortalDown)
            return null;
        string newer = Number(card.Field("maTheMoi"));
        return new Answer(
            card.Field("hoTen").Trim(), CardDates.AsInRecord(card.Field("ngaySinh")), Sex(card.Field("gioiTinh")), card.Field("maDKBD").Trim(),
            CardDates.AsInRecord(card.Field("gtTheTu")), CardDates.AsInRecord(card.Field("gtTheDen")), null)
        {
            Number = number,
            Area = card.Field("maKV").Trim().ToUpperInvariant(),
            FiveYears = CardDates.AsInRecord(card.Field("ngayDu5Nam")),
            Newer = newer.Length == 0 ? null : new CardPeriod(
                newer, card.Field("maDKBDMoi").Trim(), CardDates.AsInRecord(card.Field("gtTheTuMoi")), CardDates.AsInRecord(card.Field("gtTheDenMoi"))),
            Refusal = refusal,
        };
    }

    /// <summary>Fields that two answers tell differently, in the order of the portal's answer.</summary>
    public static IReadOnlyList<CardFieldChange> Changes(PortalCardAnswer? before, PortalCardAnswer after) => before is null ? []
        : [.. Compared.Where(f => before.Field(f).Trim() != after.Field(f).Trim()).Select(f => new CardFieldChange(f, before.Field(f).Trim(), after.Field(f).Trim()))];

    /// <summary>The social-insurance number in an answer: the last ten characters of its card; empty when it has none.</summary>
    public static string SocialNumber(PortalCardAnswer card)
    {
        string number = Number(card.Field("maThe"));
        if (number.Length == 0)
            number = Number(card.Field("maSoBHXH"));
        return number.Length >= 10 ? number[^10..] : "";
    }

    public static byte[] Pack(Answer answer) => JsonSerializer.SerializeToUtf8Bytes(answer);

    public static Answer Unpack(byte[] packed) => JsonSerializer.Deserialize<Answer>(packed)!;

    private static CardRefusal? Refusal(CardLookupCode code, CardQuestion question)
    {
        if (code.State is not (CardState.Mismatch or CardState.Expired))
            return null;
        string text = $"mã {code.Code}: {code.Meaning}";
        return code.Code switch
        {
            "060" or "061" => new CardRefusal(CardRefusalOf.Name, question.Name, text),
            "070" => new CardRefusal(CardRefusalOf.Birth, question.BornAsInRecord, text),
            // A card that has run out is told by its dates.
            "010" => null,
            _ => new CardRefusal(CardRefusalOf.Card, question.Kind == CardNumberKind.Citizen ? "" : question.Number, text),
        };
    }

    private static string Sex(string text) => PersonNames.Bare(text) switch
    {
        "NAM" or "1" => "1",
        "NU" or "2" => "2",
        _ => "",
    };

    // A citizen number stands there when that was what was asked: it isn't a card's.
    private static string Number(string text) => text.Trim().ToUpperInvariant() is { Length: 15 or 10 } number ? number : "";
}
