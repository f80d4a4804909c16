using LienThong.Gateway.Catalogues;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Catalogues;

public sealed class ListReadingTests
{
    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    public void Any_usual_separator_is_found_out(string separator)
    {
        ReadSheet sheet = Assert.Single(Read($"\uFEFFMã bệnh{separator}Tên bệnh{separator}TU_NGAY\nA00.0{separator}Bệnh tả{separator}20260701\n", "icd10.csv").Lists);

        ListRow row = Assert.Single(sheet.Rows);
        Assert.Equal(("icd10", "A00.0", new DateOnly(2026, 7, 1)), (sheet.Layout.Definition.Name, row.Key, row.From));
        Assert.Equal("""{"code":"A00.0","name":"Bệnh tả"}""", row.Content);
    }

    [Theory]
    [InlineData("Mã_thuốc,Tên thuốc,ĐƠN GIÁ,TUNGAY,DENNGAY")]
    [InlineData("MA THUOC,TEN THUOC,DonGia,Tu_Ngay,DEN NGAY")]
    [InlineData("ma_thuoc,ten_thuoc,don_gia,tu_ngay,den_ngay")]
    public void Headers_count_without_accents_blanks_and_case(string header)
    {
        ReadSheet sheet = Assert.Single(Read($"Danh mục thuốc\nNăm 2026\n{header}\n40.48,Paramau,480,01/07/2026,31/12/2026\n", "danh muc.csv").Lists);

        ListRow row = Assert.Single(sheet.Rows);
        Assert.Equal(("drug_facility", new DateOnly(2026, 7, 1), new DateOnly(2026, 12, 31)), (sheet.Layout.Definition.Name, row.From!.Value, row.To!.Value));
        Assert.Contains("\"DON_GIA\":\"480\"", row.Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Row_of_column_numbers_names_the_flags_of_the_circular()
    {
        string numbers = string.Join(',', Enumerable.Range(1, 29).Select(n => $"({n})"));
        string cells = "A00,Bệnh tả" + new string(',', 21) + ",,,x,,,";
        ReadSheet sheet = Assert.Single(Read($"Phụ lục\nMÃ BỆNH,TÊN BỆNH{new string(',', 21)}c24,c25,c26,c27,c28,c29\n{numbers}\n{cells}\n", "icd10.csv").Lists);

        Assert.Equal("""{"code":"A00","name":"Bệnh tả","more_specific":"1"}""", Assert.Single(sheet.Rows).Content);
    }

    [Fact]
    public void Mark_behind_a_disease_code_goes_into_its_column()
    {
        ReadSheet sheet = Assert.Single(Read("MÃ BỆNH,TÊN BỆNH\nA17.0†,Viêm màng não do lao\nG01*,Viêm màng não\n", "icd10.csv").Lists);

        Assert.Equal(["A17.0", "G01"], sheet.Rows.Select(r => r.Key));
        Assert.Contains("\"marker\":\"†\"", sheet.Rows[0].Content, StringComparison.Ordinal);
    }

    [Fact]
    public void Number_that_may_have_lost_its_zeros_is_refused_with_its_place()
    {
        string header = ListFiles.Row(1, "MA_KHOA", "TEN_KHOA", "TU_NGAY", "MA_CSKCB");
        string rows = ListFiles.Row(2, "<c r=\"A2\"><v>1.1</v></c>", "Khoa một", "20260101", "99001") + ListFiles.Row(3, "K02", "Khoa hai", "<c r=\"C3\" s=\"2\"><v>46023</v></c>", "99001");
        (List<ReadSheet> lists, ProblemLog log) = Read(ListFiles.Workbook("MAU_01", header + rows), "khoa.xlsx");

        CatalogueProblem problem = Assert.Single(log.Told, p => p.Severity == Severity.Block);
        Assert.Equal(("MAU_01", 2, "MA_KHOA", "1.1"), (problem.Sheet, problem.Line, problem.Column, problem.Value));
        Assert.Contains("số 0", problem.Message, StringComparison.Ordinal);
        Assert.Equal(new DateOnly(2026, 1, 1), Assert.Single(Assert.Single(lists).Rows).From);
    }

    [Fact]
    public void Number_shown_with_fixed_digits_keeps_its_zeros()
    {
        string rows = ListFiles.Row(1, "ma_xa", "ten_xa", "ma_tinh") + ListFiles.Row(2, "<c r=\"A2\" s=\"1\"><v>4</v></c>", "Phường Ba Đình", "01")
            + ListFiles.Row(3, "<c r=\"A3\"><v>26734</v></c>", "Phường Sài Gòn", "79") + ListFiles.Row(4, "<c r=\"A4\"><v>8</v></c>", "Phường khác", "01");
        (List<ReadSheet> lists, ProblemLog log) = Read(ListFiles.Workbook("xa", rows), "xa.xlsx");

        Assert.Equal(["00004", "26734"], Assert.Single(lists).Rows.Select(r => r.Key));
        Assert.Equal(4, Assert.Single(log.Told, p => p.Severity == Severity.Block).Line);
    }

    [Fact]
    public void Old_workbook_is_read_as_well()
    {
        (List<ReadSheet> lists, _) = Read(ListFiles.OldWorkbook(["MA_KHOA", "TEN_KHOA", "TU_NGAY"], ["K01", "Khoa kham benh", "20260101"]), "khoa.xls");

        Assert.Equal("K01", Assert.Single(Assert.Single(lists).Rows).Key);
    }

    [Fact]
    public void Wrong_rows_stay_out_and_their_neighbours_go_in()
    {
        (List<ReadSheet> lists, ProblemLog log) = Read(ListFiles.Text(ListFiles.Drugs(
            ListFiles.Drug("40.1"), ListFiles.Drug("40.2", price: "1,234.5".Replace(",", " ", StringComparison.Ordinal)), ListFiles.Drug("40.3", from: "20261301"), ListFiles.Drug("40.4", from: "20260201", to: "20260101"),
            ListFiles.Drug("40.5", facility: "99002"), ListFiles.Drug(""), ListFiles.Drug("40.6"))), "thuoc.csv", facility: "99001");

        Assert.Equal(["40.1", "40.6"], Assert.Single(lists).Rows.Select(r => r.Key.Split('\u001F')[0]));
        Assert.Equal(5, Assert.Single(lists).Refused);
        Assert.Equal([(3, "DON_GIA"), (3, "DON_GIA_BH"), (4, "TU_NGAY"), (5, "DEN_NGAY"), (6, "MA_CSKCB"), (7, "MA_THUOC")],
            log.Told.Where(p => p.Severity == Severity.Block).Select(p => (p.Line!.Value, p.Column)));
    }

    [Fact]
    public void Same_row_twice_goes_in_once_and_a_contradiction_is_refused()
    {
        (List<ReadSheet> lists, ProblemLog log) = Read(ListFiles.Text(
            "MA_KHOA,TEN_KHOA,TU_NGAY\nK01,Khám,20260101\nK01,Khám,20260101\nK01,Khác,20260101\n"), "01_DM.csv");

        Assert.Single(Assert.Single(lists).Rows);
        Assert.Equal([(Severity.Info, 3), (Severity.Block, 4)], log.Told.Select(p => (p.Severity, p.Line!.Value)));
    }

    [Fact]
    public void File_that_could_be_many_lists_asks_for_its_kind()
    {
        (List<ReadSheet> none, ProblemLog log) = Read(ListFiles.Text("code,name\n01,Một\n"), "danh muc.csv");
        (List<ReadSheet> said, _) = Read(ListFiles.Text("code,name\n01,Một\n"), "danh muc.csv", ListDefinitions.Find("occupation"));

        Assert.Empty(none);
        Assert.Contains("occupation", Assert.Single(log.Told).Message, StringComparison.Ordinal);
        Assert.Equal("01", Assert.Single(Assert.Single(said).Rows).Key);
    }

    [Theory]
    [InlineData("01/02/2026", "20260201")]
    [InlineData("1/2/2026", "20260201")]
    [InlineData("20260201", "20260201")]
    [InlineData("202602010830", "20260201")]
    [InlineData("2026-02-01", "20260201")]
    [InlineData("13/13/2026", null)]
    [InlineData("20260230", null)]
    [InlineData("00000000", null)]
    public void Days_are_read_in_the_usual_ways(string text, string? day) =>
        Assert.Equal(day, CellReading.Read(SheetCell.Of(text), ColumnKind.Day, 0).Text);

    /// <summary>Layouts of QĐ 3618/QĐ-BHXH, which facilities still hold files of; the last one is what the portal gives out.</summary>
    [Theory]
    [InlineData("dept_facility", "MA_KHOA",
        "STT,MA_LOAI_KCB,MA_KHOA,TEN_KHOA,BAN_KHAM,GIUONG_PD,GIUONG_2015,GIUONG_TK,GIUONG_HSTC,GIUONG_HSCC,LDLK,LIEN_KHOA",
        "1,1,K01,Khoa Khám bệnh,12,0,0,0,0,0,0,", "2,3,K03,Khoa Nội,0,60,60,66,0,4,0,")]
    [InlineData("staff_facility", "MACCHN",
        "STT,MA_LOAI_KCB,MA_KHOA,TEN_KHOA,MA_BHXH,HO_TEN,GIOI_TINH,CHUCDANH_NN,VI_TRI,MACCHN,NGAYCAP_CCHN,NOICAP_CCHN,PHAMVI_CM,PHAMVI_CMBS,DVKT_KHAC,VB_PHANCONG,THOIGIAN_DK,THOIGIAN_NGAY,THOIGIAN_TUAN,CSKCB_KHAC,CSKCB_CGKT,QD_CGKT",
        "1,1,K01,Khoa Khám bệnh,9900000001,Lê Thị Mẫu,2,1,1,000001/MAU-CCHN,20150601,Sở Y tế Mẫu,1,,,,1,0700-1130;1300-1630,2;3;4;5;6,,,",
        "2,3,K03,Khoa Nội,9900000002,Trần Văn Thử,1,1,1,000002/MAU-CCHN,20160601,Sở Y tế Mẫu,1,,,,1,0700-1130;1300-1630,2;3;4;5;6,,,")]
    [InlineData("drug_facility", "MA_THUOC",
        "STT,MA_THUOC,TEN_HOAT_CHAT,TEN_THUOC,DON_VI_TINH,HAM_LUONG,DUONG_DUNG,MA_DUONG_DUNG,DANG_BAO_CHE,SO_DANG_KY,SO_LUONG,DON_GIA,DON_GIA_BH,QUY_CACH,NHA_SX,NUOC_SX,NHA_THAU,TT_THAU,TU_NGAY,DEN_NGAY,MA_CSKCB,LOAI_THUOC,LOAI_THAU,HT_THAU",
        "1,40.48,Paracetamol,Paramau,Viên,500mg,Uống,1.01,Viên nén,MAU-1-25,1000,480,480,Hộp 100 viên,Công ty Mẫu,Việt Nam,Nhà thầu Mẫu,12/QĐ-SYTM;G1;N4;2025,20260101,20261231,99001,1,1,1",
        "2,40.49,Ibuprofen,Ibumau,Viên,400mg,Uống,1.01,Viên nén,MAU-2-25,1000,900,900,Hộp 100 viên,Công ty Mẫu,Việt Nam,Nhà thầu Mẫu,12/QĐ-SYTM;G1;N4;2025,20260101,,99001,1,1,1")]
    [InlineData("device_facility", "MA_VAT_TU",
        "STT,MA_VAT_TU,NHOM_VAT_TU,TEN_VAT_TU,MA_HIEU,QUY_CACH,HANG_SX,NUOC_SX,DON_VI_TINH,DON_GIA,DON_GIA_BH,TYLE_TT_BH,SO_LUONG,DINH_MUC,NHA_THAU,TT_THAU,TU_NGAY,DEN_NGAY,MA_CSKCB,LOAI_THAU,HT_THAU",
        "1,N01.01.010.0001,N01.01.010,Bông y tế mẫu,BM-1,Gói 500 g,Hãng Mẫu,Việt Nam,Gói,52000,52000,100,200,1,Nhà thầu Mẫu,13/QĐ-SYTM;G1;N1;2025,20260101,,99001,1,1",
        "2,N03.05.060.0002,N03.05.060,Bơm tiêm mẫu,BT-5,Hộp 100 cái,Hãng Mẫu,Việt Nam,Cái,780,780,100,5000,1,Nhà thầu Mẫu,13/QĐ-SYTM;G1;N1;2025,20260101,,99001,1,1")]
    [InlineData("service_facility", "MA_DICH_VU",
        "STT,MA_DICH_VU,TEN_DICH_VU,DON_GIA,QUY_TRINH,CSKCB_CGKT,CSKCB_CLS", "1,02.0085.1778,Điện tim thường,39900,,,", "2,23.0075.1494,Định lượng glucose,22400,,,")]
    [InlineData("equipment_facility", "MA_MAY",
        "STT,TEN_TB,KY_HIEU,CONGTY_SX,NUOC_SX,NAM_SX,NAM_SD,MA_MAY,SO_LUU_HANH,HD_TU,HD_DEN,TU_NGAY,DEN_NGAY",
        "1,Máy điện tim mẫu,DT-1,Hãng Mẫu,Nhật Bản,2020,2021,HH.3.99001.DT0001,LH-1,,,20210101,", "2,Máy sinh hóa mẫu,SH-1,Hãng Mẫu,Nhật Bản,2020,2021,SH.3.99001.SH0001,LH-2,,,20210101,")]
    [InlineData("service_facility", "MA_DICH_VU",
        "MA_TUONG_DUONG,TEN_DVKT_PHEDUYET,TEN_DVKT_GIA,PHAN_LOAI_PTTT,DON_GIA,GHICHU,QUYET_DINH,TUNGAY,DENNGAY,CSKCB_CGKT,CSKCB_CLS,ID",
        "02.0085.1778,Ghi điện tim cấp cứu tại giường,Điện tâm đồ,,39900,,QĐ-01,20260101,,,,1", "23.0075.1494,Định lượng Glucose [máu],Glucose,,22400,,QĐ-01,20260101,,,,2")]
    public void Older_layouts_are_recognised_and_every_row_goes_in(string list, string key, string header, string first, string second)
    {
        (List<ReadSheet> lists, ProblemLog log) = Read($"{header}\n{first}\n{second}\n", "danh muc.csv");

        Assert.DoesNotContain(log.Told, p => p.Severity == Severity.Block);
        ReadSheet sheet = Assert.Single(lists);
        Assert.Equal((list, 2, 0), (sheet.Layout.Definition.Name, sheet.Rows.Count, sheet.Refused));
        Assert.Distinct(sheet.Rows.Select(r => r.Key));
        Assert.All(sheet.Rows, r => Assert.Contains($"\"{key}\":", r.Content, StringComparison.Ordinal));
    }

    private static (List<ReadSheet> Lists, ProblemLog Log) Read(string csv, string name) => Read(ListFiles.Text(csv), name);

    private static (List<ReadSheet> Lists, ProblemLog Log) Read(Stream content, string name, ListDefinition? list = null, string facility = "99001")
    {
        ListReading reading = new(new ReadingOptions(name, facility, list, null, null), new CatalogueLimits());
        return (reading.Read(content, null, default), reading.Problems);
    }
}
