using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Extracts;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary>Text for people about an extract.</summary>
internal static class ExtractText
{
    private const int LongestValue = 80;

    /// <summary>Prints the problems of an extract, the worst first.</summary>
    public static void Problems(ExtractLedger ledger)
    {
        foreach (ExtractProblem problem in ledger.Told.OrderByDescending(p => p.Severity))
        {
            Screen.Out.WriteLine($"{Words.Label(problem.Severity)}  {Place(problem)}");
            Screen.Out.WriteLine($"{Words.Indent}{Words.Plain(problem.Message, 1000)} {Words.Plain(problem.Fix, 1000)}");
        }

        long more = ledger.Problems.Sum() - ledger.Told.Count;
        if (more > 0) Screen.Out.WriteLine($"… và {more} vấn đề khác.");
    }

    /// <summary>Prints findings that block.</summary>
    public static void Blocks(ExtractLedger ledger)
    {
        foreach ((string visit, Finding finding) in ledger.Blocks) Finding(finding, visit);
    }

    /// <summary>Prints a finding.</summary>
    public static void Finding(Finding finding, string visit = "")
    {
        string value = finding.Value.Length > 0 ? $" = «{Words.Plain(finding.Value, LongestValue)}»" : "";
        Screen.Out.WriteLine($"{Words.Label(finding.Severity)}  {(visit.Length > 0 ? Words.Plain(visit, LongestValue) + " · " : "")}{finding.At}{value}");
        Screen.Out.WriteLine($"{Words.Indent}{Words.Plain(finding.Message, 1000)} {Words.Plain(finding.Fix, 1000)} {Words.Faint($"[{finding.Rule}]")}");
    }

    /// <summary>Prints the ledger.</summary>
    public static void Ledger(ExtractLedger ledger, ExtractReader reader)
    {
        foreach ((string table, long rows) in reader.Tables) Screen.Out.WriteLine($"{Words.Plain(table, 100)}: {rows.ToString(CultureInfo.InvariantCulture)} dòng");
        if (reader.Remarks > 0) Screen.Out.WriteLine($"Bỏ qua {reader.Remarks} dòng ví dụ (mã bắt đầu bằng #).");
        Screen.Out.WriteLine($"{ledger.Found} lượt khám: {ledger.Built - ledger.Blocked} hồ sơ gửi được, {ledger.Blocked} hồ sơ có lỗi chặn, {ledger.Refused} lượt không lập được hồ sơ.");
        Screen.Out.WriteLine($"Ở dữ liệu nguồn: {Words.Counts(ledger.Problems)}. Trong hồ sơ: {Words.Counts(ledger.Findings)}.");
    }

    private static string Place(ExtractProblem problem)
    {
        var parts = new List<string>();
        if (problem.File.Length > 0) parts.Add(Words.Plain(problem.File, 200));
        if (problem.Line > 0) parts.Add($"dòng {problem.Line}");
        if (problem.Column.Length > 0) parts.Add($"cột {Words.Plain(problem.Column, 100)}");
        if (problem.Visit.Length > 0) parts.Add($"lượt {Words.Plain(problem.Visit, 100)}");
        string value = problem.Value.Length > 0 ? $" = «{Words.Plain(problem.Value, LongestValue)}»" : "";
        return string.Join(", ", parts) + value;
    }
}
