using LienThong.Samples.Data;

namespace LienThong.Samples.Building;

/// <summary>
/// Who is on duty: nobody treats two patients at once. Staff are invented in teams, and records of one team lie days apart, as far as the
/// days of a corpus reach; a quarter of 20 000 visits and 2 000 stays holds no two patients in one hand, nor does a month of 3 000 visits.
/// </summary>
internal static class Roster
{
    private const int TeamsOfAQuarter = 250;
    private const int MostTeams = 1000; // numbers of licences have six digits
    private const int Quarter = 92;
    private const int NumberLength = 6;
    private const int TeamStep = 100;

    /// <summary>How many people there are of each role: more of them in fewer days, when as many records come to lie closer together.</summary>
    /// <param name="days">Days of the corpus, from 1.</param>
    public static int Teams(int days) => Math.Clamp(TeamsOfAQuarter * ((Quarter + days - 1) / days), TeamsOfAQuarter, MostTeams);

    /// <summary>The team of a record.</summary>
    /// <param name="kind">Kind of the record.</param>
    /// <param name="index">Number of the record.</param>
    /// <param name="days">Days of the corpus, from 1.</param>
    public static int TeamOf(SampleKind kind, int index, int days)
    {
        int teams = Teams(days);
        return (int)(((uint)index + ((uint)kind * 61 * (teams / TeamsOfAQuarter))) % teams);
    }

    /// <summary>Day of discharge, counted from the first day of a corpus.</summary>
    /// <param name="seed">Seed of the corpus: moves all records alike.</param>
    /// <param name="index">Number of the record.</param>
    /// <param name="days">Days of the corpus, from 1.</param>
    public static int DayOf(int seed, int index, int days)
    {
        long step = StepThrough(days);
        int teams = Teams(days);
        long at = ((uint)seed % days) + (index % teams * step) + (index / teams * step);
        return (int)(at % days);
    }

    /// <summary>The team's own licences for the licences of a role, which may be several, separated by semicolons. The head of the facility is one person.</summary>
    public static string OnDuty(string licences, int team)
    {
        if (team == 0 || licences.Length == 0 || licences == Staff.Head) return licences;
        string[] parts = licences.Split(';');
        for (int i = 0; i < parts.Length; i++)
        {
            int number = int.Parse(parts[i].AsSpan(0, NumberLength), System.Globalization.CultureInfo.InvariantCulture);
            parts[i] = Text.Number(number + (team * TeamStep), "D6") + parts[i][NumberLength..];
        }

        return string.Join(';', parts);
    }

    // Near the golden section neighbours come to lie far apart; without a common divisor every day has its turn.
    private static int StepThrough(int days)
    {
        int step = Math.Max(1, (int)(days * 0.618));
        while (Greatest(step, days) != 1) step++;
        return step;
    }

    private static int Greatest(int a, int b) => b == 0 ? a : Greatest(b, a % b);
}
