using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>Problems with rows of one table that belong to no visit: the first of each kind whole, the rest as a count.</summary>
internal sealed class RowProblems(string table, List<ExtractProblem> told, int most)
{
    private readonly Dictionary<string, int> counts = new(StringComparer.Ordinal);

    public void Add(ExtractProblem problem)
    {
        int count = counts.GetValueOrDefault(problem.Code) + 1;
        counts[problem.Code] = count;
        if (count <= most) told.Add(problem);
    }

    /// <summary>Tells the counts.</summary>
    public void Close()
    {
        foreach ((string code, int count) in counts)
        {
            if (count > most)
                told.Add(new ExtractProblem(code, Severity.Block, $"Còn {count - most} dòng khác bị lỗi như vậy.", "Sửa các lỗi trên rồi đọc lại.", table));
        }
    }
}
