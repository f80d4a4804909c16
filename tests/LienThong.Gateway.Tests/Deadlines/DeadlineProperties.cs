using FsCheck;
using FsCheck.Fluent;
using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Tests.Deadlines;

public sealed class DeadlineProperties
{
    private static readonly DateTimeOffset Epoch = new(2024, 1, 1, 0, 0, 0, TimeSpan.FromHours(7));
    private static readonly DeadlineGround Shipped = new(WorkCalendar.Shipped);

    [Fact]
    public void A_later_end_never_gives_an_earlier_deadline() => Check.One(Properties.Times(1000), Prop.ForAll<NonNegativeInt, NonNegativeInt>((a, b) =>
    {
        (DateTimeOffset first, DateTimeOffset second) = Ordered(Moment(a), Moment(b));
        return Shipped.For("", first)!.Closes <= Shipped.For("", second)!.Closes;
    }));

    [Fact]
    public void A_deadline_lies_after_its_start_and_before_the_fifth_of_the_next_month() => Check.One(Properties.Times(1000), Prop.ForAll<NonNegativeInt>(a =>
    {
        DateTimeOffset start = Moment(a);
        Deadline deadline = Shipped.For("", start)!;
        DateTimeOffset fifth = new(new DateTime(start.Year, start.Month, 5).AddMonths(1), start.Offset);
        return deadline.Closes > start && deadline.Closes <= fifth && deadline.Closes.TimeOfDay == TimeSpan.Zero;
    }));

    [Fact]
    public void A_day_more_off_never_makes_a_deadline_earlier() => Check.One(Properties.Times(1000), Prop.ForAll<NonNegativeInt, NonNegativeInt>((a, b) =>
    {
        DateTimeOffset start = Moment(a);
        DeadlineGround fewer = new(WorkCalendar.Shipped.With([new CalendarDay(DateOnly.FromDateTime(start.Date).AddDays(b.Get % 20), false, "Nghỉ")]));
        return fewer.For("", start)!.Closes >= Shipped.For("", start)!.Closes;
    }));

    [Fact]
    public void One_incident_more_never_makes_a_deadline_earlier() => Check.One(Properties.Times(2000), Prop.ForAll<NonNegativeInt, int[], int>((a, some, more) =>
    {
        DateTimeOffset start = Moment(a);
        DateTimeOffset plain = Shipped.For("", start)!.Closes;
        DateTimeOffset with = Extended(start, some), withMore = Extended(start, [.. some, more]);
        return plain <= with && with <= withMore;
    }));

    [Fact]
    public void Incidents_over_before_the_visit_ended_add_nothing() => Check.One(Properties.Times(500), Prop.ForAll<NonNegativeInt, PositiveInt, PositiveInt>((a, gap, length) =>
    {
        DateTimeOffset start = Moment(a), to = start.AddMinutes(-(gap.Get % 5000) - 1);
        DeadlineGround ground = new(WorkCalendar.Shipped, [("", new IncidentPeriod(to.AddMinutes(-length.Get), to, IncidentEffect.Lengthen)), ("", new IncidentPeriod(to.AddMinutes(-length.Get), to, IncidentEffect.UntilRepaired))]);
        return !ground.For("", start)!.IsExtended;
    }));

    [Fact]
    public void An_outage_that_lies_within_the_time_lengthens_it_by_exactly_itself() => Check.One(Properties.Times(500), Prop.ForAll<NonNegativeInt, PositiveInt, PositiveInt>((a, from, length) =>
    {
        DateTimeOffset start = Moment(a), began = start.AddMinutes(from.Get % 1000);
        TimeSpan lasts = TimeSpan.FromMinutes(length.Get % 3000);
        Deadline deadline = new DeadlineGround(WorkCalendar.Shipped, [("", new IncidentPeriod(began, began + lasts, IncidentEffect.Lengthen))]).For("", start)!;
        return deadline.Closes - deadline.Original == (began < deadline.Original ? lasts : TimeSpan.Zero);
    }));

    // From a number an incident that begins up to two weeks before or after the start and lasts up to four days.
    private static DateTimeOffset Extended(DateTimeOffset start, int[] incidents) => new DeadlineGround(
        WorkCalendar.Shipped, incidents.Select(seed =>
        {
            Random random = new(seed);
            DateTimeOffset from = start.AddMinutes(random.Next(-20_000, 20_000));
            return ("", new IncidentPeriod(from, from.AddMinutes(random.Next(6000)), random.Next(2) == 0 ? IncidentEffect.Lengthen : IncidentEffect.UntilRepaired));
        })).For("", start)!.Closes;

    private static DateTimeOffset Moment(NonNegativeInt seed) => Epoch.AddMinutes((long)seed.Get * 7919 % (4L * 365 * 24 * 60));

    private static (DateTimeOffset, DateTimeOffset) Ordered(DateTimeOffset a, DateTimeOffset b) => a <= b ? (a, b) : (b, a);
}
