using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: insurance cards, their registration places and validity; the four lists run in parallel.</summary>
internal static class CardRules
{
    // Nobody holds that many; comparing each with each must stay cheap.
    private const int MostCards = 50;

    public static readonly Rule[] All =
    [
        Items("X1-MA_THE_BHYT-001", Xml1.MA_THE_BHYT, "^[A-Z]{2}[0-9]{13}$"),

        // The third character is the benefit level printed on the card.
        new RowRule("X1-MA_THE_BHYT-002", Xml1.MA_THE_BHYT, static (row, _) =>
        {
            foreach (ReadOnlySpan<byte> card in row[Xml1.MA_THE_BHYT].Items())
            {
                if (card.Length == 15 && card[2] is < (byte)'1' or > (byte)'5') return Breach.OfPart(card);
            }

            return Answer.Holds;
        }),

        // The same number twice is legitimate only with other dates.
        new RowRule("X1-MA_THE_BHYT-003", Xml1.MA_THE_BHYT, static (row, _) => AreDistinct(row), Xml1.GT_THE_TU),

        new RowRule("X1-MA_THE_BHYT-005", Xml1.MA_THE_BHYT, static (row, _) =>
            row[Xml1.MA_DOITUONG_KCB].IsEmpty || row[Xml1.MA_DOITUONG_KCB].Is("9"u8)
                ? Answer.NotApplicable : !row[Xml1.MA_THE_BHYT].IsEmpty, Xml1.MA_DOITUONG_KCB),

        new RowRule("X1-MA_THE_BHYT-006", Xml1.MA_THE_BHYT, static (row, _) =>
            !row[Xml1.MA_DOITUONG_KCB].Is("9"u8) ? Answer.NotApplicable
            : FirstFilled(row) is { } filled ? Breach.Of(filled) : Answer.Holds, Xml1.MA_DOITUONG_KCB),

        new RowRule("X1-MA_THE_BHYT-007", Xml1.MA_THE_BHYT, static (row, _) =>
            row[Xml1.T_BHTT].Decimal() is { IsPresent: true, Value: > 0 } ? !row[Xml1.MA_THE_BHYT].IsEmpty : Answer.NotApplicable, Xml1.T_BHTT),

        Items("X1-MA_DKBD-001", Xml1.MA_DKBD, "^[0-9]{5}$"),

        // As many registration places and dates as cards; cards of the forces may have no end.
        new RowRule("X1-THE_LIST-001", Xml1.MA_THE_BHYT, static (row, _) => AreParallel(row)),

        new RowRule("X1-GT_THE-001", Xml1.GT_THE_TU, static (row, _) => AreDays(row, Xml1.GT_THE_TU)) { OwnsForm = true },
        new RowRule("X1-GT_THE-001", Xml1.GT_THE_DEN, static (row, _) => AreDays(row, Xml1.GT_THE_DEN)) { OwnsForm = true },

        // A card starts before it ends.
        new RowRule("X1-GT_THE-002", Xml1.GT_THE_TU, static (row, _) =>
        {
            var cards = new CardPeriods(row);
            while (cards.MoveNext())
            {
                if (cards.From is { } from && cards.To is { } to && from > to)
                    return Breach.With("i", Show.Number(cards.Position)).And("tu", Show.Day(from)).And("den", Show.Day(to));
            }

            return Answer.Holds;
        }, Xml1.GT_THE_DEN),

        // Some card covers the day of arrival; donors and newborns get theirs later.
        new RowRule("X1-GT_THE-003", Xml1.GT_THE_TU, static (row, record) =>
            !record.InClaim || row[Xml1.MA_DOITUONG_KCB].IsOneOf("1.6 1.7"u8) || row[Xml1.GT_THE_TU].IsEmpty ? Answer.NotApplicable
            : record.Arrived.IsPresent ? Cover(row, record.Arrived.Value.Day()) : Answer.Malformed, Xml1.GT_THE_DEN, Xml1.NGAY_VAO, Xml1.MA_THE_BHYT),

        // The fund pays at most 15 days after the card has ended.
        new RowRule("X1-GT_THE-004", Xml1.GT_THE_DEN, static (row, record) =>
            record.InClaim && record.Discharged.IsPresent && LastDay(row) is { } last && last < record.Discharged.Value.Day()
                ? Breach.As(record.Discharged.Value.Day().DayNumber - last.DayNumber <= 15 ? Severity.Info : Severity.Warn).And("last", Show.Day(last))
                : Answer.NotApplicable, Xml1.NGAY_RA),

        // A card that starts after discharge has nothing to do with the visit.
        new RowRule("X1-GT_THE-005", Xml1.GT_THE_TU, static (row, record) =>
        {
            if (!record.Discharged.IsPresent) return Answer.Missing(record.Discharged);
            var cards = new CardPeriods(row);
            while (cards.MoveNext())
            {
                if (cards.From is { } from && from > record.Discharged.Value.Day())
                    return Breach.With("i", Show.Number(cards.Position)).And("tu", Show.Day(from));
            }

            return Answer.Holds;
        }, Xml1.NGAY_RA),

        // A provisional registration (…000) is valid for the stay.
        new RowRule("X1-GT_THE-006", Xml1.MA_DKBD, static (row, record) => FitsProvisional(row, record), Xml1.GT_THE_TU, Xml1.GT_THE_DEN, Xml1.NGAY_VAO, Xml1.NGAY_RA),
    ];

