namespace LienThong.Samples.Data;

/// <summary>A product of the invented facility's list. Prices in VND; the rate is <c>TYLE_TT_BH</c> in percent.</summary>
internal sealed record Drug(
    string Key, string Code, string Name, string Unit, string Strength, string Route, string Form, string Registration, decimal Price, string Tender, int Rate = 100)
{
    /// <summary>Group 4, or 6 for medicines that the insurance pays in part.</summary>
    public string Group => Rate == 100 ? "4" : "6";

    /// <summary>Decision of the year before the order, so that no tender is younger than its use.</summary>
    public string TenderFor(DateTime order) => string.Format(System.Globalization.CultureInfo.InvariantCulture, Tender, order.Year - 1);
}

/// <summary>Medicines: true ingredient and route codes, everything else invented.</summary>
internal static class Drugs
{
    private const string Open = "12/QĐ-SYTM;G1;N4;{0}";

    private static readonly Dictionary<string, Drug> ByKey = new Drug[]
    {
        new("para150", "40.48", "Paramau đạn 150", "Viên", "150mg", "4.02", "Viên đạn", "MAU-0003-25", 2150, Open),
        new("para", "40.48", "Paramau 650", "Viên", "650mg", "1.01", "Viên nén", "MAU-0036-25", 515.5m, Open),
        new("amox", "40.154", "Amomau 500", "Viên", "500mg", "1.01", "Viên nang cứng", "MAU-0004-25", 890, Open),
        new("clav", "40.155", "Clamau 281", "Gói", "250mg + 31,25mg", "1.01", "Cốm pha hỗn dịch uống", "MAU-0005-25", 3900, Open),
        new("cefa", "40.166", "Cefamau 1g", "Lọ", "1g", "2.10", "Bột pha tiêm", "MAU-0006-25", 14500, "12/QĐ-SYTM;G1;N2;{0}"),
        new("cefi", "40.169", "Ceximau 100", "Gói", "100mg", "1.01", "Bột pha hỗn dịch uống", "MAU-0007-25", 3350, Open),
        new("azit", "40.219", "Azimau 500", "Viên", "500mg", "1.01", "Viên nén bao phim", "MAU-0008-25", 6900, Open),
        new("levo", "40.229", "Levomau 500", "Viên", "500mg", "1.01", "Viên nén bao phim", "MAU-0009-25", 2900, Open),
        new("metr", "40.212", "Metromau 500", "Chai", "500mg/100ml", "2.15", "Dung dịch tiêm truyền", "MAU-0010-25", 9450, Open),
        new("esom", "40.678", "Esomau 20", "Viên", "20mg", "1.01", "Viên nang tan trong ruột", "MAU-0011-25", 1350, Open),
        new("domp", "40.688", "Dommau 10", "Viên", "10mg", "1.01", "Viên nén", "MAU-0012-25", 260, Open),
        new("dios", "40.722", "Diosmau 3g", "Gói", "3g", "1.01", "Bột uống", "MAU-0013-25", 1250, Open),
        new("amlo", "40.491", "Amlomau 5", "Viên", "5mg", "1.01", "Viên nén", "MAU-0014-25", 160, Open),
        new("telm", "40.526", "Telmau 40", "Viên", "40mg", "1.01", "Viên nén", "MAU-0015-25", 620, Open),
        new("biso", "40.493", "Bisomau 2,5", "Viên", "2,5mg", "1.01", "Viên nén bao phim", "MAU-0016-25", 410, Open),
        new("ator", "40.549", "Atormau 20", "Viên", "20mg", "1.01", "Viên nén bao phim", "MAU-0017-25", 520, Open),
        new("clop", "40.540", "Clopimau 75", "Viên", "75mg", "1.01", "Viên nén bao phim", "MAU-0018-25", 720, Open),
        new("metf", "40.807", "Metmau 850", "Viên", "850mg", "1.01", "Viên nén bao phim", "MAU-0019-25", 340, Open),
        new("glic", "40.800", "Glimau MR 60", "Viên", "60mg", "1.01", "Viên nén giải phóng biến đổi", "MAU-0020-25", 1480, Open),
        new("insu", "40.806", "Insumau Pen", "Bút tiêm", "300U/3ml", "2.10", "Dung dịch tiêm", "MAU-0021-25", 215000, "07/QĐ-TTMS;G2;N1;{0};00"),
        new("furo", "40.659", "Furomau 20", "Ống", "20mg/2ml", "2.10", "Dung dịch tiêm", "MAU-0022-25", 1150, Open),
        new("kali", "40.567", "Kalimau 1g", "Ống", "1g/10ml", "2.15", "Dung dịch đậm đặc pha truyền", "MAU-0023-25", 2350, Open),
        new("keto", "40.39", "Ketomau 30", "Ống", "30mg/ml", "2.10", "Dung dịch tiêm", "MAU-0027-25", 9200, Open),
        new("hyos", "40.698", "Hyosmau 20", "Ống", "20mg/1ml", "2.10", "Dung dịch tiêm", "MAU-0028-25", 6300, Open),
        new("meth", "40.775", "Metymau 16", "Viên", "16mg", "1.01", "Viên nén", "MAU-0029-25", 780, Open),
        new("tobr", "40.207", "Tobmau", "Lọ", "0,3% + 0,1%; 5ml", "6.01", "Hỗn dịch nhỏ mắt", "MAU-0030-25", 29500, Open),
        new("clot", "40.593", "Clotmau 1%", "Tuýp", "1%; 10g", "3.05", "Kem bôi da", "MAU-0031-25", 8900, Open),
        new("bude", "40.762", "Budemau Hít", "Ống", "160mcg + 4,5mcg", "5.02", "Bột hít phân liều", "MAU-0032-25", 218000, "12/QĐ-SYTM;G1;N1;{0}"),
        new("iron", "40.429", "Femau", "Viên", "182mg + 0,5mg", "1.01", "Viên nang cứng", "MAU-0033-25", 560, Open),
        new("brom", "40.989", "Brommau", "Ống", "8mg/5ml", "1.01", "Dung dịch uống", "MAU-0035-25", 3600, "88/QĐ-SYTM;G1;N4;{0}"),
        new("saline", "40.1021", "Natrimau 0,9%", "Chai", "0,9%; 500ml", "2.15", "Dung dịch tiêm truyền", "MAU-0037-25", 7350.333m, Open),
        new("glucose", "40.1015", "Glumau 5%", "Chai", "5%; 500ml", "2.15", "Dung dịch tiêm truyền", "MAU-0038-25", 8190, Open),
        new("half", "40.1011", "Acid aminmau 8%", "Chai", "8%; 250ml", "2.15", "Dung dịch tiêm truyền", "MAU-0039-25", 98500, Open, 50),
        new("arv", "40.240", "Tenomau LD", "Viên", "300mg + 300mg + 50mg", "1.01", "Viên nén bao phim", "MAU-0040-25", 3250, "07/QĐ-TTMS;G1;N2;{0};00"),
        new("tb", "40.307", "Laomau 4", "Viên", "150mg + 75mg + 400mg + 275mg", "1.01", "Viên nén bao phim", "MAU-0041-25", 2190, Open),
    }.ToDictionary(drug => drug.Key, StringComparer.Ordinal);

    /// <summary>A product that the insurance doesn't cover.</summary>
    public static readonly Drug OffList = new("off", "", "Vitamau C 1000", "Viên", "1000mg", "1.01", "Viên sủi", "MAU-0090-25", 2900, "");

    /// <summary>What a ward gives day after day.</summary>
    public static readonly Drug[] Ward =
        Of("cefa", "metr", "saline", "glucose", "furo", "kali", "keto", "hyos", "esom", "levo", "biso", "telm", "ator", "clop", "half", "para");

    /// <summary>Everything in the facility's list.</summary>
    public static IEnumerable<Drug> All => ByKey.Values;

    public static Drug Get(string key) => ByKey[key];

    public static Drug[] Of(params string[] keys) => Array.ConvertAll(keys, Get);
}
