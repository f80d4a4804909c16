using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Tests.Deadlines;

public sealed class DeadlineTests
{
    private static readonly DateTimeOffset Later = new(2026, 12, 31, 0, 0, 0, TimeSpan.Zero);
    private static readonly DeadlineGround Shipped = new(WorkCalendar.Shipped);

    // The examples of regulation-timeline.md §4, then holidays, Tết, swaps, weekends and the turn of the year.
    [Theory]
    [InlineData("202607031500", "2026-07-14", DeadlineKind.CorrectionWindow)]
    [InlineData("202607311500", "2026-08-04", DeadlineKind.MonthClose)]
    [InlineData("202607041000", "2026-07-15", DeadlineKind.CorrectionWindow)]
    [InlineData("202607052359", "2026-07-15", DeadlineKind.CorrectionWindow)]
    [InlineData("202602130900", "2026-03-03", DeadlineKind.CorrectionWindow)]
    [InlineData("202602170900", "2026-03-04", DeadlineKind.CorrectionWindow)]
    [InlineData("202608210900", "2026-09-03", DeadlineKind.CorrectionWindow)]
    [InlineData("202512310900", "2026-01-04", DeadlineKind.MonthClose)]
    [InlineData("202504240900", "2025-05-04", DeadlineKind.MonthClose)]
    public void Deadline_is_the_earlier_of_seven_working_days_and_the_month_close(string ngayRa, string lastDay, DeadlineKind kind)
    {
        Deadline deadline = Shipped.For("99001", ngayRa, "QD3176", "01", Later)!;

        Assert.Equal((DateOnly.Parse(lastDay), kind), (deadline.LastDay, deadline.Kind));
        Assert.Equal(deadline.LastDay.AddDays(1).ToDateTime(TimeOnly.MinValue), deadline.Closes.DateTime);
        Assert.Equal(TimeSpan.FromHours(7), deadline.Closes.Offset);
        Assert.False(deadline.IsExtended);
    }

    [Fact]
    public void Future_end_of_old_releases_gives_way_to_the_day_the_record_came()
    {
        DateTimeOffset received = new(2024, 7, 10, 3, 0, 0, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2024, 7, 19), Shipped.For("99001", "202407252359", "QD4750", "05", received)!.LastDay);
        Assert.Equal(new DateOnly(2024, 8, 4), Shipped.For("99001", "202407252359", "QD4750", "03", received)!.LastDay);
        Assert.Equal(received, DeadlineStart.Of("202407252359", "QD130", "07", received));
        Assert.NotEqual(received, DeadlineStart.Of("202407252359", "QD3176", "07", received));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2026")]
    [InlineData("202613011200")]
    [InlineData("201701011200")]
    [InlineData("999912312359")]
    public void Unusable_or_too_old_end_gives_no_deadline(string ngayRa) => Assert.Null(Shipped.For("99001", ngayRa, "QD3176", "01", Later));

    [Fact]
    public void Draft_of_three_hours_holds_only_from_the_day_a_person_set_and_only_there()
    {
        DeadlineGround ground = new(WorkCalendar.Shipped, drafts: new Dictionary<string, DateOnly> { ["99001"] = new(2027, 2, 1), ["99002"] = new(2027, 3, 1), [""] = new(2027, 4, 1) });
        DateTimeOffset End(int month, int day) => new(2027, month, day, 15, 30, 0, TimeSpan.FromHours(7));

        Assert.Equal((DeadlineKind.Draft3h, End(2, 1).AddHours(3)), Parts(ground.For("99001", End(2, 1))!));
        Assert.Equal(DeadlineKind.CorrectionWindow, ground.For("99001", End(1, 4))!.Kind);
        Assert.Equal(DeadlineKind.CorrectionWindow, ground.For("99002", End(2, 1))!.Kind);
        Assert.Equal(DeadlineKind.Draft3h, ground.For("99003", End(4, 1))!.Kind);
        Assert.Equal(DeadlineKind.CorrectionWindow, Shipped.For("99001", End(4, 1))!.Kind);
        Assert.False(DutyRule.Get("draft-3h").Enacted);

        static (DeadlineKind, DateTimeOffset) Parts(Deadline d) => (d.Kind, d.Original);
    }

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
        Assert.All(WorkCalendar.Shipped.Special.Where(d => !d.IsCertain), d => Assert.Equal(2027, d.Day.Year));
    }
}
