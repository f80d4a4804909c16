using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>What happens between coming and leaving on one day.</summary>
internal static class OneDay
{
    public static void Write(Episode episode, RecordBuilder record)
    {
        DateTime clock = episode.In.AddMinutes(episode.Dice.Between(3, 12));
        ServiceRows.Examine(episode, record, episode.Main.Exam, clock, 100);
        clock = clock.AddMinutes(12);
        Department examined = Services.Get(episode.Main.Exam).Place!;
        foreach (string key in episode.Main.Tests)
        {
            int wait = episode.Dice.Between(5, 15);
            ServiceRows.Test(episode, record, Services.Get(key), examined, new Times(clock, clock.AddMinutes(wait), clock.AddMinutes(wait + 25)));
            clock = clock.AddMinutes(3);
        }

        clock = clock.AddMinutes(45);
        if (!episode.Chronic && episode.Dice.PerMille(120))
        {
            ServiceRows.Examine(episode, record, examined.Code == Staff.EyesEarsTeeth.Code ? "med" : "ent", clock, 30);
            clock = clock.AddMinutes(15);
        }

        if (episode.Main.Drugs.Length > 0) DrugRows.Prescribe(episode, record, clock.AddMinutes(10));
        if (!episode.Chronic) return;
        ResultRows.Note(episode, record, episode.In.AddMinutes(20));
        ResultRows.Note(episode, record, clock.AddMinutes(5));
    }
}
