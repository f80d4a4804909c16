using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The record against the card look-up and the check-in of its visit.</summary>
internal static class CardHistoryRules
{
    public static readonly HistoryRule[] All =
    [
        // Newborns are looked up under a parent's name, and cards of the forces may not be found.
        new("REC-CARD-003", Xml1.MA_THE_BHYT, static c =>
        {
            if (c.Own.Cards.Length != 1 || c.Own.IsOfTheForces || c.History.Card(c.Own) is not { } card) return;
            Compare(c, Xml1.HO_TEN, c.Own.Name, card.Name, Plain(c.Own.Name) == Plain(card.Name));
            Compare(c, Xml1.NGAY_SINH, c.Own.Born, card.Born, c.Own.Born.StartsWith(card.Born, StringComparison.Ordinal));
            Compare(c, Xml1.GIOI_TINH, c.Own.Sex, card.Sex, c.Own.Sex == card.Sex);
            Compare(c, Xml1.MA_DKBD, c.Own.Registered, card.Registered, c.Own.Registered == card.Registered);
            Compare(c, Xml1.GT_THE_TU, c.Own.CardFrom, card.From, c.Own.CardFrom == card.From);
            Compare(c, Xml1.GT_THE_DEN, c.Own.CardTo, card.To, c.Own.CardTo == card.To);
        }),

        new("REC-CARD-004", Xml1.MA_THE_BHYT, static c =>
        {
            if (c.Own.Cards.Length > 0 && !c.Own.IsOfTheForces && c.History.Card(c.Own) is null) c.Broken(null, c.Own.Cards[0]);
        }),

        // Names, births and cards may have been mended since.
        new("X0-MATCH-001", Xml1.MA_LK, static c =>
        {
            if (c.History.CheckIn(c.Own) is not { } checkIn) return;
            Compare(c, Xml1.MA_BN, c.Own.MaBn, checkIn.MaBn, c.Own.MaBn == checkIn.MaBn);
            Compare(c, Xml1.GIOI_TINH, c.Own.Sex, checkIn.Sex, c.Own.Sex == checkIn.Sex);
            Compare(c, Xml1.NGAY_VAO, EpisodeRules.Moment(c.Own.Arrived), EpisodeRules.Moment(checkIn.Arrived), c.Own.Arrived?.Date == checkIn.Arrived?.Date);
            Compare(c, Xml1.HO_TEN, c.Own.Name, checkIn.Name, Plain(c.Own.Name) == Plain(checkIn.Name), Severity.Info);
            Compare(c, Xml1.NGAY_SINH, c.Own.Born, checkIn.Born, c.Own.Born == checkIn.Born, Severity.Info);
            Compare(c, Xml1.MA_THE_BHYT, c.Own.Cards.Length == 0 ? "" : c.Own.Cards[0], checkIn.Card, Array.IndexOf(c.Own.Cards, checkIn.Card) >= 0, Severity.Info);
        }),

        new("X0-MATCH-002", Xml1.MA_LK, static c =>
        {
            if (c.Own.InClaim && c.Own.Category != "2" && c.History.CheckIn(c.Own) is null) c.Broken(null, c.Own.MaLk);
        }),
    ];

    private static void Compare(HistoryCase c, FieldId field, string value, string expected, bool same, Severity? severity = null)
    {
        if (same || expected.Length == 0) return;
        Breach breach = Breach.Of(field).Expecting(expected);
        c.Broken(null, value, severity is { } milder ? breach.Weighing(milder) : breach);
    }

    private static string Plain(string name) =>
        string.Join(' ', name.Normalize(NormalizationForm.FormC).ToUpperInvariant().Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
