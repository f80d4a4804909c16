using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>What happens on a ward, day after day. Orders keep within the stay; procedures never overlap.</summary>
internal static class Stay
{
    /// <summary>What one day holds.</summary>
    private sealed record Load(int TestRounds, Service[] Tests, bool Images, int DrugRounds, Drug[] Drugs, Supply[] Supplies, Service[] Procedures, int Notes)
    {
        public static readonly Load Heavy =
            new(3, Services.WardTests, true, 2, Data.Drugs.Ward, Services.WardSupplies, Services.WardProcedures, 3);

        public static readonly Load Light =
            new(1, [Services.Get("glucose"), Services.Get("creatinine")], false, 1, Data.Drugs.Of("cefa", "half"), Services.WardSupplies[..1], Services.WardProcedures[..1], 1);
    }

    public static void Write(Episode episode, RecordBuilder record)
    {
        ServiceRows.Examine(episode, record, episode.Main.Exam == "obs" ? "obs" : "emergency", episode.In.AddMinutes(4), 100);
        ServiceRows.Bed(episode, record);
        DateTime admitted = episode.Admitted!.Value;
        string operation = Operate(episode, record, admitted.AddMinutes(20));
        for (int day = 0; day <= episode.Nights; day++)
        {
            DateTime date = episode.In.Date.AddDays(day);
            DateTime from = day == 0 ? admitted.AddMinutes(10) : date.AddHours(6);
            DateTime to = day == episode.Nights ? episode.Out.AddMinutes(-30) : date.AddHours(22).AddMinutes(30);
            Day(episode, record, from, to, proceed: day > 0, operation: day == 0 ? operation : "");
        }
    }

    private static void Day(Episode episode, RecordBuilder record, DateTime from, DateTime to, bool proceed, string operation)
    {
        int span = (int)(to - from).TotalMinutes - 60;
        Load load = episode.Kind == SampleKind.ShortStay ? Load.Light : Load.Heavy;
        for (int round = 0; round < load.TestRounds; round++)
        {
            DateTime drawn = from.AddMinutes(span * round / load.TestRounds);
            foreach (Service test in load.Tests) ServiceRows.Test(episode, record, test, episode.Ward, new Times(drawn, drawn.AddMinutes(8), drawn.AddMinutes(50)));
        }

        if (load.Images || !proceed)
        {
            DateTime imaged = from.AddMinutes(Any(episode, span));
            ServiceRows.Test(episode, record, episode.Dice.Pick(Services.WardImages), episode.Ward, new Times(imaged, imaged.AddMinutes(10), imaged.AddMinutes(30)));
        }

        for (int round = 0; round < load.DrugRounds; round++)
        {
            foreach (Drug drug in load.Drugs) DrugRows.Give(episode, record, drug, from.AddMinutes(Any(episode, span)));
        }

        foreach (Supply supply in load.Supplies) ServiceRows.Use(episode, record, supply, episode.Dice.Between(1, 4), from.AddMinutes(Any(episode, span)), null);
        if (proceed) Procedures(episode, record, from, load.Procedures);
        for (int note = 0; note < load.Notes; note++) ResultRows.Note(episode, record, from.AddMinutes(span * note / load.Notes), note == 0 ? operation : "");
    }

    private static int Any(Episode episode, int span) => episode.Dice.Between(0, span);

    private static void Procedures(Episode episode, RecordBuilder record, DateTime from, Service[] procedures)
    {
        DateTime start = from.AddMinutes(30);
        foreach (Service procedure in procedures)
        {
            ServiceRows.Procedure(episode, record, procedure, new Times(start, start.AddMinutes(5), start.AddMinutes(25)));
            start = start.AddMinutes(40);
        }
    }

    private static string Operate(Episode episode, RecordBuilder record, DateTime at)
    {
        string? key = episode.Main.Code switch { "K35.8" => "appendix", "O82.0" => "caesarean", "O80.0" => "delivery", _ => null };
        if (key is null) return "";
        Service operation = Services.Get(key);
        RowBuilder row = ServiceRows.Procedure(episode, record, operation, new Times(at, at.AddMinutes(20), at.AddMinutes(75)));
        if (operation.Group == "8")
        {
            row.Set(Xml3.GOI_VTYT, "G1").Set(Xml3.MA_PTTT_QT, key == "appendix" ? "47.01" : "74.99");
            foreach (Supply supply in Services.TheatreSupplies) ServiceRows.Use(episode, record, supply, 1, at.AddMinutes(25), operation);
        }

        return operation.Name;
    }
}
