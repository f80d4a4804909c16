using System.Globalization;
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
            CompareName(c, card.Name);
            Compare(c, Xml1.NGAY_SINH, c.Own.Born, card.Born, c.Own.Born.StartsWith(card.Born, StringComparison.Ordinal));
            Compare(c, Xml1.GIOI_TINH, c.Own.Sex, card.Sex, c.Own.Sex == card.Sex);
            CompareCard(c, card);
            if (card.Refusal is { } refusal) Refused(c, refusal);
        }),

        new("REC-CARD-004", Xml1.MA_THE_BHYT, static c =>
        {
            if (c.Own.Cards.Length > 0 && !c.Own.IsOfTheForces && c.History.ExpectsCard(c.Own) && c.History.Card(c.Own) is null) c.Broken(null, c.Own.Cards[0]);
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
            if (c.Own.InClaim && c.Own.Category != "2" && c.History.ExpectsCheckIn(c.Own) && c.History.CheckIn(c.Own) is null) c.Broken(null, c.Own.MaLk);
        }),
    ];

    // Another number is another card: its dates say nothing about this one.
    private static void CompareCard(HistoryCase c, CardAnswer card)
    {
        CardPeriod? held = card.Periods.FirstOrDefault(p => IsSame(c.Own.CardNumber, p.Number));
        if (held is null && card.Periods.FirstOrDefault(static p => p.Number.Length > 0) is { } other)
        {
            Compare(c, Xml1.MA_THE_BHYT, c.Own.CardNumber, other.Number, same: false);
            return;
        }

        held ??= card.Periods[0];
        Compare(c, Xml1.MA_DKBD, c.Own.Registered, held.Registered, c.Own.Registered == held.Registered);
        Compare(c, Xml1.GT_THE_TU, c.Own.CardFrom, held.From, c.Own.CardFrom == held.From);
        Compare(c, Xml1.GT_THE_DEN, c.Own.CardTo, held.To, c.Own.CardTo == held.To);
        // Left empty, both fields only cost the patient; filled in wrong, they cost the fund.
        Compare(c, Xml1.MA_KHUVUC, c.Own.Area, card.Area, c.Own.Area == card.Area, c.Own.Area.Length == 0 ? Severity.Info : null);
        string years = c.Own.FiveYears?.ToString("yyyyMMdd", CultureInfo.InvariantCulture) ?? "";
        Compare(c, Xml1.NAM_NAM_LIEN_TUC, years, card.FiveYears, years == card.FiveYears, years.Length == 0 ? Severity.Info : null);
    }

    // Compared as written first: a name that only lacks its accents is the same person nearly always.
    private static void CompareName(HistoryCase c, string expected) => Compare(
        c, Xml1.HO_TEN, c.Own.Name, expected, Plain(c.Own.Name) == Plain(expected), PersonNames.Bare(c.Own.Name) == PersonNames.Bare(expected) ? Severity.Info : null);

    // What was refused counts only while the record says what was asked.
    private static void Refused(HistoryCase c, CardRefusal refusal)
    {
        (FieldId field, string value) = refusal.Of switch
        {
            CardRefusalOf.Name => (Xml1.HO_TEN, c.Own.Name),
            CardRefusalOf.Birth => (Xml1.NGAY_SINH, c.Own.Born),
            _ => (Xml1.MA_THE_BHYT, c.Own.CardNumber),
        };
        bool asked = refusal.Of switch
        {
            CardRefusalOf.Name => Plain(value) == Plain(refusal.Asked),
            CardRefusalOf.Birth => refusal.Asked.Length > 0 && value.StartsWith(refusal.Asked, StringComparison.Ordinal),
            _ => refusal.Asked.Length == 0 || IsSame(value, refusal.Asked),
        };
        if (asked) Compare(c, field, value, refusal.Text, same: false);
    }

    // Newer cards show ten digits; old ones put five characters before the same ten.
    private static bool IsSame(string number, string other) => number == other
        || (number.Length >= 10 && other.Length >= 10 && (number.Length == 10 || other.Length == 10) && number.AsSpan()[^10..].SequenceEqual(other.AsSpan()[^10..]));

    private static void Compare(HistoryCase c, FieldId field, string value, string expected, bool same, Severity? severity = null)
    {
        if (same || expected.Length == 0) return;
        Breach breach = Breach.Of(field).Expecting(expected);
        c.Broken(null, value, severity is { } milder ? breach.Weighing(milder) : breach);
    }

    private static string Plain(string name) => PersonNames.Plain(name);
}
