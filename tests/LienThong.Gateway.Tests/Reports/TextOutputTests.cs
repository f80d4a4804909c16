using System.Buffers;
using System.Text;
using System.Text.Json;
using LienThong.Gateway.Reports.Findings;

namespace LienThong.Gateway.Tests.Reports;

public sealed class TextOutputTests
{
    [Fact]
    public void Csv_keeps_text_and_takes_the_sting_out_of_formulas()
    {
        string csv = Csv();

        Golden.AssertSame("findings.csv", csv);
        Assert.StartsWith("\uFEFF", csv, StringComparison.Ordinal);
        Assert.Contains(",\"'=HYPERLINK(", csv, StringComparison.Ordinal);
        Assert.Contains(",'@00123", csv, StringComparison.Ordinal);
        Assert.Contains(",01001,", csv, StringComparison.Ordinal);
    }

    [Fact]
    public void Sarif_names_file_place_level_and_rule()
    {
        string sarif = Sarif();

        Golden.AssertSame("findings.sarif", sarif);
        using JsonDocument document = JsonDocument.Parse(sarif);
        JsonElement run = Assert.Single(document.RootElement.GetProperty("runs").EnumerateArray());
        Assert.Equal(4, run.GetProperty("results").GetArrayLength());
        string[] rules = [.. run.GetProperty("tool").GetProperty("driver").GetProperty("rules").EnumerateArray().Select(r => r.GetProperty("id").GetString()!)];
        Assert.All(run.GetProperty("results").EnumerateArray(), r => Assert.Contains(r.GetProperty("ruleId").GetString(), rules));
    }

    private static string Csv()
    {
        var output = new ArrayBufferWriter<byte>();
        CsvFindings.WriteHeader(output);
        foreach (FindingLine line in (FindingLine[])[.. Lines.OfRecord, Lines.OfFile]) CsvFindings.Write(output, line);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static string Sarif()
    {
        var output = new ArrayBufferWriter<byte>();
        using var sarif = new SarifFindings(output, "1.0.0");
        foreach (FindingLine line in (FindingLine[])[.. Lines.OfRecord, Lines.OfFile]) sarif.Write(line);
        sarif.Finish();
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}
