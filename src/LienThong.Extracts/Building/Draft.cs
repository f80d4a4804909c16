using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>A record while it is being built from a visit.</summary>
internal sealed class Draft(Visit visit, Release release, BuildOptions options)
{
    public Visit Visit => visit;

    public Release Release => release;

    public BuildOptions Options => options;

    public RecordBuilder Record { get; } = new();

    public RecordTrace? Trace { get; } = options.Traced ? new RecordTrace() : null;

    public List<ExtractProblem> Problems { get; } = [];

    /// <summary>The row of XML1.</summary>
    public TargetRow Summary { get; private set; } = null!;

    /// <summary>The patient uses insurance: a card is there and the category isn't 9.</summary>
    public bool IsInsured { get; } = visit[SectionId.Cards].Count > 0 && visit[VisitFields.Visit.MA_DOITUONG_KCB] != "9";

    /// <summary>Day the visit ends; of one that goes on, the day it began.</summary>
    public DateOnly Day { get; } = ValueForm.AsDay(visit[VisitFields.Visit.NGAY_RA]) ?? ValueForm.AsDay(visit[VisitFields.Visit.NGAY_VAO]) ?? default;

    public DateOnly Arrival { get; } = ValueForm.AsDay(visit[VisitFields.Visit.NGAY_VAO]) ?? default;

    /// <summary><c>MA_LOAI_KCB</c>.</summary>
    public string Kind { get; } = visit[VisitFields.Visit.MA_LOAI_KCB];

    public VisitRow Main => visit[SectionId.Visit][0];

    public TargetRow Add(TableId table)
    {
        var row = new TargetRow(Record.AddRow(table), Record.Rows(table).Count, release, Trace);
        if (table == TableId.Xml1) Summary = row;
        return row;
    }

    /// <summary>Takes over every field of a row that the table has under the same name.</summary>
    public void CopyRow(TargetRow target, VisitRow source, int number)
    {
        foreach (VisitFieldSpec field in VisitModel.Of(source.Section).Fields)
        {
            if (field.Standard is { } standard && standard.Id.Table == target.Table) target.Copy(standard.Id, source, number, field.Id);
        }
    }

    /// <summary>A field of the visit's own row as a source.</summary>
    public SourceCell Of(VisitField field) => Of(field, 0);

    /// <summary>A field of a row as a source.</summary>
    public SourceCell Of(VisitField field, int row) => new(field, visit[field.Section][row], row + 1);

    /// <summary>A field of every row of a section that holds something there.</summary>
    public IEnumerable<SourceCell> All(VisitField field)
    {
        IReadOnlyList<VisitRow> rows = visit[field.Section];
        for (int i = 0; i < rows.Count; i++)
        {
            if (rows[i].Has(field)) yield return new SourceCell(field, rows[i], i + 1);
        }
    }

    public void Tell(Severity severity, string message, string fix, VisitRow? row = null) =>
        Problems.Add(new ExtractProblem(ExtractCodes.Build, severity, message, fix, row?.Place.File ?? "", row?.Place.Line ?? 0, Visit: visit.Key));
}
