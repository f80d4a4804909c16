using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>A report that takes findings as lines, record by record in the order of the files, and writes the whole itself; one worker only.</summary>
internal abstract class LineReport : IReport
{
    private string path = "";

    /// <inheritdoc/>
    public virtual void Start(Stream output)
    {
    }

    /// <inheritdoc/>
    public void BeginFile(OrderedOutput.Part part, string path) => this.path = path;

    /// <inheritdoc/>
    public void Record(Record record, string facility, Judgement judgement, bool blocked)
    {
        if (judgement.Findings.Count == 0) return;
        FindingSource source = Identity.Of(path, record, facility, judgement);
        Add([.. judgement.Findings.Select(f => FindingLine.Of(source, f))], record);
    }

    /// <inheritdoc/>
    public void EndFile(IReadOnlyList<Problem> problems)
    {
        if (problems.Count > 0) Add([.. problems.Select(p => FindingLine.Of(path, p))], null);
    }

    /// <inheritdoc/>
    public abstract void Finish(Stream output, Tally tally);

    /// <summary>Takes the findings of one record, or what is wrong with one file.</summary>
    protected abstract void Add(IReadOnlyList<FindingLine> lines, Record? record);
}
