using System.Globalization;
using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>Text for people: what is wrong, where, and what to do. Records without findings are only counted.</summary>
/// <param name="explains">Tells why each finding matters, the money at risk and the cells it was held against.</param>
internal sealed class TextReport(bool explains) : IReport
{
    private const int LongestValue = 80;
    private static readonly Severity[] WorstFirst = [Severity.Block, Severity.Warn, Severity.Info];
    private readonly StringBuilder text = new();
    private OrderedOutput.Part part;
    private string path = "";
    private bool named;

    /// <inheritdoc/>
    public void Start(Stream output)
    {
    }

    /// <inheritdoc/>
    public void BeginFile(OrderedOutput.Part part, string path)
    {
        this.part = part;
        this.path = path;
        named = false;
    }

    /// <inheritdoc/>
    public void Record(Record record, string facility, Judgement judgement, bool blocked)
    {
        if (judgement.Findings.Count == 0 && judgement.ReleaseNote.Length == 0 && !blocked) return;
        Name();
        string maLk = Identity.MaLk(record);
        text.Append("  Hồ sơ ").Append(CultureInfo.InvariantCulture, $"{record.Index + 1}").Append(" · ")
            .Append(maLk.Length == 0 ? "không có MA_LK" : Words.Plain(maLk, LongestValue)).Append(" · ").Append(judgement.Release.DecisionNumber).Append(" · ")
            .AppendLine(blocked ? Words.Paint("không được gửi", Severity.Block) : "gửi được");
        if (judgement.ReleaseNote.Length > 0) text.Append("    ").AppendLine(judgement.ReleaseNote);
        foreach (Severity severity in WorstFirst) Append(judgement.Findings, severity);
        Pass();
    }

    /// <inheritdoc/>
    public void EndFile(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0) Name();
        foreach (Problem problem in problems)
        {
            text.Append("  ").Append(Words.Label(problem.Severity)).Append("  ");
            if (problem.Line is { } line) text.Append(CultureInfo.InvariantCulture, $"dòng {line}, vị trí {problem.Position ?? 1}: ");
            text.AppendLine(Words.Plain(problem.Message, 1000));
            if (problem.Fix.Length > 0) text.Append(Words.Indent).AppendLine(problem.Fix);
            text.Append(Words.Indent).AppendLine(Words.Faint(problem.Code));
        }

        if (named) text.AppendLine();
        Pass();
    }

    /// <inheritdoc/>
    public void Finish(Stream output, Tally tally)
    {
        SummaryText.Append(text, tally);
        output.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    private void Append(IReadOnlyList<Finding> findings, Severity severity)
    {
        for (int i = 0; i < findings.Count; i++)
        {
            if (findings[i].Severity == severity) Append(findings[i]);
        }
    }

    private void Append(Finding finding)
    {
        text.Append("    ").Append(Words.Label(finding.Severity)).Append("  ").Append(finding.At.ToString());
        if (finding.Stt.Length > 0 && finding.Stt != finding.At.Row?.ToString(CultureInfo.InvariantCulture)) text.Append(" (STT ").Append(Words.Plain(finding.Stt, 20)).Append(')');
        if (finding.Value.Length > 0) text.Append(" = «").Append(Words.Plain(finding.Value, LongestValue)).Append('»');
        text.AppendLine().Append("  ").Append(Words.Indent).Append(Words.Plain(finding.Message, 1000));
        if (finding.Expected is { Length: > 0 } expected) text.Append(" Giá trị đúng: ").Append(Words.Plain(expected, LongestValue)).Append('.');
        text.AppendLine();
        if (finding.Fix.Length > 0) text.Append("  ").Append(Words.Indent).AppendLine(Words.Plain(finding.Fix, 1000));
        if (explains) Explain(finding);
        text.Append("  ").Append(Words.Indent).AppendLine(Words.Faint($"{finding.Rule} · {finding.LegalBasis}"));
    }

    private void Explain(Finding finding)
    {
        text.Append("  ").Append(Words.Indent).Append("Vì sao: ").AppendLine(Reasons.Why(finding.Rule, finding.Severity));
        if (finding.AtRisk is > 0 and var vnd) text.Append("  ").Append(Words.Indent).Append("Tiền có thể mất: ").Append(Words.Money(vnd)).AppendLine(".");
        if (finding.Related.Count > 0) text.Append("  ").Append(Words.Indent).Append("Liên quan: ").AppendJoin("; ", finding.Related.Select(r => $"{r.At} = «{Words.Plain(r.Value, LongestValue)}»")).AppendLine(".");
        string who = string.Join(" · ", new[] { ("khoa", finding.Department), ("người thực hiện", finding.Doctor), ("mã", finding.Item) }.Where(w => w.Item2.Length > 0).Select(w => $"{w.Item1} {Words.Plain(w.Item2, LongestValue)}"));
        if (who.Length > 0) text.Append("  ").Append(Words.Indent).Append("Ở: ").Append(who).AppendLine(".");
    }

    private void Name()
    {
        if (named) return;
        named = true;
        text.AppendLine(Words.Plain(path, 4096));
    }

    private void Pass()
    {
        foreach (ReadOnlyMemory<char> chunk in text.GetChunks()) Encoding.UTF8.GetBytes(chunk.Span, part.Buffer);
        text.Clear();
    }
}
