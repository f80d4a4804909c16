using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Signing;

namespace LienThong.Cli.Commands;

/// <summary><c>sign IN OUT</c></summary>
internal static class SignCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var input = new Argument<string>("IN") { Description = "Tệp cần ký." };
        var target = new Argument<string>("OUT") { Description = "Tệp đã ký; bị ghi đè nếu đã có." };
        Option<string?> pfx = Setting.Text("--pfx", "FILE", "Tệp khóa PKCS#12 (.pfx, .p12).");
        Option<string?> password = Setting.Text("--password-file", "FILE", "Tệp chứa mật khẩu của khóa.");
        Option<string?> output = Setting.Output();
        var command = new Command("sign", "Ký số vào CHUKYDONVI; mọi byte ngoài ô chữ ký giữ nguyên.") { input, target, pfx, password, output };
        command.SetAction(parsed => Run(
            parsed.GetValue(input)!, parsed.GetValue(target)!, parsed.Need(pfx), parsed.Need(password), parsed.WantsJson(output)));
        return command;
    }

    private static int Run(string input, string target, string pfx, string passwordFile, bool json)
    {
        byte[] document = Files.ReadAll(input);
        KeyLoad load = PfxKeySource.Load(Files.ReadAll(pfx), Files.ReadPassword(passwordFile));
        if (!load.Ok) return Refused(load.Fault, load.Message, json);
        using IKeySource key = load.Key;
        switch (PackageSigner.Sign(document, key, new SignOptions { At = TimeProvider.System.GetUtcNow() }))
        {
            case SignResult.Signed signed:
                Files.WriteAll(target, signed.Bytes);
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
