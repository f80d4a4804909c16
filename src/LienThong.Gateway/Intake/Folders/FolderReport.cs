using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;
using LienThong.Extracts;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Folders;

/// <summary>The reports beside a file that was taken out of a folder: one for programs, one for people.</summary>
internal static class FolderReport
{
    public const string JsonEnding = ".report.json";
    public const string TextEnding = ".report.txt";

    private const int MostLines = 200;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
        Converters = { new JsonStringEnumConverter() },
    };

    /// <summary>Writes both reports beside a file; those of an earlier try of the same file are replaced.</summary>
    public static async Task WriteAsync(string file, IntakeReport report, DateTimeOffset takenAt, CancellationToken ct)
    {
        await WriteAsync(file + JsonEnding, JsonSerializer.SerializeToUtf8Bytes(new Body(report, takenAt), Json), ct);
        await WriteAsync(file + TextEnding, [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Text(report, takenAt))], ct);
    }

    /// <summary>One sentence on what became of a file, in Vietnamese.</summary>
    public static string Sentence(IntakeReport r)
    {
        if (r.Found == 0)
            return r.Problems.Count > 0 ? $"Không nhận được. {r.Problems[0].Message}" : "Không có hồ sơ nào.";
        string head = r.Outcome switch
        {
            IntakeOutcome.Complete => "Đã nhận đủ",
            IntakeOutcome.Duplicate => "Tệp này đã nhận trước đó",
            IntakeOutcome.Partial => "Chỉ nhận được một phần",
            _ => "Không nhận được",
        };
        return string.Create(CultureInfo.InvariantCulture, $"{head}: tìm thấy {r.Found}, lưu {r.Stored}, đã có {r.Duplicates}, không nhận {r.Refused}, có lỗi chặn {r.Blocked}.");
    }

    private static string Text(IntakeReport r, DateTimeOffset takenAt)
    {
        StringBuilder text = new();
        text.Append("Tệp: ").AppendLine(r.FileName);
        text.Append("Lúc: ").AppendLine(takenAt.InVietnam().ToString("dd/MM/yyyy HH:mm:ss", CultureInfo.InvariantCulture));
        text.Append("Kết quả: ").AppendLine(Sentence(r));
        if (r.Declared is { } declared && declared != r.Found)
            text.AppendLine(CultureInfo.InvariantCulture, $"Tệp khai {declared} hồ sơ nhưng có {r.Found}.");
        int lines = 0, left = 0;
        foreach (string line in r.Problems.Select(Line).Concat(r.Records.Where(e => e.Message.Length > 0 || e.Problems.Count > 0).SelectMany(Lines)))
        {
            if (lines++ < MostLines)
                text.AppendLine(line);
            else
                left++;
        }
        if (left > 0)
            text.AppendLine(CultureInfo.InvariantCulture, $"Còn {left} dòng khác: xem tệp {JsonEnding}.");
        return text.ToString();
    }

    private static IEnumerable<string> Lines(IntakeRecord r)
    {
        string key = r.MaLk.Length > 0 ? r.MaLk : $"hồ sơ thứ {r.Hoso + 1}";
        return r.Problems.Count > 0 ? r.Problems.Select(p => $"- {key}: {PlaceOf(p)}{p.Message} {p.Fix}".TrimEnd()) : [$"- {key}: {r.Message}"];
    }

    private static string Line(Problem p) => $"- {(p.Line is { } line ? $"dòng {line}: " : "")}{p.Message} {p.Fix}".TrimEnd();

    private static string PlaceOf(ExtractProblem p)
    {
        string[] parts = [p.File, p.Line > 0 ? $"dòng {p.Line}" : "", p.Column.Length > 0 ? $"cột {p.Column}" : ""];
        string place = string.Join(", ", parts.Where(x => x.Length > 0));
        return place.Length > 0 ? place + ": " : "";
    }

    // Whole or not at all, also when the power fails.
    private static async Task WriteAsync(string path, byte[] content, CancellationToken ct)
    {
        string temporary = path + ".tmp";
        await File.WriteAllBytesAsync(temporary, content, ct);
        File.Move(temporary, path, overwrite: true);
    }

    private sealed class Body(IntakeReport r, DateTimeOffset takenAt)
    {
        public string FileName => r.FileName;
        public Guid? FileId => r.FileId;
        public string Sha256 => r.Sha256;
        public DateTimeOffset TakenAt => takenAt;
        public IntakeOutcome Outcome => r.Outcome;
        public string MaCskcb => r.Facility;
        public int? Declared => r.Declared;
        public int Found => r.Found;
        public int? Built => r.Built;
        public int Stored => r.Stored;
        public int Duplicates => r.Duplicates;
        public int Refused => r.Refused;
        public int Blocked => r.Blocked;
        public IReadOnlyList<Problem> Problems => r.Problems;
        public IReadOnlyList<IntakeRecord> Records => r.Records;
    }
}
