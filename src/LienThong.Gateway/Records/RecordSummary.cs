using LienThong.Gateway.Rules;
using LienThong.Standard;

namespace LienThong.Gateway.Records;

/// <summary>What lists and searches show of a record, taken from XML1.</summary>
/// <param name="Release">Release of the standard it is judged by.</param>
/// <param name="Name">Patient's name (<c>HO_TEN</c>).</param>
/// <param name="NgayVao"><c>NGAY_VAO</c>, <c>yyyyMMddHHmm</c>; empty when unusable.</param>
/// <param name="NgayRa"><c>NGAY_RA</c>, as above.</param>
/// <param name="MaLoaiKcb">Visit type.</param>
/// <param name="TotalCost"><c>T_TONGCHI_BV</c> in VND; null when absent or malformed.</param>
/// <param name="FundPays"><c>T_BHTT</c> in VND; null when absent or malformed.</param>
/// <param name="CardPrefix">First characters of <c>MA_THE_BHYT</c> (object, level, province); no more of the card is kept.</param>
public sealed record RecordSummary(
    string Release, string Name, string NgayVao, string NgayRa, string MaLoaiKcb, decimal? TotalCost, decimal? FundPays, string CardPrefix)
{
    /// <summary>Ward the patient left from: the last of <c>MA_KHOA</c>; empty when not given.</summary>
    public string Ward { get; init; } = "";

    /// <summary>Reads the summary of a record; empty values when it has no XML1.</summary>
    public static RecordSummary Of(Record record, string release)
    {
        if (record.Summary is not { } row)
            return new RecordSummary(release, "", "", "", "", null, null, "");
        return new RecordSummary(
            release, Short(row[Xml1.HO_TEN].Text, 255), Moment(row[Xml1.NGAY_VAO]), Moment(row[Xml1.NGAY_RA]),
            Short(row[Xml1.MA_LOAI_KCB].Text.Trim(), 20), Money(row[Xml1.T_TONGCHI_BV]), Money(row[Xml1.T_BHTT]),
            ExceptionFacts.Of(record).CardPrefix)
        {
            Ward = Short(row[Xml1.MA_KHOA].Text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).LastOrDefault() ?? "", 20),
        };
    }

    private static string Moment(Value value) => value.DateTime12().IsPresent ? value.Text.Trim() : "";

    private static decimal? Money(Value value) => value.Decimal() is { IsPresent: true } read && Math.Abs(read.Value) < 1_000_000_000_000m ? read.Value : null;

    private static string Short(string text, int most) => text.Length <= most ? text.Trim() : text[..most].Trim();
}

/// <summary>Findings of a version with their counts.</summary>
/// <param name="All">The findings, those that exceptions keep from counting among them.</param>
/// <param name="NotChecked">Rules that could not be judged.</param>
public sealed record JudgedFindings(IReadOnlyList<StoredFinding> All, int NotChecked)
{
    /// <summary>How many an exception keeps from counting.</summary>
    public int Suppressed
    {
        get
        {
            int count = 0;
            foreach (StoredFinding finding in All)
            {
                if (finding.Suppressed)
                    count++;
            }
            return count;
        }
    }

    /// <summary>How many have this severity and count.</summary>
    public int Count(Severity severity)
    {
        int count = 0;
        foreach (StoredFinding finding in All)
        {
            if (finding.Severity == severity && !finding.Suppressed)
                count++;
        }
        return count;
    }

    /// <summary>Whether one of them blocks.</summary>
    public bool Blocked => Count(Severity.Block) > 0;
}
