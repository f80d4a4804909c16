using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;

namespace LienThong.Cli.Validate;

/// <summary>SARIF 2.1.0, written while the files are judged.</summary>
internal sealed class SarifReport : LineReport, IDisposable
{
    private readonly ByteBuffer buffer = new(64 * 1024);
    private Stream output = Stream.Null;
    private SarifFindings? sarif;

    /// <inheritdoc/>
    public override void Start(Stream output)
    {
        this.output = output;
        sarif = new SarifFindings(buffer);
    }

    /// <inheritdoc/>
    public override void Finish(Stream output, Tally tally)
    {
        sarif!.Finish();
        Pass();
    }

    /// <inheritdoc/>
    public void Dispose() => sarif?.Dispose();

    /// <inheritdoc/>
    protected override void Add(IReadOnlyList<FindingLine> lines, Record? record)
    {
        foreach (FindingLine line in lines) sarif!.Write(line);
        Pass();
    }

    private void Pass()
    {
        output.Write(buffer.Written);
        buffer.Clear();
    }
}
