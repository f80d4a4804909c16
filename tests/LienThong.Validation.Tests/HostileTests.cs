using System.Diagnostics;
using System.Globalization;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

/// <summary>Records made to be slow: the cost stays in proportion to their size, and findings stay bounded.</summary>
public sealed class HostileTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public void Endless_lists_cost_little()
    {
        string codes = string.Join(';', Enumerable.Repeat("A01", 200_000));
        string cards = string.Join(';', Enumerable.Repeat("GD4000000000017", 50_000));
        var time = Stopwatch.StartNew();

        A.Judge(A.CleanOutpatient().Set(Xml1.MA_BENH_KT, codes).Set(Xml1.MA_THE_BHYT, cards).Set(Xml1.GT_THE_DEN, cards).Set(Xml1.MA_DKBD, codes));

        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
    }

    [Fact]
    public void Many_unlinked_results_and_services_cost_little()
    {
        RecordBuilder record = A.CleanInpatient();
        for (int i = 0; i < 15_000; i++)
        {
            string code = i.ToString(CultureInfo.InvariantCulture);
            record.AddRow(TableId.Xml3).Set(Xml3.MA_DICH_VU, "S" + code);
            record.AddRow(TableId.Xml4).Set(Xml4.MA_DICH_VU, (i % 2 == 0 ? "S0" : "S14999") + (i % 3 == 0 ? "X" : ""));
        }

        var time = Stopwatch.StartNew();

        Judgement judgement = A.Judge(record);

        Assert.True(time.Elapsed < Patience, time.Elapsed.ToString());
        Assert.True(judgement.Findings.Count < 60_000, judgement.Findings.Count.ToString(CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Shown_values_are_cut()
    {
        Judgement judgement = A.Judge(A.CleanOutpatient().Set(Xml1.MA_LK, new string('ễ', 1_000_000)));

        Assert.All(judgement.Findings, f => Assert.True(f.ToString().Length < 4000));
    }
}
