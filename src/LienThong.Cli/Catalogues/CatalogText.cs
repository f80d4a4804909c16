using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Catalogues;

namespace LienThong.Cli.Catalogues;

/// <summary>Imports and changes of code lists as people read them.</summary>
internal static class CatalogText
{
    private const int MostProblems = 30;
    private const int MostChanges = 10;

    /// <summary>What became of a file.</summary>
    public static void Print(CatalogueImportResult result, bool dryRun)
    {
        TextWriter to = Screen.Out;
        foreach (CatalogueOutcome list in result.Lists)
        {
            string whose = list.Facility.Length > 0 ? $"cơ sở {list.Facility}" : "quốc gia";
            to.WriteLine($"  {list.Title} ({list.List}, {whose}){(list.Sheet.Length > 0 ? $", trang {Words.Plain(list.Sheet, 40)}" : "")}");
            to.WriteLine($"    thêm {Number(list.Added)}, đổi {Number(list.Changed)}, đóng {Number(list.Closed)}, giữ nguyên {Number(list.Unchanged)}, dòng sai {Number(list.Refused)}{State(list, dryRun)}");
            foreach (CatalogueChange change in list.Changes.Where(c => c.Kind != CatalogueChangeKind.Added).Take(MostChanges)) Print(change);
            int more = list.Changed + list.Closed - MostChanges;
            if (more > 0) to.WriteLine($"      … và {Number(more)} thay đổi nữa.");
        }

        Print(result.Problems, result.MoreProblems);
        if (result.Refusal.Length > 0) Screen.Fail(Words.Plain($"{result.FileName}: {result.Refusal}", 500));
        Screen.Flush();
    }

    /// <summary>A row that changed.</summary>
    public static void Print(CatalogueChange change)
    {
        string sign = change.Kind switch { CatalogueChangeKind.Added => "+", CatalogueChangeKind.Closed => "-", _ => "~" };
        Screen.Out.WriteLine($"      {sign} {Words.Plain(change.Code, 40)}  {Words.Plain(change.Name, 60)}  {Words.Faint(Period(change.From, change.To))}");
        foreach (CatalogueCellChange cell in change.Cells)
            Screen.Out.WriteLine($"          {cell.Column}: «{Words.Plain(cell.Old, 60)}» → «{Words.Plain(cell.New, 60)}»");
    }

    /// <summary>A period as people write it; empty when nothing bounds it.</summary>
    public static string Period(DateOnly? from, DateOnly? to) => string.Join(' ', new[]
    {
        from is { } first ? $"từ {Day(first)}" : "", to is { } last ? $"đến {Day(last)}" : "",
    }.Where(s => s.Length > 0));

    /// <summary>A number with separators of thousands.</summary>
    public static string Number(int number) => number.ToString("#,0", CultureInfo.InvariantCulture).Replace(',', '.');

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string State(CatalogueOutcome list, bool dryRun) => list switch
    {
        { HasChanges: false } => " → không có gì thay đổi",
        { Edition: { } edition } => $" → phiên bản {edition}",
        _ => dryRun ? " (chưa nhập)" : "",
    };

    private static void Print(IReadOnlyList<CatalogueProblem> problems, int more)
    {
        foreach (CatalogueProblem problem in problems.OrderByDescending(p => p.Severity).Take(MostProblems))
        {
            string value = problem.Value.Length > 0 ? $" «{Words.Plain(problem.Value, 60)}»" : "";
            Screen.Out.WriteLine($"  {Words.Label(problem.Severity)}  {(problem.Place.Length > 0 ? Words.Plain(problem.Place, 120) + value + ": " : "")}{Words.Plain(problem.Message, 300)}. {problem.Fix}");
        }

        int left = problems.Count - MostProblems + more;
        if (left > 0) Screen.Out.WriteLine($"  … và {Number(left)} vấn đề nữa; xem đủ bằng --output json.");
    }
}
