namespace LienThong.Validation;

/// <summary>From when on a list of dated rows says something about codes.</summary>
public static class ListCoverage
{
    /// <summary>
    /// The first day on which at least half as many rows are valid as on the list's fullest day. One old row among new ones therefore doesn't
    /// make the list speak of years it doesn't hold, where every other code would seem to be missing.
    /// </summary>
    /// <param name="from">First day of each row as a day number; 0 when it always was valid. Sorted by the call.</param>
    /// <param name="to">Last day of each row, inclusive. Sorted by the call.</param>
    /// <returns>The day number; 0 when nothing begins the list; that of <see cref="DateOnly.MaxValue"/> for a list without rows.</returns>
    public static int FirstDay(int[] from, int[] to)
    {
        if (from.Length == 0) return DateOnly.MaxValue.DayNumber;
        Array.Sort(from);
        if (from[0] == from[^1]) return from[0];
        Array.Sort(to);
        int half = (Fullest(from, to, int.MaxValue, out _) + 1) / 2;
        Fullest(from, to, half, out int day);
        return day;
    }

    // Walks through the days on which rows begin, to the first one on which so many are valid.
    private static int Fullest(int[] from, int[] to, int enough, out int day)
    {
        (int most, int ended, day) = (0, 0, from[0]);
        for (int i = 0; i < from.Length && most < enough; i++)
        {
            // All rows of a day count together.
            if (i + 1 < from.Length && from[i + 1] == from[i]) continue;
            while (ended < to.Length && to[ended] < from[i]) ended++;
            if (i + 1 - ended <= most) continue;
            (most, day) = (i + 1 - ended, from[i]);
        }

        return most;
    }
}
