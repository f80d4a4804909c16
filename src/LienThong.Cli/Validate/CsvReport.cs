using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>A CSV line per finding or problem of a file.</summary>
internal sealed class CsvReport : IReport
{
    private OrderedOutput.Part part;
    private string path = "";

    /// <inheritdoc/>
    public void Start(Stream output)
    {
        var header = new ByteBuffer(1024);
        CsvFindings.WriteHeader(header);
        output.Write(header.Written);
    }

    /// <inheritdoc/>
    public void BeginFile(OrderedOutput.Part part, string path)
    {
        this.part = part;
        this.path = path;
    }

    /// <inheritdoc/>
    public void Record(Record record, string facility, Judgement judgement, bool blocked)
    {
        if (judgement.Findings.Count == 0) return;
        FindingSource source = Identity.Of(path, record, facility, judgement);
        foreach (Finding finding in judgement.Findings) CsvFindings.Write(part.Buffer, FindingLine.Of(source, finding));
    }

    /// <inheritdoc/>
    public void EndFile(IReadOnlyList<Problem> problems)
    {
        foreach (Problem problem in problems) CsvFindings.Write(part.Buffer, FindingLine.Of(path, problem));
    }

    /// <inheritdoc/>
    public void Finish(Stream output, Tally tally)
    {
    }
}
