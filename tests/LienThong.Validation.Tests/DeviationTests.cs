using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>What the reader noticed in a record becomes a finding with the rule that speaks of it.</summary>
public sealed class DeviationTests
{
    private const string Summary = "<TONG_HOP><MA_LK>HS1</MA_LK><STT>1</STT><NGAY_RA>202608151030</NGAY_RA></TONG_HOP>";

    [Fact]
    public void Every_kind_of_deviation_has_a_rule_and_a_whole_message()
    {
        foreach (DeviationKind kind in Enum.GetValues<DeviationKind>())
        {
            Finding finding = DeviationFindings.Describe(new Deviation(kind, TableId.Xml3, 2, "LA", "chi tiết"));

            Assert.NotNull(RuleCatalogue.Find(finding.Rule));
            Assert.StartsWith("XML3[2]", finding.At.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain('{', finding.Message + finding.Fix);
            Assert.DoesNotContain("\"\"", finding.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("PKG-XML1-001", Severity.Block, "XML2", "<CHITIEU_CHITIET_THUOC/>")]
    [InlineData("PKG-FIELD-001", Severity.Warn, "XML1", "<TONG_HOP><MA_LK>1</MA_LK><MAU_LA>x</MAU_LA></TONG_HOP>")]
    [InlineData("PKG-FIELD-003", Severity.Info, "XML1", "<TONG_HOP><STT>1</STT><MA_LK>1</MA_LK></TONG_HOP>")]
    [InlineData("PKG-FIELD-004", Severity.Warn, "XML1", "<TONG_HOP><MA_LK>1</MA_LK><MA_LK>2</MA_LK></TONG_HOP>")]
    [InlineData("PKG-B64-001", Severity.Info, "XML1", Summary)]
    public void Deviation_is_a_finding_of_its_rule(string code, Severity severity, string table, string content)
    {
        Judgement judgement = Assert.Single(Read(File(table, content)));

        Assert.Contains(judgement.Findings, f => f.Rule == code && f.Severity == severity);
    }

    [Fact]
    public void Unreadable_table_leaves_rules_that_read_it_unjudged()
    {
        string broken = $"<FILEHOSO><LOAIHOSO>XML3</LOAIHOSO><NOIDUNGFILE>{Convert.ToBase64String("<CHITIEU"u8)}</NOIDUNGFILE></FILEHOSO>";
        string package = File("XML1", Summary.Replace("</STT>", "</STT><T_TONGCHI_BV>5</T_TONGCHI_BV>", StringComparison.Ordinal), broken);

        Judgement judgement = Assert.Single(Read(package));

        Assert.Contains(judgement.Findings, f => f.Rule == "PKG-XML-001" && f.At.Table == "XML3");
        Assert.DoesNotContain(judgement.Findings, f => f.Rule == "X1-T_TONGCHI_BV-001");
        Assert.Contains(judgement.NotChecked, n => n.Cause == NotCheckedCause.PartUnreadable && n.Count > 0);
    }

    [Theory]
    [InlineData("VÃ¢n Tháº£o NguyÃªn ThÃ¡i", Severity.Warn)]
    [InlineData("Nguy\uFFFDn", Severity.Warn)]
    [InlineData("Nguyễn Ân Ấ", null)]
    public void Damaged_letters_are_noticed(string name, Severity? severity)
    {
        Finding? finding = A.Judge(A.CleanOutpatient().Set(Xml1.HO_TEN, name)).Findings.FirstOrDefault(f => f.Rule == "PKG-ENC-002");

        Assert.Equal(severity, finding?.Severity);
    }

    private static string File(string table, string content, string more = "") =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>99001</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20260815</NGAYLAP>"
        + $"<SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>{table}</LOAIHOSO><NOIDUNGFILE>{content}</NOIDUNGFILE></FILEHOSO>{more}</HOSO></DANHSACHHOSO>"
        + "</THONGTINHOSO><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>";

    private static List<Judgement> Read(string package)
    {
        using var reader = new PackageReader(new MemoryStream(Encoding.UTF8.GetBytes(package)));
        var judgements = new List<Judgement>();
        while (reader.Read(out Record? record)) judgements.Add(Validator.Create().Judge(record, A.Context));
        return judgements;
    }
}
