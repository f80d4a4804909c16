using LienThong.Samples.Data;

namespace LienThong.Samples.Building;

/// <summary>Decides who comes, why, when and on which terms.</summary>
internal static class EpisodePlanner
{
    private enum Story
    {
        Adult, Child, Chronic, Hiv, Tuberculosis, Pregnancy, Ward, Operation, Birth, Caesarean,
    }

    // QĐ 4210 is about claims: everybody in it has a card.
    private const string ClaimsOnly = "QD4210";

    public static Episode Plan(SampleOptions options, SampleKind kind, int index)
    {
        Dice dice = Dice.For(options.Seed, kind, index);
        dice.Next(); // keeps the rest of a seed as earlier releases wrote it, when the day was a matter of chance
        DateOnly outDay = options.From.AddDays(Roster.DayOf(options.Seed, index, options.Days));
        Era era = Era.On(outDay);
        Story story = Choose(dice, kind, era);
        bool stays = story >= Story.Ward;
        int nights = kind switch { SampleKind.Outpatient => 0, SampleKind.Inpatient => dice.Between(4, 6), SampleKind.ShortStay => 2, _ => dice.Between(46, 58) };
        DateTime admission = outDay.AddDays(-nights).ToDateTime(new TimeOnly(7, 0)).AddMinutes(dice.Between(0, 420));
        DateTime? ward = stays ? admission.AddMinutes(dice.Between(60, 100)) : null;
        DateTime discharge = stays ? outDay.ToDateTime(new TimeOnly(14, 0)).AddMinutes(dice.Between(0, 150)) : admission.AddMinutes(dice.Between(190, 260));
        bool foreign = story == Story.Adult && dice.PerMille(30);
        bool selfPaying = story is Story.Adult or Story.Ward && dice.PerMille(foreign ? 700 : 50) && options.ReleaseOn(outDay).Id != ClaimsOnly;
        string target = selfPaying ? "9" : Terms(dice, era, stays);
        Patient patient = PatientMaker.Make(dice, options, Episode.NumberOf(kind, index), outDay, era, foreign, Ages(story), story is Story.Pregnancy or Story.Birth or Story.Caesarean);
        bool transferred = story is Story.Adult or Story.Ward && !selfPaying && dice.PerMille(40);
        return new Episode
        {
            Dice = dice,
            Options = options,
            Kind = kind,
            Index = index,
            Release = options.ReleaseOn(outDay),
            Era = era,
            Link = $"MAU{options.Seed}-{"NILS"[(int)kind]}-{index:D7}",
            Patient = patient,
            Main = Illness(dice, story),
            Secondary = story is Story.Ward or Story.Operation ? Diagnoses.Secondary : story == Story.Adult && dice.PerMille(300) ? [Diagnoses.Secondary[1]] : [],
            Ward = Place(story),
            In = admission,
            Admitted = ward,
            Out = discharge,
            VisitKind = stays ? "03" : story is Story.Chronic or Story.Hiv ? "05" : "01",
            Object = target,
            Cards = selfPaying ? [] : PatientMaker.Cards(dice, options, patient, target, admission, outDay),
            Transferred = transferred,
            NextVisit = transferred ? null : story is Story.Chronic or Story.Hiv ? outDay.AddDays(28) : dice.PerMille(250) ? outDay.AddDays(dice.Between(5, 14)) : null,
            ExemptFrom = stays && target is "1.1" or "1.3" && dice.PerMille(60) ? outDay.AddDays(-nights / 2) : null,
        };
    }

    private static Story Choose(Dice dice, SampleKind kind, Era era)
    {
        int d = dice.Between(0, 999);
        if (kind == SampleKind.LongStay) return Story.Ward;
        if (kind != SampleKind.Outpatient) return d < 550 ? Story.Ward : d < 750 ? Story.Operation : d < 900 ? Story.Birth : Story.Caesarean;
        if (d < 150) return Story.Child;
        if (d < 300) return era.AllowsChronicVisits ? Story.Chronic : Story.Adult;
        if (d < 310) return era.AllowsChronicVisits ? Story.Hiv : Story.Adult;
        return d < 325 ? Story.Tuberculosis : d < 345 ? Story.Pregnancy : Story.Adult;
    }

    private static (int Least, int Most) Ages(Story story) => story switch
    {
        Story.Child => (1, 5),
        Story.Pregnancy or Story.Birth or Story.Caesarean => (20, 38),
        Story.Chronic => (45, 85),
        Story.Hiv => (22, 60),
        _ => (18, 85),
    };

    private static Diagnosis Illness(Dice dice, Story story) => story switch
    {
        Story.Child => dice.Pick(Diagnoses.Children),
        Story.Chronic => dice.Pick(Diagnoses.Chronic),
        Story.Hiv => Diagnoses.Hiv,
        Story.Tuberculosis => Diagnoses.Tuberculosis,
        Story.Pregnancy => Diagnoses.Pregnancy,
        Story.Ward => dice.Pick(Diagnoses.Wards),
        Story.Operation => Diagnoses.Appendicitis,
        Story.Birth => Diagnoses.Birth,
        Story.Caesarean => Diagnoses.Caesarean,
        _ => dice.Pick(Diagnoses.Adults),
    };

    private static Department Place(Story story) => story switch
    {
        Story.Ward => Staff.Medicine,
        Story.Operation => Staff.Surgery,
        Story.Birth or Story.Caesarean => Staff.Maternity,
        _ => Staff.Outpatients,
    };

    private static string Terms(Dice dice, Era era, bool stays)
    {
        int d = dice.Between(0, 99);
        if (d < 75) return "1.1";
        if (d < 88) return "1.3";
        if (d < 92 || stays || !era.SelfReferral) return "2";
        return d < 96 || !era.HalfRateSelfReferral ? "1.12" : "1.13";
    }
}
