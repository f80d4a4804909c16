using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Deadlines;

public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Later = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);

    // The examples of regulation-timeline.md §4, then holidays, swaps, weekends and the turn of the year.
    [Theory]
    [InlineData("202607031500", "2026-07-14", DeadlineKind.CorrectionWindow)]
    [InlineData("202607311500", "2026-08-04", DeadlineKind.MonthClose)]
    [InlineData("202607041000", "2026-07-15", DeadlineKind.CorrectionWindow)]
    [InlineData("202602130900", "2026-03-03", DeadlineKind.CorrectionWindow)]
    [InlineData("202608210900", "2026-09-03", DeadlineKind.CorrectionWindow)]
    [InlineData("202512310900", "2026-01-04", DeadlineKind.MonthClose)]
    [InlineData("202504240900", "2025-05-04", DeadlineKind.MonthClose)]
    public void Deadline_is_the_earlier_of_seven_working_days_and_the_month_close(string ngayRa, string lastDay, DeadlineKind kind)
    {
        Deadline deadline = DeadlineRules.For(ngayRa, "QD3176", "01", Later, WorkCalendar.Shipped)!;

        Assert.Equal((DateOnly.Parse(lastDay), kind), (deadline.LastDay, deadline.Kind));
        Assert.Equal(deadline.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), deadline.Closes.DateTime);
        Assert.Equal(TimeSpan.FromHours(7), deadline.Closes.Offset);
    }

    [Fact]
    public void Future_end_of_old_releases_gives_way_to_the_day_the_record_came()
    {
        DateTimeOffset received = new(2024, 7, 10, 3, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2024, 7, 19), DeadlineRules.For("202407252359", "QD4750", "05", received, WorkCalendar.Shipped)!.LastDay);
        Assert.Equal(new DateOnly(2024, 8, 4), DeadlineRules.For("202407252359", "QD4750", "03", received, WorkCalendar.Shipped)!.LastDay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("202613011200")]
    [InlineData("201701011200")]
    public void Unusable_or_too_old_end_gives_no_deadline(string ngayRa) =>
        Assert.Null(DeadlineRules.For(ngayRa, "QD3176", "01", Later, WorkCalendar.Shipped));

    [Fact]
    public void Each_year_has_the_eleven_days_of_rest_the_law_gives()
    {
        for (int year = 2024; year <= 2027; year++)
        {
            int rest = WorkCalendar.Shipped.Special.Count(d => d.Day.Year == year && !d.Works && !d.Note.Contains("hoán đổi", StringComparison.Ordinal));
            int swapped = WorkCalendar.Shipped.Special.Count(d => d.Day.Year == year && d.Note.Contains("hoán đổi", StringComparison.Ordinal));
            Assert.Equal(11, rest);
            Assert.Equal(swapped, WorkCalendar.Shipped.Special.Count(d => d.Day.Year == year && d.Works));
        }
    }

    [Fact]
    public async Task Day_added_by_a_person_moves_later_deadlines()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        Guid before = await w.IngestOneAsync("LK1");
        await w.Facilities.SetCalendarDayAsync(w.Officer, new CalendarDay(new DateOnly(2026, 7, 7), false, "Nghỉ bão"), default);

        Guid after = await w.IngestOneAsync("LK2");

        Assert.Equal(new DateTimeOffset(2026, 7, 15, 0, 0, 0, TimeSpan.FromHours(7)), (await w.DetailAsync(before)).Current.Deadline);
        Assert.Equal(new DateTimeOffset(2026, 7, 16, 0, 0, 0, TimeSpan.FromHours(7)), (await w.DetailAsync(after)).Current.Deadline);
    }
}
