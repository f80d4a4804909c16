namespace LienThong.Validation.Tests;

/// <summary>From when on a list of dated rows says something.</summary>
public sealed class ListCoverageTests
{
    private static readonly DateOnly Old = new(2009, 5, 1);
    private static readonly DateOnly New = new(2026, 1, 1);

    [Fact]
    public void One_old_row_among_new_ones_does_not_stretch_the_list() =>
        Assert.Equal(New, FirstDay((Old, null), (New, null), (New, null), (New, null)));

    [Fact]
    public void Rows_that_end_as_others_begin_keep_the_list_going() =>
        Assert.Equal(Old, FirstDay((Old, New.AddDays(-1)), (Old, New.AddDays(-1)), (New, null), (New, null)));

    [Fact]
    public void Half_of_the_fullest_day_is_enough() =>
        Assert.Equal(new DateOnly(2025, 1, 1), FirstDay((Old, null), (new(2025, 1, 1), null), (New, null), (New, null)));

    [Fact]
    public void Rows_that_always_were_valid_begin_nothing_when_they_are_half_of_the_list() =>
        Assert.Equal(DateOnly.MinValue, FirstDay((null, null), (null, null), (New, null), (New, null)));

    [Fact]
    public void Few_rows_that_always_were_valid_do_not_stretch_the_list() =>
        Assert.Equal(New, FirstDay((null, null), (New, null), (New, null)));

    [Fact]
    public void List_without_rows_says_nothing_of_any_day() => Assert.Equal(DateOnly.MaxValue, FirstDay());

    private static DateOnly FirstDay(params (DateOnly? From, DateOnly? To)[] rows) => DateOnly.FromDayNumber(ListCoverage.FirstDay(
        [.. rows.Select(r => (r.From ?? DateOnly.MinValue).DayNumber)], [.. rows.Select(r => (r.To ?? DateOnly.MaxValue).DayNumber)]));
}
