using LienThong.Gateway.Cards;
using LienThong.Gateway.Storage;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.History;

/// <summary>What card lookups answered for the visits of some records.</summary>
internal sealed class CardAnswers
{
    private readonly List<CardFactsRow> rows;
    private readonly HashSet<string> reporting;

    private CardAnswers(List<CardFactsRow> rows, HashSet<string> reporting) => (this.rows, this.reporting) = (rows, reporting);

    /// <summary>Nothing known.</summary>
    public static CardAnswers None { get; } = new([], []);

    /// <summary>Reads them; two small queries, however many records.</summary>
    public static async Task<CardAnswers> LoadAsync(Database database, WriteSession? session, IReadOnlyList<AskedRecord> asked, CancellationToken ct)
    {
        if (asked.Count == 0)
            return None;
        HashSet<string> told = await CardSettingStore.ReportingAsync(database, session, asked.Select(a => a.Facts.Facility).Distinct(StringComparer.Ordinal), ct);
        return new CardAnswers(
            await CardLookupStore.FactsAsync(database, session, asked.Select(a => a.Facts.MaLk), asked.SelectMany(a => CardsOf(a.Facts)), asked.Select(a => a.Facts).Where(f => f.Cccd.Length > 0).Select(CitizenOf), ct),
            told);
    }

    /// <summary>Whether the facility wants to be told of visits without a lookup.</summary>
    public bool IsExpected(RecordFacts own) => reporting.Contains(own.Facility);

    /// <summary>
    /// The newest answer for the visit: asked with its <c>MA_LK</c>, else about the same person from the day before arrival to the day of discharge, so that a card
    /// renewed later says nothing of this visit. Null when there is none.
    /// </summary>
    public CardAnswer? Of(RecordFacts own)
    {
        if (rows.Count == 0)
            return null;
        foreach (CardFactsRow row in rows)
        {
            if (row.Facility == own.Facility && row.MaLk.Length > 0 && row.MaLk == own.MaLk)
                return CardFacts.Unpack(row.Facts);
        }
        HashSet<long> cards = [.. CardsOf(own)];
        long? citizen = own.Cccd.Length > 0 ? CitizenOf(own) : null;
        foreach (CardFactsRow row in rows)
        {
            bool samePerson = (row.CardHash is { } card && cards.Contains(card)) || (row.CitizenHash is { } number && number == citizen);
            if (row.Facility == own.Facility && row.MaLk.Length == 0 && samePerson && IsDuring(own, row.StartedAt))
                return CardFacts.Unpack(row.Facts);
        }
        return null;
    }

    private static bool IsDuring(RecordFacts own, long at)
    {
        DateOnly day = DateTimeOffset.FromUnixTimeMilliseconds(at).VietnamDay();
        return own.Arrived is { } arrived && day >= DateOnly.FromDateTime(arrived).AddDays(-1) && (own.Discharged is not { } left || day <= DateOnly.FromDateTime(left));
    }

    private static IEnumerable<long> CardsOf(RecordFacts facts) => facts.Cards.Select(c => HistoryKey.OfCard(facts.Facility, c));

    private static long CitizenOf(RecordFacts facts) => HistoryKey.OfCitizen(facts.Facility, facts.Cccd);
}
