using LienThong.Extracts;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary>Builds and judges the visits of an extract, one in memory at a time.</summary>
internal static class ExtractBuild
{
    /// <summary>Does it.</summary>
    /// <param name="readings">The visits.</param>
    /// <param name="context">What records are judged against.</param>
    /// <param name="take">Takes each record before it is disposed of.</param>
    /// <returns>What became of the visits.</returns>
    public static ExtractLedger Run(IEnumerable<VisitReading> readings, JudgeContext context, Action<Visit, Record, Release, Judgement> take)
    {
        Validator validator = Validator.Create();
        var ledger = new ExtractLedger();
        foreach (VisitReading reading in readings)
        {
            ledger.Add(reading);
            if (reading.Visit is not { } visit) continue;
            BuiltVisit? built = reading.IsUsable ? VisitBuilder.Build(visit, BuildOptions.Default) : null;
            foreach (ExtractProblem problem in built?.Problems ?? []) ledger.Add(problem);
            if (built?.Record is not { } record)
            {
                ledger.Refuse();
                continue;
            }

            using (record)
            {
                Judgement judgement = validator.Judge(record, context with { FacilityCode = visit.Facility });
                ledger.Add(visit.Key, judgement);
                take(visit, record, built.Release!, judgement);
            }
        }

        return ledger;
    }
}
