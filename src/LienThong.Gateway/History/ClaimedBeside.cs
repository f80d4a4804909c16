using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Validation;

namespace LienThong.Gateway.History;

/// <summary>What others claim of the drugs and supplies of some records: the stored sums without what those records had in them, and what each of them claims now.</summary>
internal sealed class ClaimedBeside
{
    private readonly Dictionary<string, Dictionary<string, decimal>> questions = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Facility, string Code), List<(string MaLk, string Tender, int Day, long Thousandths)>> sums = [];
    private readonly List<RecordFacts> records;

    public ClaimedBeside(IEnumerable<RecordFacts> records, IRecordJudge judge)
    {
        this.records = [.. records];
        foreach (RecordFacts facts in this.records)
        {
            Dictionary<string, decimal> codes = questions.GetValueOrDefault(facts.Facility) ?? new(StringComparer.Ordinal);
            judge.AskClaims(facts, codes);
            if (codes.Count > 0)
                questions[facts.Facility] = codes;
        }
        foreach (RecordFacts facts in this.records.Where(r => questions.ContainsKey(r.Facility)))
        {
            foreach (ClaimedQuantity claim in Claim.Sum(facts))
                Add(facts.Facility, facts.MaLk, claim);
        }
    }

    /// <summary>Per facility the codes that contracts name, with the least quantity bought.</summary>
    public IReadOnlyDictionary<string, Dictionary<string, decimal>> Questions => questions;

    /// <summary><c>MA_LK</c> of the records of a facility.</summary>
    public IEnumerable<string> Keys(string facility) => records.Where(r => r.Facility == facility).Select(r => r.MaLk);

    /// <summary>The codes of which more may be claimed than was bought: only for these the days matter.</summary>
    public List<string> Crowded(string facility, List<ClaimedRow> totals)
    {
        Dictionary<string, long> stored = totals.GroupBy(t => t.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Sum(t => t.Quantity), StringComparer.Ordinal);
        return [.. questions[facility].Where(q => stored.GetValueOrDefault(q.Key) + Of(facility, q.Key).Sum(s => s.Thousandths) > q.Value * ClaimedQuantity.PerUnit).Select(q => q.Key)];
    }

    /// <summary>Takes the stored sums per day.</summary>
    public void Take(string facility, List<ClaimedRow> days)
    {
        foreach (ClaimedRow row in days)
            Add(facility, "", new ClaimedQuantity(row.Code, row.Tender, (int)row.Day, row.Quantity));
    }

    /// <summary>Takes out of the stored sums what the records themselves have in them.</summary>
    public void Without(string facility, List<ClaimRow> own)
    {
        foreach (ClaimRow row in own)
        {
            foreach (ClaimedQuantity claim in PackedClaims.Unpack(row.Claims))
                Add(facility, "", claim with { Thousandths = -claim.Thousandths });
        }
    }

    /// <summary>What records other than this one claim of a code from one day through another; of every tender when none is given.</summary>
    public decimal Sum(RecordFacts own, string code, string? tender, DateOnly from, DateOnly through)
    {
        long sum = 0;
        foreach ((string maLk, string other, int day, long thousandths) in Of(own.Facility, code))
        {
            if (maLk != own.MaLk && day >= from.DayNumber && day <= through.DayNumber && (tender is null || tender == other))
                sum += thousandths;
        }
        return sum / (decimal)ClaimedQuantity.PerUnit;
    }

    private List<(string MaLk, string Tender, int Day, long Thousandths)> Of(string facility, string code) => sums.GetValueOrDefault((facility, code)) ?? [];

    private void Add(string facility, string maLk, ClaimedQuantity claim)
    {
        if (!sums.TryGetValue((facility, claim.Code), out List<(string, string, int, long)>? list))
            sums.Add((facility, claim.Code), list = []);
        list.Add((maLk, claim.Tender, claim.Day, claim.Thousandths));
    }
}
