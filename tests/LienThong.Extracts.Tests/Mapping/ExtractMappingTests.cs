using LienThong.Extracts.Tests.Tables;

namespace LienThong.Extracts.Tests.Mapping;

/// <summary>Mappings in YAML: what they do, and how their mistakes are told.</summary>
public sealed class ExtractMappingTests
{
    private const string Yaml = """
        model: lienthong-visit/1
        facility: "99001"
        decimal: ","
        sources:
          DotKham:
            key: ID
            ignore: [Người nhập]
            visit:
              MA_LOAI_KCB: { column: Loại, values: { "Ngoại trú": "01", "Nội trú": "03" } }
              MA_DOITUONG_KCB: { constant: "1.1" }
              NGAY_VAO: { columns: [Ngày, Giờ], format: "MM/dd/yyyy HH:mm" }
            patient:
              MA_BN: Mã BN
              HO_TEN: Tên
              GIOI_TINH: { column: Giới, values: { Nam: "1", Nữ: "2" }, other: "3" }
            cards:
              when: { Thẻ: "*" }
              MA_THE_BHYT: Thẻ
            diagnoses:
              - { role: { constant: main }, MA_BENH: ICD }
              - { each: 2, role: { constant: secondary }, MA_BENH: "ICD{n}", name: "Bệnh {n}" }
          ChiPhi:
            key: ID
            drugs:
              when: { Nhóm: [T, Thuốc] }
              TEN_THUOC: Tên
              SO_LUONG: SL
              DON_GIA: Giá
              NGAY_YL: Ngày
              DUONG_DUNG: { column: Đường, pad: 3 }
            services:
              when: { Nhóm: DV }
              TEN_DICH_VU: Tên
              MA_NHOM: { constant: "1" }
              SO_LUONG: SL
              DON_GIA_BV: Giá
              NGAY_YL: Ngày
              NGUOI_THUC_HIEN: { column: BS, separator: "/" }
              MA_DICH_VU: { column: Mã, split: "+" }
        """;

    private const string Visits = """
        ID;Loại;Ngày;Giờ;Mã BN;Tên;Giới;Thẻ;ICD;ICD1;Bệnh 1;ICD2;Bệnh 2;Người nhập
        7;ngoại trú;08/15/2026;08:30;B1;Trần Mẫu An;nam;GD4990100000001;I10;;;E11;Đái tháo đường;x
        8;Nội trú;08/16/2026;09:30;B2;Lê Mẫu Bình;?;;J00;K29;Viêm dạ dày;;;x

        """;

    private const string Costs = """
        ID;Nhóm;Tên;SL;Giá;Ngày;Đường;BS;Mã
        7;T;Thuốc Mẫu;1,5;1.234,5;15/08/2026 08:40;11;;
        7;DV;Xét nghiệm Mẫu;1;50.000;15/08/2026 08:45;;BS1/BS2;XN1+XN2
        7;X;không vào đâu;1;1;15/08/2026 08:45;;;

        """;

