using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Writes XML2.</summary>
internal static class DrugRows
{
    /// <summary>Medicines to take home.</summary>
    public static void Prescribe(Episode episode, RecordBuilder record, DateTime at)
    {
        int days = episode.Chronic ? 28 : episode.Dice.Between(5, 7);
        foreach (Drug drug in episode.Main.Drugs)
        {
            bool bottle = drug.Unit is "Lọ" or "Tuýp" or "Ống" && drug.Price > 8_000;
            int times = bottle || episode.Chronic ? 1 : episode.Dice.Between(2, 3);
            int quantity = bottle ? 1 : times * days;
            string dose = bottle ? $"Dùng ngày {times + 1} lần [1 {drug.Unit.ToLowerInvariant()}/đợt]" : $"1 {drug.Unit.ToLowerInvariant()}/lần * {times} lần/ngày * {days} ngày [{times} {drug.Unit.ToLowerInvariant()}/ngày]";
            decimal others = episode.Dice.PerMille(40) && episode.Insured ? Money.Round(quantity * drug.Price * 0.1m) : 0;
            Add(episode, record, drug, quantity, dose, at, null, episode.Main.Exam, others);
        }

        if (episode.Dice.PerMille(60)) Add(episode, record, Drugs.OffList, 10, "1 viên/lần * 1 lần/ngày * 10 ngày [1 viên/ngày]", at, null, episode.Main.Exam, 0, covered: false);
    }

    /// <summary>One dose on a ward.</summary>
    public static void Give(Episode episode, RecordBuilder record, Drug drug, DateTime at)
    {
        decimal quantity = drug.Unit == "Chai" && episode.Dice.PerMille(200) ? 0.5m : episode.Dice.Between(1, 2);
        string amount = Text.Percent(quantity);
        decimal others = episode.Dice.PerMille(15) && episode.Insured ? Money.Round(quantity * drug.Price * 0.3m) : 0;
        string dose = $"{amount} {drug.Unit.ToLowerInvariant()}/lần * 1 lần/ngày * 1 ngày [{amount} {drug.Unit.ToLowerInvariant()}/ngày]";
        Add(episode, record, drug, quantity, dose, at, at.AddMinutes(episode.Dice.Between(5, 20)), null, others);
    }

    private static void Add(
        Episode episode, RecordBuilder record, Drug drug, decimal quantity, string dose, DateTime at, DateTime? given, string? exam, decimal others, bool covered = true)
    {
        covered &= episode.Insured;
        Department place = exam is null ? episode.Ward : Services.Get(exam).Place!;
        int rate = covered ? drug.Rate : 0;
        decimal charged = Money.Round(quantity * drug.Price);
        RowBuilder row = record.AddRow(TableId.Xml2)
            .Set(Xml2.MA_LK, episode.Link)
            .Set(Xml2.STT, Text.Number(record.Rows(TableId.Xml2).Count))
            .Set(Xml2.MA_THUOC, drug.Code.Length > 0 ? drug.Code : episode.Era.OffListDrugCode)
            .Set(Xml2.MA_NHOM, drug.Group)
            .Set(Xml2.TEN_THUOC, drug.Name)
            .Set(Xml2.DON_VI_TINH, drug.Unit)
            .Set(Xml2.HAM_LUONG, drug.Strength)
            .Set(Xml2.DUONG_DUNG, drug.Route)
            .Set(Xml2.DANG_BAO_CHE, drug.Form)
            .Set(Xml2.LIEU_DUNG, dose)
            .Set(Xml2.CACH_DUNG, given is null ? "Uống hoặc dùng sau ăn" : "Theo y lệnh")
            .Set(Xml2.SO_DANG_KY, drug.Registration)
            .Set(Xml2.TT_THAU, drug.TenderFor(at))
            .Set(Xml2.PHAM_VI, covered ? "1" : "2")
            .Set(Xml2.TYLE_TT_BH, Text.Number(rate))
            .Set(Xml2.SO_LUONG, Text.Quantity(quantity))
            .Set(Xml2.DON_GIA, Text.Quantity(drug.Price))
            .Set(Xml2.MA_KHOA, place.Code)
            .Set(Xml2.MA_BAC_SI, episode.OnDuty(place.Doctor))
            .Set(Xml2.NGAY_YL, Text.Minute(at))
            .Set(Xml2.NGAY_TH_YL, given is { } moment ? Text.Minute(moment) : "")
            .Set(Xml2.MA_PTTT, "1")
            .Set(Xml2.NGUON_CTRA, covered ? "1" : "4");
        episode.Lines.Add(new Line(row, charged, covered ? Money.Round(quantity * drug.Price * rate / 100) : 0, others, at));
    }
}
