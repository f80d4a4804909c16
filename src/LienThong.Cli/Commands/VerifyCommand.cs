using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>verify FILE</c></summary>
internal static class VerifyCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "Tệp đã ký." };
        Option<string[]> trust = Setting.Many("--trust", "PEM", "Chứng thư tin cậy (của người ký hoặc nơi cấp); lặp lại được.");
        Option<string[]> crl = Setting.Many("--crl", "FILE", "Danh sách chứng thư bị thu hồi (CRL, PEM hoặc DER) của nơi cấp; lặp lại được. Không tải gì từ mạng.");
        Option<string?> at = Setting.Text("--at", "THỜI-ĐIỂM", "Thời điểm xét hạn chứng thư, ví dụ 2026-07-01 hoặc 2026-07-01T08:00:00+07:00; mặc định bây giờ.");
        Option<string?> output = Setting.Output();
        var command = new Command("verify", "Kiểm tra chữ ký số trong tệp.") { file, trust, crl, at, output };
        command.SetAction(parsed => Run(parsed.GetValue(file)!, parsed.GetValue(trust) ?? [], parsed.GetValue(crl) ?? [], parsed.GetValue(at), parsed.WantsJson(output)));
        return command;
    }

    private static int Run(string file, string[] trustFiles, string[] listFiles, string? at, bool json)
    {
        DateTimeOffset moment = Moment(at);
        X509Certificate2[] trust = [.. trustFiles.SelectMany(Certificates)];
        try
        {
            byte[] document = Files.ReadAll(file);
            VerificationReport report = SignatureVerifier.Verify(document, new VerificationPolicy
            {
                At = moment,
                Trust = trust,
                RevocationLists = [.. listFiles.Select(RevokedBy)],
                Profile = FormProfiles.Of(document),
            });
            if (json) Json.Print(j => Write(j, report));
            else Tell(file, report);
            return report.Valid ? ExitCode.Fine : ExitCode.Blocked;
        }
        finally
        {
            foreach (X509Certificate2 certificate in trust) certificate.Dispose();
        }
    }

    private static DateTimeOffset Moment(string? text)
    {
        if (text is null) return TimeProvider.System.GetUtcNow();
        // A moment without zone is Vietnam's; a day means its noon, so that it is that day in Vietnam and in UTC.
        if (ValidateDay(text) is { } day) return new DateTimeOffset(day, new TimeOnly(12, 0), VietnamTime.Offset);
        string[] zoned = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mmK"];
        bool hasZone = text.EndsWith('Z') || text.LastIndexOfAny(['+', '-']) > 7;
        if (DateTimeOffset.TryParseExact(hasZone ? text : text + "+07:00", zoned, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset moment)) return moment;
        throw CommandFailure.Usage($"--at không hiểu «{Words.Plain(text, 40)}»; viết như 2026-07-01 hoặc 2026-07-01T08:00:00+07:00.");
    }

    private static DateOnly? ValidateDay(string text) => LienThong.Cli.Validate.ValidateArguments.ReadDay(text);

    private static RevocationList RevokedBy(string path) =>
        RevocationList.Read(Files.ReadAll(path)) ?? throw CommandFailure.Io($"{path}: không phải danh sách thu hồi (CRL) PEM hoặc DER.");

    private static X509Certificate2[] Certificates(string path)
    {
        byte[] bytes = Files.ReadAll(path);
        try
        {
            var found = new X509Certificate2Collection();
            if (bytes.AsSpan().IndexOf("-----BEGIN"u8) >= 0) found.ImportFromPem(Encoding.UTF8.GetString(bytes));
            else found.Add(X509CertificateLoader.LoadCertificate(bytes));
            if (found.Count > 0) return [.. found];
        }
        catch (CryptographicException)
        {
            // Told below.
        }

        throw CommandFailure.Io($"{path}: không phải chứng thư PEM hoặc DER.");
    }

    private static void Write(Utf8JsonWriter json, VerificationReport report)
    {
        json.WriteStartObject();
        json.WriteBoolean("valid", report.Valid);
        json.WriteString("reason", report.Reason);
        json.WriteString("signer", report.Signer);
        json.WriteString("serial", report.Serial);
        json.WriteMoment("notAfter", report.NotAfter);
        json.WriteMoment("signingTime", report.SigningTime);
        json.WriteString("algorithm", report.Algorithm);
        json.WriteString("message", report.Message);
        json.WriteString("signatureId", report.SignatureId);
        json.WriteString("thumbprint", report.Thumbprint);
        json.WriteStartArray("checks");
        foreach (Check check in report.Checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            json.WriteString("state", check.State switch { CheckState.Passed => "passed", CheckState.Failed => "failed", CheckState.Warned => "warned", _ => "notChecked" });
            if (check.State == CheckState.Warned) json.WriteString("message", check.Message);
            if (check.Fault != SignatureFault.None) json.WriteString("fault", check.Fault.Code());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Tell(string file, VerificationReport report)
    {
        Screen.Out.WriteLine($"{file}: {(report.Valid ? "chữ ký hợp lệ." : "chữ ký KHÔNG hợp lệ.")}");
        if (!report.Valid) Screen.Out.WriteLine($"  Lý do       {report.Message} [{report.Reason}]");
        if (report.Signer is { } signer) Screen.Out.WriteLine($"  Người ký    {Words.Plain(signer, 200)}");
        if (report.Serial is { } serial) Screen.Out.WriteLine($"  Số sê-ri    {serial}");
        if (report.SigningTime is { } time) Screen.Out.WriteLine($"  Ghi ký ngày {Words.Day(time)}");
        if (report.NotAfter is { } end) Screen.Out.WriteLine($"  Hết hạn     {Words.Day(end)}");
        if (report.Checks.Count == 0) return;
        Screen.Out.WriteLine("  Các bước");
        foreach (Check check in report.Checks)
        {
            string state = check.State switch { CheckState.Passed => "đạt", CheckState.Failed => "KHÔNG ĐẠT", CheckState.Warned => "chưa rõ: " + check.Message, _ => "không xét" };
            Screen.Out.WriteLine($"    {StepName(check.Name),-28} {state}");
        }
    }

    private static string StepName(string name) => name switch
    {
        "well-formed" => "đọc được tệp",
        "place" => "chữ ký đúng chỗ",
        "profile" => "đúng kiểu chữ ký",
        "digest" => "nội dung chưa bị sửa",
        "value" => "chữ ký khớp chứng thư",
        "registered" => "chứng thư đã đăng ký",
        "dates" => "chứng thư còn hạn",
        "trust" => "chứng thư được tin cậy",
        "revocation" => "chứng thư chưa bị thu hồi",
        "key-usage" => "chứng thư được dùng để ký",
        _ => name,
    };
}