    [Fact]
    public void Columns_values_dates_groups_and_conditions_are_brought_to_the_model()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("dot kham.csv", Visits), ("ChiPhi.csv", Costs)), Extract.Mapping(Yaml));

        Assert.All(read, r => Assert.Empty(r.Problems));
        Visit first = read[0].Visit!, second = read[1].Visit!;
        Assert.Equal(("7", "99001", "01", "1.1", "202608150830", "1"), (first.Key, first.Facility, first[VisitFields.Visit.MA_LOAI_KCB], first[VisitFields.Visit.MA_DOITUONG_KCB], first[VisitFields.Visit.NGAY_VAO], first[VisitFields.Patient.GIOI_TINH]));
        Assert.Equal("3", second[VisitFields.Patient.GIOI_TINH]);
        Assert.Empty(second[SectionId.Cards]);
        Assert.Equal([("main", "I10", ""), ("secondary", "E11", "Đái tháo đường")], first[SectionId.Diagnoses].Select(d => (d[VisitFields.Diagnoses.Role], d[VisitFields.Diagnoses.MA_BENH], d[VisitFields.Diagnoses.Name])));
        VisitRow drug = Assert.Single(first[SectionId.Drugs]);
        Assert.Equal(("1.5", "1234.5", "011"), (drug[VisitFields.Drugs.SO_LUONG], drug[VisitFields.Drugs.DON_GIA], drug[VisitFields.Drugs.DUONG_DUNG]));
        Assert.Equal([("XN1", "50000", "BS1;BS2"), ("XN2", "50000", "BS1;BS2")], first[SectionId.Services].Select(s => (s[VisitFields.Services.MA_DICH_VU], s[VisitFields.Services.DON_GIA_BV], s[VisitFields.Services.NGUOI_THUC_HIEN])));
        Assert.Equal("Giá", first.Columns[SectionId.Drugs]["DON_GIA"]);
    }

    [Fact]
    public void A_value_that_the_map_of_values_lacks_is_told_with_its_column()
    {
        VisitReading read = Extract.Read(Extract.Of(("DotKham", Visits.Replace("ngoại trú", "Cấp cứu", StringComparison.Ordinal)), ("ChiPhi", Costs)), Extract.Mapping(Yaml))[0];

        ExtractProblem problem = Assert.Single(read.Problems);
        Assert.Equal(("DotKham", 2, "Loại", "Cấp cứu", "7"), (problem.File, problem.Line, problem.Column, problem.Value, problem.Visit));
        Assert.Contains("values", problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void A_column_that_the_table_lacks_is_told_with_the_nearest_and_no_visit_is_given()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("DotKham", Visits.Replace("Mã BN", "Mã B.N", StringComparison.Ordinal).Replace(";Giờ", ";Giơ giấc", StringComparison.Ordinal)), ("ChiPhi", Costs)), Extract.Mapping(Yaml));

        Assert.DoesNotContain(read, r => r.Visit is not null);
        Assert.Equal("Giờ", Assert.Single(read.SelectMany(r => r.Problems), p => p.Code == ExtractCodes.Missing).Column);
    }

    [Theory]
    [InlineData("sources: {}", 1, "model")]
    [InlineData("model: lienthong-visit/2", 1, "lienthong-visit/1")]
    [InlineData("model: lienthong-visit/1\nfacilty: \"99001\"", 2, "«facility»")]
    [InlineData("model: lienthong-visit/1\nfacility: 1001", 2, "5 ký tự")]
    [InlineData("model: lienthong-visit/1\ndecimal: x", 2, "dấu thập phân")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    drug:\n      TEN_THUOC: T", 4, "«drugs»")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    drugs:\n      TEN_THUỐC: T", 5, "«TEN_THUOC»")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    drugs:\n      TEN_THUOC: T", 3, "visit")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      NGAY_VAO: { column: N, format: \"HH:mm\" }", 5, "format|dạng ngày")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      NGAY_VAO: { constant: \"32/08/2026\" }\n      MA_LK: K", 5, "ngày giờ")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      CAN_NANG: { column: N, values: { nhẹ: ít } }", 5, "Cần|cần số")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      MA_LK: { column: N, pad: 99 }", 5, "1 đến 30")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      MA_LK: \"N{n}\"", 5, "each")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit:\n      each: 3\n      MA_LK: \"N{n}\"", 5, "một dòng")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit: { MA_LK: A\n", 4, "")]
    [InlineData("model: &a lienthong-visit/1", 1, "tham chiếu")]
    [InlineData("model: lienthong-visit/1\nsources: [1, 2]", 2, "sources")]
    [InlineData("model: lienthong-visit/1\nsources:\n  a:\n    visit: { MA_LK: A }\n  A.csv:\n    visit: { MA_LK: A }", 5, "hai lần")]
    [InlineData("", 1, "bắt đầu")]
    public void Mistakes_name_line_and_remedy(string yaml, int line, string words)
    {
        MappingLoad load = ExtractMapping.Load(yaml);

        Assert.Null(load.Mapping);
        Assert.Contains(load.Errors, e => e.Line >= line - 1 && e.Line <= line + 1 && (words.Length == 0 || words.Split('|').Any(w => e.Message.Contains(w, StringComparison.Ordinal))));
    }

    [Fact]
    public void A_mapping_may_say_no_more_than_the_facility_and_the_form_of_numbers()
    {
        ExtractMapping mapping = Extract.Mapping("model: lienthong-visit/1\nfacility: \"99001\"\ndecimal: \",\"\n");

        List<VisitReading> read = Extract.Read(Extract.Of(
            ("luot_kham", "MA_LK;MA_LOAI_KCB;MA_DOITUONG_KCB;NGAY_VAO;CAN_NANG;MA_BN;HO_TEN\n1;01;9;15/08/2026 08:00;50,5;B1;Trần Mẫu An\n")), mapping);

        Assert.Empty(Assert.Single(read).Problems);
        Assert.Equal("50.5", read[0].Visit![VisitFields.Visit.CAN_NANG]);
    }
}