    private static Answer AreDistinct(Row row)
    {
        if (row[Xml1.MA_THE_BHYT].Items().Count() > MostCards) return Answer.Malformed;
        int i = 0;
        foreach (ReadOnlySpan<byte> card in row[Xml1.MA_THE_BHYT].Items())
        {
            int j = 0;
            foreach (ReadOnlySpan<byte> other in row[Xml1.MA_THE_BHYT].Items())
            {
                if (j > i && !card.IsEmpty && card.SequenceEqual(other))
                    return Breach.As(ItemAt(row[Xml1.GT_THE_TU], i).SequenceEqual(ItemAt(row[Xml1.GT_THE_TU], j)) ? Severity.Warn : Severity.Info);
                j++;
            }

            i++;
        }

        return Answer.Holds;
    }

    private static ReadOnlySpan<byte> ItemAt(Value list, int position)
    {
        int at = 0;
        foreach (ReadOnlySpan<byte> item in list.Items())
        {
            if (at++ == position) return item;
        }

        return default;
    }

    private static FieldId? FirstFilled(Row row)
    {
        if (!row[Xml1.MA_THE_BHYT].IsEmpty) return Xml1.MA_THE_BHYT;
        if (!row[Xml1.MA_DKBD].IsEmpty) return Xml1.MA_DKBD;
        if (!row[Xml1.GT_THE_TU].IsEmpty) return Xml1.GT_THE_TU;
        return row[Xml1.GT_THE_DEN].IsEmpty ? null : Xml1.GT_THE_DEN;
    }

    private static Answer AreParallel(Row row)
    {
        int cards = row[Xml1.MA_THE_BHYT].Items().Count();
        if (cards == 0) return Answer.NotApplicable;
        int places = row[Xml1.MA_DKBD].Items().Count();
        int starts = row[Xml1.GT_THE_TU].Items().Count();
        int ends = row[Xml1.GT_THE_DEN].Items().Count();
        if (places == cards && starts == cards && (ends == cards || (ends == 0 && AllOfTheForces(row)))) return Answer.Holds;
        FieldId field = places != cards ? Xml1.MA_DKBD : starts != cards ? Xml1.GT_THE_TU : Xml1.GT_THE_DEN;
        return Breach.Of(field)
            .And("n", Show.Number(cards)).And("n2", Show.Number(places))
            .And("n3", Show.Number(starts)).And("n4", Show.Number(ends));
    }

    private static bool AllOfTheForces(Row row)
    {
        foreach (ReadOnlySpan<byte> card in row[Xml1.MA_THE_BHYT].Items())
        {
            if (!IsOfTheForces(card)) return false;
        }

        return true;
    }

    private static bool IsOfTheForces(ReadOnlySpan<byte> card) => card.Length > 2 && Reading.Contains("QN HC LS XK CY CA"u8, card[..2]);

    private static Answer AreDays(Row row, FieldId field)
    {
        ListItems cards = row[Xml1.MA_THE_BHYT].Items();
        foreach (ReadOnlySpan<byte> item in row[field].Items())
        {
            bool mayBeEmpty = cards.MoveNext() && field == Xml1.GT_THE_DEN && IsOfTheForces(cards.Current);
            if (item.IsEmpty ? mayBeEmpty : Typed.Date8(item).IsPresent) continue;
            return Breach.OfPart(item).At(field);
        }

        return Answer.Holds;
    }

    // When every card has ended before the day, its end is what to look at; otherwise its start.
    private static Answer Cover(Row row, DateOnly day)
    {
        bool ended = true;
        var cards = new CardPeriods(row);
        while (cards.MoveNext())
        {
            if (cards.From is not { } from) continue;
            if (from <= day && (cards.To is not { } to || day <= to)) return Answer.Holds;
            ended &= from <= day;
        }

        return Breach.Of(ended ? Xml1.GT_THE_DEN : Xml1.GT_THE_TU);
    }

    private static DateOnly? LastDay(Row row)
    {
        DateOnly? last = null;
        foreach (ReadOnlySpan<byte> item in row[Xml1.GT_THE_DEN].Items())
        {
            if (Typed.Date8(item) is { IsPresent: true } day && (last is null || day.Value > last)) last = day.Value;
            else if (item.IsEmpty) return null;
        }

        return last;
    }

    private static Answer FitsProvisional(Row row, RecordView record)
    {
        if (!record.Arrived.IsPresent || !record.Discharged.IsPresent) return Reading.Missing(record.Arrived, record.Discharged);
        var cards = new CardPeriods(row);
        foreach (ReadOnlySpan<byte> place in row[Xml1.MA_DKBD].Items())
        {
            cards.MoveNext();
            if (!place.EndsWith("000"u8) || place.Length != 5) continue;
            if (cards.From != record.Arrived.Value.Day() || cards.To != record.Discharged.Value.Day()) return Answer.Broken;
        }

        return Answer.Holds;
    }
}
