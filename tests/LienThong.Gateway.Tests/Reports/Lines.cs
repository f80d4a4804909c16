using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Reports;

/// <summary>A few findings with everything that is hard to write: formulas, leading zeros, quotes, line ends, control characters.</summary>
internal static class Lines
{
    public static readonly FindingSource Source = new("thang 7/hồ sơ 1.xml", 1, "HS0001", "01001", "QD1931");

    public static FindingLine[] OfRecord { get; } =
    [
        new()
        {
            Source = Source, Severity = Severity.Block, Rule = "X1-REQUIRED-001", Table = "XML1", Row = 1, Stt = "1", Field = "HO_TEN",
            Message = "XML1 thiếu họ tên người bệnh (HO_TEN).", Fix = "Bổ sung ở phần mềm nguồn rồi xuất lại.", LegalBasis = "QĐ 130/QĐ-BYT, Bảng 1", Department = "K01", AtRisk = 120_000,
        },
        new()
        {
            Source = Source, Severity = Severity.Warn, Rule = "X2-TT_THAU-001", Table = "XML2", Row = 2, Stt = "2", Field = "TT_THAU", Value = "=HYPERLINK(\"http://x\",\"y\")",
            Message = "Dòng 2: thiếu \"thông tin thầu\",\nxem lại.", Fix = "", LegalBasis = "QĐ 130/QĐ-BYT, Bảng 2", Department = "K01", Doctor = "000123/AA-CCHN", Item = "40.154", AtRisk = 15_000.5m,
        },
        new()
        {
            Source = Source, Severity = Severity.Info, Rule = "FAM-TRIM", Table = "XML2", Row = 2, Stt = "2", Field = "MA_THUOC", Value = "@00123\u0007_x0041_", Expected = "00123",
            Message = "MA_THUOC có ký tự ẩn.", Fix = "Xóa ký tự thừa.", LegalBasis = "QĐ 130/QĐ-BYT", Department = "K01", Doctor = "000123/AA-CCHN", Item = "00123",
        },
    ];

    public static FindingLine OfFile { get; } =
        FindingLine.Of("thang 7/hồ sơ 2.xml", new Problem("PKG-XML-001", Severity.Block, "File không phải XML hợp lệ: file bị cắt ngang.", "Xuất lại file từ phần mềm nguồn.", 3, 14));

    /// <summary>The record that the findings point into.</summary>
    public static Record Record()
    {
        var record = new RecordBuilder();
        record.Set(Xml1.MA_LK, "HS0001").Set(Xml1.STT, "1").Set(Xml1.HO_TEN, "").Set(Xml1.SO_CCCD, "001190000017").Set(Xml1.MA_CSKCB, "01001").Set(Xml1.LY_DO_VV, "-2+3");
        record.AddRow(TableId.Xml2).Set(Xml2.MA_LK, "HS0001").Set(Xml2.STT, "1").Set(Xml2.MA_THUOC, "40.155");
        record.AddRow(TableId.Xml2).Set(Xml2.MA_LK, "HS0001").Set(Xml2.STT, "2").Set(Xml2.MA_THUOC, "@00123").Set(Xml2.TT_THAU, "=HYPERLINK(\"http://x\",\"y\")").Set(Xml2.SO_LUONG, "0010");
        return record.Build();
    }
}
