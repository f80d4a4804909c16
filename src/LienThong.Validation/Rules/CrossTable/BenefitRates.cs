using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The benefit rate of a card in percent and what the patient's category leaves of it; the days are data (<c>Data/amounts.csv</c>).</summary>
internal static class BenefitRates
{
    private static readonly DatedAmount[] Levels =
    [
        DatedAmount.Get("level.1"), DatedAmount.Get("level.2"), DatedAmount.Get("level.3"), DatedAmount.Get("level.4"), DatedAmount.Get("level.5"),
    ];
    private static readonly DatedAmount SmallShare = DatedAmount.Get("small_total");
    private static readonly DatedAmount Tail = DatedAmount.Get("card.tail_days");
    private static readonly DatedAmount Cn3 = DatedAmount.Get("level.CN3");
    private static readonly DatedAmount Lh4 = DatedAmount.Get("level.LH4");
    private static readonly DatedAmount Border = DatedAmount.Get("share.1.13");
    private static readonly DatedAmount Basic = DatedAmount.Get("share.1.14");
    private static readonly DatedAmount Special = DatedAmount.Get("share.1.18");
    private static readonly DatedAmount OwnWay = DatedAmount.Get("share.3.1");
    private static readonly DatedAmount OwnWayInpatient = DatedAmount.Get("share.3.1.inpatient");

    /// <summary>15 % of the base salary on the day of arrival, in VND; null when the day isn't known.</summary>
    public static decimal? SmallTotal(RecordView record) => record.Arrived.IsPresent ? SmallTotal(record.Arrived.Value.Day()) : null;

    /// <summary>15 % of the base salary on a day of arrival, in VND: bills below are paid in full; null before the first salary known.</summary>
    public static decimal? SmallTotal(DateOnly arrival) => DatedAmount.BaseSalary.On(arrival) * SmallShare.On(arrival);

    /// <summary>Days that a stay goes on being covered after its card ran out, on a day of discharge.</summary>
    public static int TailDays(DateOnly discharge) => (int)(Tail.On(discharge) ?? 0);

    /// <summary>The rate printed on the card; null for cards of the forces and unknown levels, which aren't judged.</summary>
    public static decimal? Of(ReadOnlySpan<byte> card, DateOnly arrival)
    {
        return card.Length != 15 || Reading.Contains("QN HC LS XK CY CA"u8, card[..2]) ? null : Printed(card, arrival);
    }

    /// <summary>The same for every card, those of the forces included: what group and level say; null for unknown levels and numbers that are too short.</summary>
    public static decimal? Printed(ReadOnlySpan<byte> card, DateOnly arrival)
    {
        if (card.Length < 3) return null;
        if (card.StartsWith("TE"u8)) return 100;
        if (card.StartsWith("CN3"u8)) return Cn3.On(arrival);
        if (card.StartsWith("LH4"u8)) return Lh4.On(arrival);
        int level = card[2] - '1';
        return (uint)level < 5 ? Levels[level].On(arrival) : null;
    }

    /// <summary>What coming on one's own leaves of the rate, 0 to 1; 1 for everybody else.</summary>
    public static decimal Share(RecordView record) => Share(record.Summary[Xml1.MA_DOITUONG_KCB].Trimmed, record.IsVisit(3, 4, 6, 9), record.Day);

    /// <summary>The same for a category (<c>MA_DOITUONG_KCB</c>) on a day of discharge.</summary>
    public static decimal Share(ReadOnlySpan<byte> category, bool stays, DateOnly day)
    {
        DatedAmount? share = category.SequenceEqual("1.13"u8) ? Border
            : category.SequenceEqual("1.14"u8) ? Basic
            : category.SequenceEqual("1.18"u8) ? Special
            : !category.SequenceEqual("3.1"u8) ? null
            : stays ? OwnWayInpatient : OwnWay;
        return share?.On(day) ?? 1;
    }

    /// <summary>The day and minute from which there is no co-payment; absent when there is no waiver. 8 digits count from midnight.</summary>
    public static Read<DateTime> Waiver(RecordView record)
    {
        Value from = record.Summary[Xml1.NGAY_MIEN_CCT];
        Read<DateTime> moment = from.DateTime12();
        if (!moment.IsMalformed) return moment;
        Read<DateOnly> day = from.Date8();
        return day.IsPresent ? Read<DateTime>.Of(day.Value.ToDateTime(TimeOnly.MinValue)) : moment;
    }
}
