using LienThong.Extracts;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Extracts;

/// <summary>What became of the visits of an extract. Found = refused + built; built = blocked + fine.</summary>
internal sealed class ExtractLedger
{
    /// <summary>Most problems and findings kept to be told.</summary>
    public const int MostTold = 1000;

    /// <summary>Visits found.</summary>
    public int Found { get; private set; }

    /// <summary>Visits that problems kept from becoming records.</summary>
    public int Refused { get; private set; }

    /// <summary>Records built.</summary>
    public int Built { get; private set; }

    /// <summary>Records that findings keep from being sent.</summary>
    public int Blocked { get; private set; }

    /// <summary>Problems of the extract and its visits, by severity.</summary>
    public long[] Problems { get; } = new long[3];

    /// <summary>Findings of the records, by severity.</summary>
    public long[] Findings { get; } = new long[3];

    /// <summary>The first problems.</summary>
    public List<ExtractProblem> Told { get; } = [];

    /// <summary>The first findings that block, by visit.</summary>
    public List<(string Visit, Finding Finding)> Blocks { get; } = [];

    /// <summary>Whether anything keeps a visit, or rows, from going through.</summary>
    public bool IsBlocked => Problems[(int)Severity.Block] > 0 || Blocked > 0;

    /// <summary>Counts what was read.</summary>
    public void Add(VisitReading reading)
    {
        if (reading.Visit is not null) Found++;
        foreach (ExtractProblem problem in reading.Problems) Add(problem);
    }

    /// <summary>Counts a visit that became no record.</summary>
    public void Refuse() => Refused++;

    /// <summary>Counts a problem.</summary>
    public void Add(ExtractProblem problem)
    {
        Problems[(int)problem.Severity]++;
        if (Told.Count < MostTold) Told.Add(problem);
    }

    /// <summary>Counts a record.</summary>
    public void Add(string visit, Judgement judgement)
    {
        Built++;
        if (judgement.Blocked) Blocked++;
        foreach (Finding finding in judgement.Findings)
        {
            Findings[(int)finding.Severity]++;
            if (finding.Severity == Severity.Block && Blocks.Count < MostTold) Blocks.Add((visit, finding));
        }
    }
}
