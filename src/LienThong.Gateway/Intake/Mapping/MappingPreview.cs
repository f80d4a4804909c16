using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Checking;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Mapping;

/// <summary>What a mapping makes of a sample.</summary>
/// <param name="Found">Visits found.</param>
/// <param name="Built">Visits that became records.</param>
/// <param name="Problems">What was wrong, the first of them.</param>
/// <param name="MoreProblems">How many more there are.</param>
/// <param name="MaLk">Key of the visit shown; empty when none was built.</param>
/// <param name="Rows">The rows of its record.</param>
/// <param name="Checked">Its findings; null when none was built.</param>
public sealed record MappingPreview(
    int Found, int Built, IReadOnlyList<ExtractProblem> Problems, int MoreProblems, string MaLk, IReadOnlyList<PreviewRow> Rows, CheckedVisit? Checked)
{
    private const int MostProblems = 100;
    private const int MostVisits = 1000;
    private const int MostRows = 100;

    /// <summary>Reads a sample by a mapping, builds its visits and judges the first record. Nothing is stored.</summary>
    /// <param name="tables">The sample.</param>
    /// <param name="mapping">The mapping.</param>
    /// <param name="facility">Facility of visits that name none.</param>
    /// <param name="caller">Who looks.</param>
    /// <param name="check">Judges.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<MappingPreview> RunAsync(
        IReadOnlyList<ExtractTable> tables, ExtractMapping mapping, string facility, Caller caller, VisitCheck check, CancellationToken ct)
    {
        ExtractMapping used = mapping.Facility.Length > 0 ? mapping : mapping with { Facility = facility };
        List<ExtractProblem> problems = [];
        int found = 0, built = 0, more = 0;
        string maLk = "";
        IReadOnlyList<PreviewRow> rows = [];
        CheckedVisit? judged = null;
        foreach (VisitReading reading in new VisitAssembly(used, new AssemblyOptions(TemporaryFile.Create)).Read(tables).Take(MostVisits))
        {
            ct.ThrowIfCancellationRequested();
            found += reading.Visit is null ? 0 : 1;
            BuiltVisit? made = reading.IsUsable ? VisitBuilder.Build(reading.Visit!, BuildOptions.Default with { AllowsOpen = true }) : null;
            foreach (ExtractProblem problem in reading.Problems.Concat(made?.Problems ?? []))
            {
                if (problems.Count < MostProblems)
                    problems.Add(problem);
                else
                    more++;
            }
            using Record? record = made?.Record;
            if (record is null)
                continue;
            if (built++ > 0)
                continue;
            maLk = reading.Visit!.Key;
            rows = RowsOf(record, made!.Release!);
            judged = (await check.CheckAsync(caller, record, facility, ct)).Visits[0];
        }
        return new MappingPreview(found, built, problems, more, maLk, rows, judged);
    }

    private static List<PreviewRow> RowsOf(Record record, Release release)
    {
        List<PreviewRow> rows = [];
        foreach (TableSpec spec in release.Tables)
        {
            for (int i = 0; i < (record[spec.Id]?.Count ?? 0) && rows.Count < MostRows; i++)
            {
                Row row = record[spec.Id]![i];
                rows.Add(new PreviewRow(spec.Id.Code(), i + 1, [.. spec.Fields.Where(f => !row[f.Id].IsEmpty).Select(f => new PreviewCell(f.Name, f.LabelVi, row[f.Id].Text))]));
            }
        }
        return rows;
    }
}

/// <summary>A row of a record.</summary>
/// <param name="Table">Table code.</param>
/// <param name="Row">From 1.</param>
/// <param name="Cells">Its values.</param>
public sealed record PreviewRow(string Table, int Row, IReadOnlyList<PreviewCell> Cells);

/// <summary>A value of a record.</summary>
/// <param name="Field">Field name.</param>
/// <param name="Label">Vietnamese label.</param>
/// <param name="Value">Text.</param>
public sealed record PreviewCell(string Field, string Label, string Value);
