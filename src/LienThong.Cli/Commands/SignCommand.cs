using System.CommandLine;
using LienThong.Cli.Keys;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Signing;
using LienThong.Signing;

namespace LienThong.Cli.Commands;

/// <summary><c>sign IN OUT</c></summary>
internal static class SignCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "Tệp cần ký, hoặc thư mục: mọi tệp .xml trong đó." };
        var target = new Argument<string>("OUT") { Description = "Tệp đã ký (bị ghi đè nếu đã có), hoặc thư mục cho các tệp đã ký." };
        Option<string?> pfx = Setting.Text("--pfx", "FILE", "Tệp khóa PKCS#12 (.pfx, .p12).");
        Option<string?> password = Setting.Text("--password-file", "FILE", "Tệp chứa mật khẩu của khóa.");
        Option<string?> data = Setting.Text("--data", "DIR", "Ký bằng khóa đã khai báo trong thư mục dữ liệu này, thay cho --pfx.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Cơ sở có khóa đó.");
        Option<string?> output = Setting.Output();
        var command = new Command("sign", "Ký số vào CHUKYDONVI (gói hồ sơ, check-in, biểu mẫu TT 12/2026); mọi byte ngoài ô chữ ký giữ nguyên.")
        {
            input, target, pfx, password, data, postgres, facility, output,
        };
        command.SetAction(async (parsed, ct) =>
        {
            bool json = parsed.WantsJson(output);
            if (parsed.GetValue(pfx) is { Length: > 0 } file)
            {
                string passwordFile = parsed.Need(password);
                KeySecrets secrets = new() { File = Files.ReadAll(file), Password = Files.ReadPassword(passwordFile) };
                SignerLoad load = await new SignerFactory(new MemoryPinLocks(), TimeProvider.System).OpenAsync(new KeyPlace.Pfx(), secrets, ct);
                using IDocumentSigner? own = load.Signer;
                return await RunAsync(parsed.GetValue(input)!, parsed.GetValue(target)!, load, json, ct);
            }

            if (parsed.GetValue(data) is not { Length: > 0 } folder) throw CommandFailure.Usage("thiếu khóa: --pfx FILE, hoặc --data DIR và --facility MÃ.");
            (House house, _) = await House.OpenAsync(folder, parsed.GetValue(postgres), create: false, ct);
            await using House owned = house;
            SignerLoad stored = await house.Keys.SignerOfAsync(parsed.Need(facility), ct)
                ?? throw new CommandFailure(ExitCode.Blocked, "cơ sở chưa có khóa ký nào; thêm bằng keys add hoặc ở trang Chứng thư số.");
            return await RunAsync(parsed.GetValue(input)!, parsed.GetValue(target)!, stored, json, ct);
        });
        return command;
    }

    private static async Task<int> RunAsync(string input, string target, SignerLoad load, bool json, CancellationToken ct)
    {
        if (!load.Ok) return Refused(load.Fault, load.Message, json);
        if (Directory.Exists(input)) return await SignBatch.RunAsync(input, target, load.Signer, json, ct);
        byte[] document = Files.ReadAll(input);
        switch (await load.Signer.SignAsync(document, new SignOptions { At = TimeProvider.System.GetUtcNow(), Profile = FormProfiles.Of(document) }, ct))
        {
            case SignResult.Signed signed:
                Files.WriteAll(target, signed.Parts);
                Tell(target, signed.Receipt, json);
                return ExitCode.Fine;
            case SignResult.Refused refused:
                return Refused(refused.Fault, refused.Message, json);
            case var other:
                throw new System.Diagnostics.UnreachableException(other.ToString());
        }
    }

    private static void Tell(string target, SigningReceipt receipt, bool json)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteBoolean("signed", true);
                j.WriteString("file", target);
                j.WriteString("signer", receipt.Subject);
                j.WriteString("serial", receipt.Serial);
                j.WriteMoment("notAfter", receipt.NotAfter);
                j.WriteMoment("signedAt", receipt.SignedAt);
                j.WriteString("signatureId", receipt.SignatureId);
                j.WriteString("digest", receipt.DigestValue);
                j.WriteBoolean("replaced", receipt.Replaced);
                j.WriteEndObject();
            });
            return;
        }

        Screen.Out.WriteLine($"Đã ký: {target}");
        Screen.Out.WriteLine($"  Người ký    {Words.Plain(receipt.Subject, 200)}");
        Screen.Out.WriteLine($"  Số sê-ri    {receipt.Serial}");
        Screen.Out.WriteLine($"  Hết hạn     {Words.Day(receipt.NotAfter)}");
        if (receipt.Replaced) Screen.Out.WriteLine("  Chữ ký cũ trong tệp đã được thay.");
    }

    private static int Refused(SignatureFault fault, string message, bool json)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteBoolean("signed", false);
                j.WriteString("reason", fault.Code());
                j.WriteString("message", message);
                j.WriteEndObject();
            });
        }
        else
        {
            Screen.Fail($"không ký được: {message}");
        }

        return ExitCode.Blocked;
    }
}
