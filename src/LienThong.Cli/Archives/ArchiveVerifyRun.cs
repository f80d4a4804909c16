using System.Text.Json;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Storage;

namespace LienThong.Cli.Archives;

/// <summary>Reads the whole archive and holds it against the database.</summary>
internal static class ArchiveVerifyRun
{
    /// <summary>Runs; as text, what is found is told as it is found.</summary>
    /// <param name="house">The data.</param>
    /// <param name="after">Name of an object to go on behind; null for all.</param>
    /// <param name="json">One JSON object at the end instead of text.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<int> RunAsync(House house, string? after, bool json, CancellationToken ct)
    {
        ArchiveProgressLine progress = new();
        List<ArchiveDamage> found = [];
        ArchiveAuditResult result;
        try
        {
            result = await house.ArchiveAudit.RunAsync(after, json ? found.Add : Tell, progress.Tell, ct);
        }
        catch (Exception e) when (progress.Last is not null && e is OperationCanceledException or ArchiveUnavailableException)
        {
            progress.End();
            Screen.Error.WriteLine($"  Làm tiếp bằng: --after {progress.Last}");
            throw;
        }
        progress.End();
        if (json)
        {
            Json.Print(w => Write(w, result, found));
        }
        else
        {
            Screen.Out.WriteLine($"Đã đọc {result.Objects} đối tượng ({ArchiveProgressLine.Size(result.Bytes)}), đối chiếu {result.References} nội dung: thiếu {result.Missing}, hỏng {result.Damaged}.");
            if (!result.Intact) Screen.Out.WriteLine("Hãy khôi phục các đối tượng trên từ bản sao lưu của kho.");
        }
        return result.Intact ? ExitCode.Fine : ExitCode.Blocked;
    }

    private static void Write(Utf8JsonWriter json, ArchiveAuditResult result, List<ArchiveDamage> found)
    {
        json.WriteStartObject();
        json.WriteNumber("objects", result.Objects);
        json.WriteNumber("bytes", result.Bytes);
        json.WriteNumber("references", result.References);
        json.WriteNumber("missing", result.Missing);
        json.WriteNumber("damaged", result.Damaged);
        json.WriteStartArray("faults");
        foreach (ArchiveDamage damage in found)
        {
            json.WriteStartObject();
            json.WriteString("fault", damage.Missing ? "missing" : "damaged");
            json.WriteString("object", damage.ObjectName);
            if (damage.Use is { } use)
            {
                json.WriteString("facility", use.Facility);
                json.WriteString("use", $"{use.Table}.{use.Column}");
                json.WriteString("subject", use.Subject);
                json.WriteString("sha256", use.Reference.Sha256);
            }
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tell(ArchiveDamage damage)
    {
        string what = damage.Missing ? "THIẾU" : "HỎNG";
        Screen.Out.WriteLine(damage.Use is { } use
            ? $"{what} {Words.Plain(use.Facility, 20)} {Words.Plain(use.Subject, 200)}: {Name(use)} (đối tượng {damage.ObjectName})"
            : $"{what} đối tượng {damage.ObjectName}, không hồ sơ nào dùng");
    }

    private static string Name(ArchiveUse use) => (use.Table, use.Column) switch
    {
        ("intake_file", _) => "tệp nhận vào",
        ("record_version", "content_ref") => "nội dung hồ sơ",
        ("record_version", _) => "gói đã ký",
        ("submission", _) => "gói đã gửi",
        ("visit_source", _) => "lượt khám nguồn",
        ("catalogue_edition", _) => "tệp danh mục",
        _ => $"{use.Table}.{use.Column}",
    };
}
