using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Walks the validity of the cards of XML1: the items of <c>GT_THE_TU</c> and <c>GT_THE_DEN</c> side by side.</summary>
internal ref struct CardPeriods
{
    private ListItems starts;
    private ListItems ends;

    public CardPeriods(Row row)
    {
        starts = row[Xml1.GT_THE_TU].Items();
        ends = row[Xml1.GT_THE_DEN].Items();
        Position = 0;
        From = null;
        To = null;
    }

    /// <summary>Position of the card, from 1.</summary>
    public int Position { get; private set; }

    /// <summary>First day; null when empty or malformed.</summary>
    public DateOnly? From { get; private set; }

    /// <summary>Last day; null when it has no end.</summary>
    public DateOnly? To { get; private set; }

    public bool MoveNext()
    {
        if (!starts.MoveNext()) return false;
        Position++;
        From = Day(starts.Current);
        To = ends.MoveNext() ? Day(ends.Current) : null;
        return true;
    }

    private static DateOnly? Day(ReadOnlySpan<byte> item) => Typed.Date8(item) is { IsPresent: true } day ? day.Value : null;
}
