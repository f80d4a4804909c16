using LienThong.Samples.Data;

namespace LienThong.Samples.Building;

/// <summary>Invents people and their cards. Province 099 of identity numbers and 99 of cards are not issued, so nobody can have these numbers.</summary>
internal static class PatientMaker
{
    public static Patient Make(Dice dice, SampleOptions options, int index, DateOnly day, Era era, bool foreign, (int Least, int Most) ages, bool female)
    {
        bool male = !female && dice.PerMille(480);
        int age = dice.Between(ages.Least, ages.Most);
        // Born some months before the birthday's anniversary, so that the age holds through the whole stay.
        DateOnly birth = day.AddYears(-age).AddDays(-dice.Between(120, 300));
        int nation = dice.Between(0, People.ForeignNames.Length - 1);
        string six = Text.Number(dice.Between(0, 999_999), "D6");
        bool child = age < 14;
        return new Patient
        {
            Id = $"BN{options.Seed}-{index:D7}",
            Name = foreign ? People.ForeignNames[nation] : $"{dice.Pick(People.FamilyNames)} {dice.Pick(male ? People.MaleNames : People.FemaleNames)}",
            Male = male,
            Birth = birth,
            Identity = child ? "" : foreign ? $"MAU{six}" : Identity(birth, male, six),
            SocialNumber = Text.Number(dice.Between(0, 99_999_999), "'99'00000000"),
            Home = dice.Pick(People.Places),
            Street = $"số {dice.Between(1, 240)} {dice.Pick(People.Streets)}",
            Nation = foreign ? People.ForeignNations[nation] : "000",
            Ethnicity = foreign ? "55" : dice.PerMille(900) ? "01" : Text.Number(dice.Between(2, 20), "D2"),
            Occupation = Occupation(dice, era, child),
            Phone = dice.PerMille(500) ? "0000000000" : "",
            BloodGroup = dice.Pick(People.BloodGroups),
            Weight = child ? 9 + (2 * age) + (dice.Between(0, 19) / 10m) : dice.Between(4200, 7999) / 100m,
        };
    }

    public static Card[] Cards(Dice dice, SampleOptions options, Patient patient, string target, DateTime admission, DateOnly outDay)
    {
        bool child = patient.Identity.Length == 0;
        int d = dice.Between(0, 99);
        (string group, decimal rate) = child ? ("TE1", 100m) : d < 45 ? ("GD4", 80m) : d < 70 ? ("DN4", 80m) : d < 90 ? ("HT3", 95m) : ("BT2", 100m);
        string registered = target is "1.1" or "2" ? options.FacilityCode : options.OtherFacilityCode;
        var first = DateOnly.FromDateTime(admission);
        int nights = outDay.DayNumber - first.DayNumber;
        DateOnly from = first.AddDays(-dice.Between(30, 200));
        DateOnly to = outDay.AddDays(dice.Between(30, 160));
        string number = $"{group}99{patient.SocialNumber}";
        if (nights < 3 || !dice.PerMille(200)) return [new Card(number, registered, from, to, rate)];
        DateOnly change = first.AddDays(nights / 2);
        (string next, decimal nextRate) = group == "HT3" ? ("GD4", 80m) : ("HT3", 95m);
        return [new Card(number, registered, from, change.AddDays(-1), rate), new Card($"{next}99{patient.SocialNumber}", registered, change, to, nextRate)];
    }

    private static string Identity(DateOnly birth, bool male, string six)
    {
        int century = ((birth.Year / 100) - 19) * 2;
        return $"099{century + (male ? 0 : 1)}{birth.Year % 100:D2}{six}";
    }

    private static string Occupation(Dice dice, Era era, bool child)
    {
        string code = child ? "00" : dice.Pick(People.Occupations);
        return era.OccupationDigits == 2 ? code : "00000";
    }
}
