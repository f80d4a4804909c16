using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Standard;

namespace LienThong.Cli.Validate;

/// <summary>What is wrong with a file, as JSON.</summary>
internal static class ProblemJson
{
    /// <summary>Writes one problem as an object.</summary>
    public static void Write(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code);
        json.WriteString("severity", JsonReport.NameOf(problem.Severity));
        json.WriteString("message", problem.Message);
        json.WriteString("fix", problem.Fix);
        json.WriteNumberOrNull("line", problem.Line);
        json.WriteNumberOrNull("position", problem.Position);
        json.WriteNumberOrNull("hoso", problem.Hoso);
        json.WriteString("field", problem.Field);
        json.WriteEndObject();
    }
}
