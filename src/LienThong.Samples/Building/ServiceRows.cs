using LienThong.Samples.Data;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>When something was ordered, done and finished.</summary>
internal readonly record struct Times(DateTime Ordered, DateTime Done, DateTime Finished);

/// <summary>Writes XML3 and, for tests, the results of XML4.</summary>
internal static class ServiceRows
{
    // No bed twice in a few days: records as far apart as this leave on distant days, by the steps of Roster (999 apart, on the same day).
    private const int Beds = 997;

    /// <summary>An examination; the second of a day is paid at 30 % (TT 35/2016/TT-BYT, amended by TT 39/2024/TT-BYT).</summary>
    public static void Examine(Episode episode, RecordBuilder record, string key, DateTime at, int rate)
    {
        Service exam = Services.Get(key);
        Add(episode, record, exam, exam.Place!, new Times(at, at.AddMinutes(2), at.AddMinutes(10)), rate);
    }

    /// <summary>A test or image with its results.</summary>
    public static void Test(Episode episode, RecordBuilder record, Service test, Department orderedBy, Times times)
    {
        Add(episode, record, test, orderedBy, times, 100);
        ResultRows.Report(episode, record, test, times.Finished);
    }

    public static RowBuilder Procedure(Episode episode, RecordBuilder record, Service procedure, Times times) =>
        Add(episode, record, procedure, episode.Ward, times, 100);

    /// <summary>The bed, in rows of at most a week; as many days as the stay has nights.</summary>
    public static void Bed(Episode episode, RecordBuilder record)
    {
        DateTime start = episode.Admitted!.Value;
        var bed = new Service(episode.Ward.Bed, Services.BedName(episode.Ward), "15", Services.BedPrice, "", "", []);
        for (int left = episode.Nights; left > 0; left -= 7)
        {
            DateTime end = left <= 7 ? episode.Out : start.AddDays(7);
            Add(episode, record, bed, episode.Ward, new Times(start, start, end), 100, Math.Min(left, 7))
                .Set(Xml3.MA_GIUONG, $"H{Text.Number((Episode.NumberOf(episode.Kind, episode.Index) % Beds) + 1, "D3")}")
                .Set(Xml3.DON_VI_TINH, "Ngày");
            start = end;
        }
    }

    /// <summary>A supply used on the ward or, with the operation, from its package.</summary>
    public static void Use(Episode episode, RecordBuilder record, Supply supply, int pieces, DateTime at, Service? operation)
    {
        bool ceiling = supply.Ceiling > 0 && episode.Era.ItemCeiling && episode.Insured;
        decimal payable = ceiling ? supply.Ceiling : supply.Price;
        RowBuilder row = Row(episode, record, "10", supply.Unit, episode.Ward, pieces, supply.Price, payable, 100, at)
            .Set(Xml3.MA_VAT_TU, supply.Code)
            .Set(Xml3.TEN_VAT_TU, supply.Name)
            .Set(Xml3.MA_DICH_VU, operation?.Code)
            .Set(Xml3.GOI_VTYT, operation is null ? "" : "G1")
            .Set(Xml3.T_TRANTT, ceiling ? Text.Money(supply.Ceiling) : "")
            .Set(Xml3.TT_THAU, string.Format(System.Globalization.CultureInfo.InvariantCulture, supply.Tender, at.Year - 1))
            .Set(Xml3.TAI_SU_DUNG, supply.Reusable ? "1" : "");
        decimal charged = Money.Round(pieces * supply.Price);
        episode.Lines.Add(new Line(row, charged, episode.Insured ? Money.Round(pieces * payable) : 0, 0, at));
    }

    private static RowBuilder Add(Episode episode, RecordBuilder record, Service service, Department place, Times times, int rate, int quantity = 1)
    {
        bool measured = service.Group is "1" or "2" or "3" or "8" or "18";
        RowBuilder row = Row(episode, record, service.Group, "Lần", place, quantity, service.Price, service.Price, rate, times.Ordered)
            .Set(Xml3.MA_DICH_VU, service.Code)
            .Set(Xml3.TEN_DICH_VU, service.Name)
            .Set(Xml3.NGUOI_THUC_HIEN, episode.OnDuty(measured ? service.Performer : service.Place?.Doctor ?? ""))
            .Set(Xml3.NGAY_TH_YL, Text.Minute(times.Done))
            .Set(Xml3.NGAY_KQ, Text.Minute(times.Finished))
            .Set(Xml3.MA_MAY, service.Machine)
            .Set(Xml3.PP_VO_CAM, service.Group == "8" ? "1" : "");
        decimal charged = Money.Round(quantity * service.Price * rate / 100);
        decimal others = episode.Insured && episode.Dice.PerMille(10) ? Money.Round(charged * 0.25m) : 0;
        episode.Lines.Add(new Line(row, charged, episode.Insured ? charged : 0, others, times.Ordered));
        return row;
    }

    private static RowBuilder Row(
        Episode episode, RecordBuilder record, string group, string unit, Department place, int quantity, decimal price, decimal payable, int rate, DateTime at) =>
        record.AddRow(TableId.Xml3)
            .Set(Xml3.MA_LK, episode.Link)
            .Set(Xml3.STT, Text.Number(record.Rows(TableId.Xml3).Count))
            .Set(Xml3.MA_NHOM, group)
            .Set(Xml3.DON_VI_TINH, unit)
            .Set(Xml3.PHAM_VI, episode.Insured ? "1" : "2")
            .Set(Xml3.SO_LUONG, Text.Quantity(quantity))
            .Set(Xml3.DON_GIA_BV, Text.Quantity(price))
            .Set(Xml3.DON_GIA_BH, episode.Insured ? Text.Quantity(payable) : "0.000")
            .Set(Xml3.TYLE_TT_DV, Text.Number(rate))
            .Set(Xml3.TYLE_TT_BH, episode.Insured ? "100" : "0")
            .Set(Xml3.MA_KHOA, place.Code)
            .Set(Xml3.MA_BAC_SI, episode.OnDuty(place.Doctor))
            .Set(Xml3.MA_BENH, episode.Main.Code)
            .Set(Xml3.NGAY_YL, Text.Minute(at))
            .Set(Xml3.MA_PTTT, "1");
}
