using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Catalogues;

namespace LienThong.Cli.Catalogues;

/// <summary>Code lists as JSON.</summary>
internal static class CatalogJson
{
    /// <summary>Imports.</summary>
    public static void Print(IReadOnlyList<CatalogueImportResult> results, bool dryRun) => Json.Print(j =>
    {
        j.WriteStartObject();
        j.WriteBoolean("dryRun", dryRun);
        j.WriteStartArray("files");
        foreach (CatalogueImportResult result in results) Write(j, result);
        j.WriteEndArray();
        j.WriteEndObject();
    });

    /// <summary>An edition.</summary>
    public static void Write(Utf8JsonWriter j, CatalogueEdition e)
    {
        j.WriteStartObject();
        j.WriteString("list", e.List);
        j.WriteString("title", e.Title);
        j.WriteString("facility", e.Facility.Length > 0 ? e.Facility : null);
        j.WriteNumber("edition", e.Edition);
        j.WriteNumberOrNull("restores", e.Restores);
        j.WriteNumber("rows", e.RowCount);
        WriteDay(j, "coversFrom", e.CoversFrom);
        WriteDay(j, "coversTo", e.CoversTo);
        j.WriteBoolean("complete", e.IsComplete);
        j.WriteNumber("added", e.Added);
        j.WriteNumber("changed", e.Changed);
        j.WriteNumber("closed", e.Closed);
        j.WriteNumber("refused", e.Refused);
        j.WriteString("file", e.FileName);
        j.WriteString("sha256", e.Sha256);
        j.WriteString("by", e.Actor);
        j.WriteString("reason", e.Reason);
        j.WriteMoment("at", e.At);
        j.WriteEndObject();
    }

    /// <summary>A row that changed.</summary>
    public static void Write(Utf8JsonWriter j, CatalogueChange change)
    {
        j.WriteStartObject();
        j.WriteString("kind", change.Kind.ToString().ToLowerInvariant());
        j.WriteString("code", change.Code);
        j.WriteString("name", change.Name);
        j.WriteNumberOrNull("line", change.Line);
        WriteDay(j, "from", change.From);
        WriteDay(j, "to", change.To);
        j.WriteStartArray("cells");
        foreach (CatalogueCellChange cell in change.Cells)
        {
            j.WriteStartObject();
            j.WriteString("column", cell.Column);
            j.WriteString("old", cell.Old);
            j.WriteString("new", cell.New);
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteEndObject();
    }

    /// <summary>A day as ISO 8601, or null.</summary>
    public static void WriteDay(Utf8JsonWriter j, string name, DateOnly? day) => j.WriteString(name, day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    private static void Write(Utf8JsonWriter j, CatalogueImportResult result)
    {
        j.WriteStartObject();
        j.WriteString("file", result.FileName);
        j.WriteString("sha256", result.Sha256);
        j.WriteBoolean("applied", result.Applied);
        j.WriteString("refusal", result.Refusal.Length > 0 ? result.Refusal : null);
        j.WriteStartArray("lists");
        foreach (CatalogueOutcome list in result.Lists) Write(j, list);
        j.WriteEndArray();
        j.WriteStartArray("problems");
        foreach (CatalogueProblem problem in result.Problems) Write(j, problem);
        j.WriteEndArray();
        j.WriteNumber("moreProblems", result.MoreProblems);
        j.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter j, CatalogueOutcome list)
    {
        j.WriteStartObject();
        j.WriteString("list", list.List);
        j.WriteString("title", list.Title);
        j.WriteString("facility", list.Facility.Length > 0 ? list.Facility : null);
        j.WriteString("sheet", list.Sheet.Length > 0 ? list.Sheet : null);
        j.WriteNumberOrNull("edition", list.Edition);
        j.WriteNumber("added", list.Added);
        j.WriteNumber("changed", list.Changed);
        j.WriteNumber("closed", list.Closed);
        j.WriteNumber("unchanged", list.Unchanged);
        j.WriteNumber("refused", list.Refused);
        j.WriteNumber("rows", list.RowCount);
        j.WriteStartArray("changes");
        foreach (CatalogueChange change in list.Changes) Write(j, change);
        j.WriteEndArray();
        j.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter j, CatalogueProblem problem)
    {
        j.WriteStartObject();
        j.WriteString("severity", JsonReport.NameOf(problem.Severity));
        j.WriteString("sheet", problem.Sheet.Length > 0 ? problem.Sheet : null);
        j.WriteNumberOrNull("line", problem.Line);
        j.WriteString("column", problem.Column.Length > 0 ? problem.Column : null);
        j.WriteString("value", problem.Value);
        j.WriteString("message", problem.Message);
        j.WriteString("fix", problem.Fix);
        j.WriteEndObject();
    }
}
