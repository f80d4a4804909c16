using LienThong.Extracts.Tests.Tables;

namespace LienThong.Extracts.Tests.Mapping;

/// <summary>Guesses from names and values.</summary>
public sealed class MappingSuggesterTests
{
    private const string Visits = """
        Mã đợt khám;Họ và tên;Giới tính;Ngày sinh;Số thẻ;Ngày vào viện;Ngày ra;Mã bệnh chính;Cột lạ;Cân nặng
        D1;Trần Mẫu An;Nam;08/15/1950;GD4990100000001;08/15/2026 08:00;08/15/2026 09:00;I10;x;50,5
        D2;Lê Mẫu Bình;Nữ;09/15/1960;GD4990100000002;08/16/2026 08:00;08/16/2026 09:00;J00;y;61,5
        D3;Ngô Mẫu Cúc;Nữ;10/15/1970;GD4990100000003;08/17/2026 08:00;08/17/2026 09:00;K29;z;48,2

        """;

    private const string Drugs = """
        Mã đợt khám;Tên thuốc;SL;Đơn giá;Ngày y lệnh;Bác sĩ
        D1;Thuốc Mẫu;1;1200,5;08/15/2026 08:20;BS1
        D2;Thuốc Mẫu;2;1200,5;08/16/2026 08:20;BS1

        """;

    [Fact]
    public void Names_of_hospital_systems_are_recognised_with_values_as_evidence()
    {
        MappingProposal proposal = MappingSuggester.Suggest(Extract.Of(("DonThuoc.csv", Drugs), ("TiepNhan.csv", Visits)));

        var found = proposal.Columns.ToDictionary(c => $"{c.Table}/{c.Column}", c => c.Field?.ToString(), StringComparer.Ordinal);
        Assert.Equal("visit.MA_LK", found["TiepNhan.csv/Mã đợt khám"]);
        Assert.Equal("patient.HO_TEN", found["TiepNhan.csv/Họ và tên"]);
        Assert.Equal("cards.MA_THE_BHYT", found["TiepNhan.csv/Số thẻ"]);
        Assert.Equal("visit.NGAY_VAO", found["TiepNhan.csv/Ngày vào viện"]);
        Assert.Equal("diagnoses.MA_BENH", found["TiepNhan.csv/Mã bệnh chính"]);
        Assert.Equal("drugs.TEN_THUOC", found["DonThuoc.csv/Tên thuốc"]);
        Assert.Equal("drugs.SO_LUONG", found["DonThuoc.csv/SL"]);
        Assert.Null(found["TiepNhan.csv/Cột lạ"]);
        Assert.Equal(NumberForm.Comma, proposal.Mapping.Numbers);
        Assert.All(proposal.Columns, c => Assert.NotEmpty(c.Reason));
    }

    [Fact]
    public void The_guess_is_written_as_YAML_that_reads_the_extract()
    {
        List<ExtractTable> tables = Extract.Of(("DonThuoc.csv", Drugs), ("TiepNhan.csv", Visits));
        MappingProposal proposal = MappingSuggester.Suggest(tables);

        ExtractMapping mapping = Extract.Mapping(MappingWriter.Write(proposal.Mapping, proposal.Columns));
        Visit first = Extract.Read(tables, mapping).First(r => r.Visit is not null).Visit!;

        Assert.Equal(("D1", "1", "202608150800", "50.5"), (first.Key, first[VisitFields.Patient.GIOI_TINH], first[VisitFields.Visit.NGAY_VAO], first[VisitFields.Visit.CAN_NANG]));
        Assert.Equal("1200.5", first[VisitFields.Drugs.DON_GIA]);
    }

    [Fact]
    public void Codes_in_brackets_are_recognised_and_a_strange_table_stays_a_remark()
    {
        const string Own = "Khóa [MA_LK];Người bệnh [HO_TEN];Đến lúc (NGAY_VAO)\nD1;Trần Mẫu An;08/15/2026 08:00\n";

        MappingProposal proposal = MappingSuggester.Suggest(Extract.Of(("A.csv", Own), ("B.csv", "zz;yy\n?;?\n")));
        ExtractMapping mapping = Extract.Mapping(MappingWriter.Write(proposal.Mapping, proposal.Columns));

        Assert.Equal(["visit.MA_LK", "patient.HO_TEN", "visit.NGAY_VAO"], proposal.Columns.Where(c => c.Table == "A.csv").Select(c => c.Field?.ToString()));
        Assert.Equal("A.csv", Assert.Single(mapping.Sources).Name);
    }

    [Fact]
    public void A_header_whose_values_say_otherwise_is_not_trusted()
    {
        MappingProposal proposal = MappingSuggester.Suggest(Extract.Of(("luot_kham.csv", "MA_LK,NGAY_VAO\n1,hôm qua\n2,hôm kia\n")));

        Assert.Null(Assert.Single(proposal.Columns, c => c.Column == "NGAY_VAO").Field);
    }

    [Fact]
    public void A_mapping_survives_writing_and_reading()
    {
        ExtractMapping before = Extract.Mapping("""
            model: lienthong-visit/1
            name: "Tên «lạ»: \"x\" # y"
            decimal: ","
            sources:
              a:
                key: "K: 1"
                encoding: windows-1258
                delimiter: tab
                ignore: [B, "C,D"]
                visit: { MA_LOAI_KCB: { column: L, values: { a: "01", b: "03" }, other: "02", pad: 2 }, NGAY_VAO: { columns: [N, G], with: " ", format: ["yyyy/MM/dd HH:mm"] } }
                diagnoses:
                  - { when: { T: ["*", ""] }, role: { constant: main }, MA_BENH: M }
                  - { each: 3, MA_BENH: { column: "M{n}", split: "," }, name: { column: "T{n}", default: x } }
            """);

        ExtractMapping after = Extract.Mapping(MappingWriter.Write(before));

        Assert.Equal(MappingWriter.Write(before), MappingWriter.Write(after));
        Assert.Equal((before.Name, before.Numbers, before.Sources[0].Key, before.Sources[0].Form), (after.Name, after.Numbers, after.Sources[0].Key, after.Sources[0].Form));
    }
}
