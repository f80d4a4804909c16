using System.Text;
using LienThong.Gateway.Records;

namespace LienThong.Gateway.Tests.Records;

public sealed class PackedFindingsTests
{
    [Fact]
    public void Findings_survive_packing()
    {
        StoredFinding[] findings =
        [
            new("X-1", Standard.Severity.Block, "XML3", 4, "T_BHTT", "4", "1.11", "Tiền sai", "Tính lại", "QĐ 3176", false),
            new("P-1", Standard.Severity.Info, "", null, "", "", new string('ộ', 800), "“Dài”", "", "", true),
        ];

        IReadOnlyList<StoredFinding> back = PackedFindings.Unpack(PackedFindings.Pack(findings));

        Assert.Equal(findings[0], back[0]);
        Assert.Equal(501, back[1].Value.Length);
        Assert.Null(PackedFindings.Pack([]));
        Assert.Empty(PackedFindings.Unpack(null));
    }

    [Fact]
    public void What_stands_around_a_finding_survives_too()
    {
        StoredFinding finding = new("X-1", Standard.Severity.Warn, "XML3", 4, "T_BHTT", "4", "50", "Tiền sai", "Tính lại", "QĐ 3176", false)
        {
            Expected = "40",
            Department = "K02",
            Doctor = "000001/AA-CCHN",
            Item = "23.0075.1494",
            AtRisk = 10.5m,
            Related = [new StoredCell("XML3", 4, "SO_LUONG", "2"), new StoredCell("XML2", null, "T_BHTT", "100")],
        };

        StoredFinding back = Assert.Single(PackedFindings.Unpack(PackedFindings.Pack([finding])));

        Assert.Equal(finding.Related, back.Related);
        Assert.Equal(finding, back with { Related = finding.Related });
    }

    [Fact]
    public void What_was_packed_before_findings_had_surroundings_is_still_read()
    {
        byte[] old = [0, .. Encoding.UTF8.GetBytes("""[["X-1",2,"XML3",4,"T_BHTT","4","1.11","Tiền sai","Tính lại","QĐ 3176",false]]""")];

        StoredFinding back = Assert.Single(PackedFindings.Unpack(old));

        Assert.Equal(new StoredFinding("X-1", (Standard.Severity)2, "XML3", 4, "T_BHTT", "4", "1.11", "Tiền sai", "Tính lại", "QĐ 3176", false), back);
    }
}
