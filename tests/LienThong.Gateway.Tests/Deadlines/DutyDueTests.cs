using LienThong.Gateway.Deadlines;

namespace LienThong.Gateway.Tests.Deadlines;

public sealed class DutyDueTests
{
    [Theory]
    // Friday afternoon: two working days after are Monday and Tuesday.
    [InlineData("portal-error-fix", "2026-07-10T16:00", "2026-07-15T00:00")]
    [InlineData("audit-response", "2026-07-10T16:00", "2026-07-16T00:00")]
    [InlineData("audit-records", "2026-02-13T09:00", "2026-02-26T00:00")]
    [InlineData("minutes-03bh", "2026-07-13T09:00", "2026-07-16T00:00")]
    [InlineData("minutes-06bh", "2026-07-13T09:00", "2026-07-16T00:00")]
    [InlineData("catalogue-resend", "2026-07-13T09:00", "2026-07-29T00:00")]
    [InlineData("cost-review", "2026-07-13T09:00", "2026-07-24T00:00")]
    [InlineData("portal-answer-deadline", "2026-07-13T09:00", "2026-07-13T15:00")]
    [InlineData("portal-answer-structure", "2026-07-13T09:00", "2026-07-14T09:00")]
    [InlineData("portal-answer-summary", "2026-07-13T09:00", "2026-07-15T09:00")]
    [InlineData("draft-3h", "2027-01-13T22:00", "2027-01-14T01:00")]
    public void A_duty_is_due_as_its_line_says(string rule, string start, string due) =>
        Assert.Equal(At(due), DutyDue.After(DutyRule.Get(rule), At(start), WorkCalendar.Shipped));

    [Theory]
    [InlineData("form-01bh", "2026-07-01T00:00", "2026-06", "2026-07-16T00:00")]
    [InlineData("form-01bh", "2026-07-15T23:59", "2026-06", "2026-07-16T00:00")]
    [InlineData("form-01bh", "2026-07-16T00:00", "", "")]
    [InlineData("form-02bh", "2026-07-10T00:00", "2026-Q2", "2026-07-16T00:00")]
    [InlineData("form-02bh", "2026-08-10T00:00", "", "")]
    [InlineData("form-02bh", "2027-01-10T00:00", "2026-Q4", "2027-01-16T00:00")]
    [InlineData("report-4040", "2026-07-20T00:00", "2026-06", "2026-08-01T00:00")]
    [InlineData("health-book-matrix", "2026-07-20T00:00", "2026-H1", "2026-08-01T00:00")]
    [InlineData("health-book-daily", "2026-07-20T06:59", "2026-07-20", "2026-07-20T07:00")]
    [InlineData("health-book-daily", "2026-07-20T07:00", "", "")]
    [InlineData("month-open", "2026-07-25T00:00", "2026-07", "2026-08-05T00:00")]
    [InlineData("month-open", "2026-08-04T23:59", "2026-07", "2026-08-05T00:00")]
    [InlineData("month-open", "2026-07-24T23:59", "", "")]
    [InlineData("calendar-year", "2026-12-01T00:00", "2026", "2026-12-16T00:00")]
    // Not before the circular holds.
    [InlineData("form-01bh", "2026-04-10T00:00", "", "")]
    public void A_duty_of_periods_is_open_between_the_end_of_its_period_and_its_due_day(string rule, string now, string subject, string due)
    {
        List<DutyPeriod> open = [.. DutyDue.OpenAt(DutyRule.Get(rule), At(now))];

        Assert.Equal(subject, string.Join(' ', open.Select(p => p.Subject)));
        if (due.Length > 0)
            Assert.Equal(At(due), open[0].Closes);
    }

    [Fact]
    public void Every_line_has_a_basis_a_title_and_a_known_confidence()
    {
        Assert.All(DutyRule.All, r =>
        {
            Assert.NotEqual("", r.Title);
            Assert.NotEqual("", r.Basis);
            Assert.Contains(r.Confidence, (string[])["O", "G", "C", "S", "I"]);
            Assert.True(r.ValidTo is null || r.ValidTo >= r.ValidFrom);
        });
        Assert.Equal(DutyRule.All.Count, DutyRule.All.Select(r => (r.Id, r.ValidFrom)).Distinct().Count());
        Assert.Equal(Enum.GetValues<IncidentKind>(), IncidentRule.All.Select(r => r.Kind).Order());
        Assert.NotEmpty(Milestone.All);
    }

    [Fact]
    public void Lines_of_one_name_never_overlap() => Assert.All(
        DutyRule.All.GroupBy(r => r.Id), g => Assert.All(g.Zip(g.Skip(1)), p => Assert.True(p.First.ValidTo < p.Second.ValidFrom)));

    private static DateTimeOffset At(string text) => new(DateTime.Parse(text), TimeSpan.FromHours(7));
}
