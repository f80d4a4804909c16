using System.Globalization;
using LienThong.Standard;
using LienThong.Validation;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>The rate of examinations by their place in the day: the first in full, the next three at 30, then 10, then nothing (<c>ExamRules.RateOf</c>).</summary>
internal static class ExamRates
{
    public static void Write(Draft draft, List<CostLine> services)
    {
        IEnumerable<IGrouping<string, CostLine>> days = services.Where(l => l.Section.Id == SectionId.Exams).GroupBy(l => l.Source[F.Exams.NGAY_YL][..8], StringComparer.Ordinal);
        foreach (IGrouping<string, CostLine> day in days)
        {
            // Lines are in order of time; whatever the hospital system says of a line stays and takes its place in the day.
            int n = 0;
            DateOnly on = ValueForm.AsDay(day.Key) ?? default;
            foreach (CostLine exam in day)
            {
                if (!exam.Source.Has(F.Exams.TYLE_TT_DV))
                {
                    string rate = ExamRules.RateOf(n, on).ToString("0.##", CultureInfo.InvariantCulture);
                    exam.Target.Compute(Xml3.TYLE_TT_DV, rate, $"lần khám thứ {n + 1} trong ngày", exam.Of(F.Exams.NGAY_YL));
                }

                n++;
            }
        }
    }
}
