using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>A link of the chain of moments of a cost line; in the order in which a person should mend them.</summary>
internal enum TimeLink : byte
{
    /// <summary>Arrival ≤ order ≤ discharge.</summary>
    OrderInStay,

    /// <summary>Order ≤ doing.</summary>
    DoneAfterOrder,

    /// <summary>Order ≤ result.</summary>
    ResultAfterOrder,

    /// <summary>Doing ≤ result.</summary>
    ResultAfterDone,

    /// <summary>Doing ≤ discharge.</summary>
    DoneInStay,

    /// <summary>Result ≤ discharge; later results of tests are legal for 60 days.</summary>
    ResultInStay,
}

/// <summary>Which links of a cost line's chain of moments are broken, and how badly.</summary>
internal readonly struct TimeChain
{
    private readonly byte broken;
    private readonly byte mild;
    private readonly byte grave;
    private readonly byte unread;

    private TimeChain(byte broken, byte mild, byte grave, byte unread)
    {
        this.broken = broken;
        this.mild = mild;
        this.grave = grave;
        this.unread = unread;
    }

    /// <summary>How many links are broken.</summary>
    public int Count => System.Numerics.BitOperations.PopCount(broken);

    /// <summary>The first broken link.</summary>
    public TimeLink First => (TimeLink)System.Numerics.BitOperations.TrailingZeroCount(broken);

    /// <summary>Every broken link has the order at one end: it alone is out of place.</summary>
    public bool IsAboutOrder => AreAllAmong([TimeLink.OrderInStay, TimeLink.DoneAfterOrder, TimeLink.ResultAfterOrder]);

    /// <summary>Every broken link has the doing at one end.</summary>
    public bool IsAboutDoing => AreAllAmong([TimeLink.DoneAfterOrder, TimeLink.ResultAfterDone, TimeLink.DoneInStay]);

    /// <summary>Every broken link has the result at one end.</summary>
    public bool IsAboutResult => AreAllAmong([TimeLink.ResultAfterOrder, TimeLink.ResultAfterDone, TimeLink.ResultInStay]);

    /// <summary>The severity of the worst broken link.</summary>
    public Severity Worst => (broken & grave) != 0 ? Severity.Block : (broken & ~mild) != 0 ? Severity.Warn : Severity.Info;

    /// <summary>The first broken link as people name it.</summary>
    public string NameOfFirst => First switch
    {
        TimeLink.OrderInStay => "NGAY_VAO – NGAY_YL – NGAY_RA",
        TimeLink.DoneAfterOrder => "NGAY_YL – NGAY_TH_YL",
        TimeLink.ResultAfterOrder => "NGAY_YL – NGAY_KQ",
        TimeLink.ResultAfterDone => "NGAY_TH_YL – NGAY_KQ",
        TimeLink.DoneInStay => "NGAY_TH_YL – NGAY_RA",
        _ => "NGAY_KQ – NGAY_RA",
    };

    public static TimeChain Of(Row row, RecordView record)
    {
        ref readonly CostLine line = ref record.Lines.Of(row);
        var chain = new Builder();
        bool drug = row.Table.Id == TableId.Xml2;
        bool judgesDone = !drug || record.SinceQD3176;
        bool mayFollow = record.SinceQD3176 && record.IsVisit(2, 8) && !drug;
        chain.Add(TimeLink.OrderInStay, line.Ordered, record.Discharged, static (order, discharge) => order <= discharge, mayFollow ? Severity.Info : Severity.Warn);
        chain.MarkLateOrder();
        chain.Add(TimeLink.OrderInStay, line.Ordered, record.Arrived, static (order, arrival) => order >= arrival, Severity.Warn);
        if (judgesDone)
        {
            chain.Add(TimeLink.DoneAfterOrder, line.Done, line.Ordered, static (done, order) => done >= order, Severity.Block);
            bool later = record.SinceQD3176 && record.IsVisit(2, 8);
            chain.Add(TimeLink.DoneInStay, line.Done, record.Discharged, static (done, discharge) => done <= discharge, later ? Severity.Info : Severity.Warn);
        }

        if (drug) return chain.WithoutConsequences();
        chain.Add(TimeLink.ResultAfterOrder, line.Finished, line.Ordered, static (result, order) => result >= order, Severity.Block);
        chain.Add(TimeLink.ResultAfterDone, line.Finished, line.Done, static (result, done) => result >= done, Severity.Warn);
        if (line.IsBed || line.Group is 8 or 18)
            chain.Add(TimeLink.ResultInStay, line.Finished, record.Discharged, static (result, discharge) => result <= discharge, Severity.Warn);
        else if (line.Group is 1 or 2 or 3)
            chain.AddLateResult(line.Finished, record.Discharged);
        return chain.WithoutConsequences();
    }

    public bool IsBroken(TimeLink link) => (broken & (1 << (int)link)) != 0;

    public bool IsUnread(TimeLink link) => (unread & (1 << (int)link)) != 0;

    public Severity SeverityOf(TimeLink link) =>
        (grave & (1 << (int)link)) != 0 ? Severity.Block : (mild & (1 << (int)link)) != 0 ? Severity.Info : Severity.Warn;

    /// <summary>The other end of the first broken link, as received.</summary>
    public string EarlierText(Row row, RecordView record)
    {
        bool drug = row.Table.Id == TableId.Xml2;
        ref readonly CostLine line = ref record.Lines.Of(row);
        return First switch
        {
            TimeLink.OrderInStay => Show.Text(record.Summary[line.Ordered.Value < record.Arrived.Value ? Xml1.NGAY_VAO : Xml1.NGAY_RA]),
            TimeLink.DoneAfterOrder or TimeLink.ResultAfterOrder => Show.Text(row[drug ? Xml2.NGAY_YL : Xml3.NGAY_YL]),
            TimeLink.ResultAfterDone => Show.Text(row[Xml3.NGAY_TH_YL]),
            _ => Show.Text(record.Summary[Xml1.NGAY_RA]),
        };
    }

    private bool AreAllAmong(ReadOnlySpan<TimeLink> links)
    {
        int others = broken;
        foreach (TimeLink link in links) others &= ~(1 << (int)link);
        return others == 0;
    }

    private struct Builder
    {
        private const int LateDays = 60;
        private byte broken;
        private byte mild;
        private byte grave;
        private byte unread;
        private bool orderIsLate;

        /// <summary>
        /// The chain without links that break only because an earlier one does: with order ≤ doing, a result before the order is
        /// also before the doing, and what follows an order after discharge is after discharge too.
        /// </summary>
        public TimeChain WithoutConsequences()
        {
            if (Has(TimeLink.ResultAfterOrder) && !Has(TimeLink.DoneAfterOrder)) Unmark(TimeLink.ResultAfterDone);
            else if (Has(TimeLink.DoneAfterOrder) && !Has(TimeLink.ResultAfterDone)) Unmark(TimeLink.ResultAfterOrder);
            if (Has(TimeLink.OrderInStay) && orderIsLate) Unmark(TimeLink.DoneInStay);
            if ((Has(TimeLink.OrderInStay) && orderIsLate) || Has(TimeLink.DoneInStay)) Unmark(TimeLink.ResultInStay);
            return new(broken, mild, grave, unread);
        }

        public void Add(TimeLink link, Read<DateTime> moment, Read<DateTime> other, Func<DateTime, DateTime, bool> holds, Severity severity)
        {
            if (moment.IsAbsent) return;
            if (!moment.IsPresent || other.IsMalformed) Mark(ref unread, link);
            else if (other.IsPresent && !holds(moment.Value, other.Value)) Break(link, severity);
        }

        public void MarkLateOrder() => orderIsLate = Has(TimeLink.OrderInStay);

        private readonly bool Has(TimeLink link) => (broken & (1 << (int)link)) != 0;

        private void Unmark(TimeLink link) => broken &= (byte)~(1 << (int)link);

        public void AddLateResult(Read<DateTime> result, Read<DateTime> discharge)
        {
            if (result.IsMalformed || (result.IsPresent && discharge.IsMalformed)) Mark(ref unread, TimeLink.ResultInStay);
            if (!result.IsPresent || !discharge.IsPresent || result.Value <= discharge.Value) return;
            bool late = result.Value.Day().DayNumber - discharge.Value.Day().DayNumber > LateDays;
            Break(TimeLink.ResultInStay, late ? Severity.Warn : Severity.Info);
        }

        private void Break(TimeLink link, Severity severity)
        {
            Mark(ref broken, link);
            if (severity == Severity.Info) Mark(ref mild, link);
            if (severity == Severity.Block) Mark(ref grave, link);
        }

        private static void Mark(ref byte bits, TimeLink link) => bits |= (byte)(1 << (int)link);
    }
}
