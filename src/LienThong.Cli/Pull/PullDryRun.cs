using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Cli.Pull;

/// <summary>Reads a source and prints what a pass would take.</summary>
internal static class PullDryRun
{
    private const int MostTold = 200;

    /// <summary>Runs the verb.</summary>
    /// <returns>0 fine, 1 when visits couldn't be taken, 3 when the source can't be read.</returns>
    public static async Task<int> RunAsync(string path, string? from, bool json, CancellationToken ct)
    {
        PullPlanLoad load = await PullPlans.LoadAsync(path, ct);
        List<VisitReading> told = [];
        List<string> notes = [];
        (long visits, long bad, string? watermark) = (0, 0, null);
        try
        {
            await foreach (PullPreviewBatch batch in PullPreview.ReadAsync(load, from, ct))
            {
                visits += batch.Visits.Count;
                bad += batch.Visits.Count(v => !v.IsUsable);
                watermark = batch.Watermark;
                // What is wrong is told before what is right.
                told.AddRange(batch.Visits.Where(v => !v.IsUsable || told.Count < MostTold).Take(Math.Max(0, MostTold - told.Count)));
                notes.AddRange(batch.Notes.Except(notes, StringComparer.Ordinal).Take(MostTold - notes.Count));
                if (!json && Screen.IsWatched) Screen.Error.Write($"\r  {visits} lượt khám, mốc {Words.Plain(batch.Watermark, 40)}   ");
            }
        }
        catch (PullException e)
        {
            throw CommandFailure.Io(Words.Plain(e.Told, 1000));
        }

        if (json) Print(told, notes, visits, bad, watermark);
        else Tell(load.Plan!, told, notes, visits, bad, watermark);
        return bad > 0 ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Tell(PullPlan plan, List<VisitReading> told, List<string> notes, long visits, long bad, string? watermark)
    {
        if (Screen.IsWatched) Screen.Error.WriteLine();
        foreach (VisitReading reading in told)
        {
            string sections = reading.Visit is null ? "" : string.Join(", ", Sections(reading.Visit).Select(s => $"{s.Label} {s.Rows}"));
            Screen.Out.WriteLine($"  {(reading.IsUsable ? "lấy" : "LỖI")}  {Words.Plain(KeyOf(reading), 40)}  {sections}");
            foreach (ExtractProblem p in reading.Problems)
                Screen.Out.WriteLine($"{Words.Indent}{Words.Label(p.Severity)} {Words.Plain($"{p.File}{(p.Line > 0 ? $" dòng {p.Line}" : "")}{(p.Column.Length > 0 ? $", cột {p.Column}" : "")}: {p.Message} {p.Fix}", 400)}");
        }

        if (visits > told.Count) Screen.Out.WriteLine($"  … và {visits - told.Count} lượt khám nữa.");
        foreach (string note in notes) Screen.Out.WriteLine($"  lưu ý: {Words.Plain(note, 400)}");
        Screen.Out.WriteLine($"{plan.Name}: sẽ lấy {visits - bad} lượt khám, {bad} có lỗi; mốc {Words.Plain(watermark ?? "giữ nguyên", 60)}. Chưa lưu gì.");
    }

    private static void Print(List<VisitReading> told, List<string> notes, long visits, long bad, string? watermark) => Json.Print(j =>
    {
        j.WriteStartObject();
        j.WriteNumber("visits", visits);
        j.WriteNumber("bad", bad);
        j.WriteString("watermark", watermark);
        j.WriteStartArray("taken");
        foreach (VisitReading reading in told) Write(j, reading);
        j.WriteEndArray();
        j.WriteStartArray("notes");
        foreach (string note in notes) j.WriteStringValue(note);
        j.WriteEndArray();
        j.WriteEndObject();
    });

    private static void Write(Utf8JsonWriter json, VisitReading reading)
    {
        json.WriteStartObject();
        json.WriteString("key", KeyOf(reading));
        json.WriteBoolean("usable", reading.IsUsable);
        json.WriteStartObject("rows");
        if (reading.Visit is { } visit)
        {
            foreach ((string name, _, int rows) in Sections(visit)) json.WriteNumber(name, rows);
        }

        json.WriteEndObject();
        json.WriteStartArray("problems");
        foreach (ExtractProblem p in reading.Problems)
        {
            json.WriteStartObject();
            json.WriteString("code", p.Code);
            json.WriteString("severity", p.Severity.ToString().ToLowerInvariant());
            json.WriteString("message", p.Message);
            json.WriteString("fix", p.Fix);
            json.WriteString("query", p.File);
            json.WriteNumber("row", p.Line);
            json.WriteString("column", p.Column);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string KeyOf(VisitReading reading) => reading.Visit?.Key ?? reading.Problems[0].Visit;

    private static IEnumerable<(string Name, string Label, int Rows)> Sections(Visit visit) =>
        VisitModel.Sections.Where(s => visit[s.Id].Count > 0).Select(s => (s.Name, s.LabelVi.ToLowerInvariant(), visit[s.Id].Count));
}
