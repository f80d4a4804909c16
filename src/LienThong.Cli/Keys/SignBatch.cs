using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Signing;

namespace LienThong.Cli.Keys;

/// <summary>Signs the files of a folder into another one, on all processors. A file that can't be signed doesn't cost the others; nothing half-signed is written.</summary>
internal static class SignBatch
{
    /// <summary>Runs it.</summary>
    /// <returns>0 all signed, 1 some refused, 3 some can't be read or written.</returns>
    public static async Task<int> RunAsync(string input, string target, IDocumentSigner signer, bool json, CancellationToken ct)
    {
        if (Path.GetFullPath(target) == Path.GetFullPath(input)) throw CommandFailure.Usage("thư mục kết quả phải khác thư mục đầu vào.");
        FoundFile[] files = [.. Files.Walk([input])];
        var outcomes = new Outcome?[files.Length];
        int done = 0;
        await new Board(json).RunAsync("Ký số", files.Length, async tell =>
        {
            await Parallel.ForAsync(0, files.Length, ct, async (i, stop) =>
            {
                outcomes[i] = await SignAsync(files[i], input, target, signer, stop);
                tell(Interlocked.Increment(ref done));
            });
            return true;
        });
        Outcome[] all = [.. outcomes.Select(o => o!)];
        if (json) Json.Print(j => Write(j, all));
        else Tell(all);
        return all.Max(o => o.Code);
    }

    private static async Task<Outcome> SignAsync(FoundFile file, string input, string target, IDocumentSigner signer, CancellationToken ct)
    {
        if (file.Trouble is { } trouble) return new Outcome(file.Path, null, ExitCode.Io, "file", trouble);
        try
        {
            byte[] document = Files.ReadAll(file.Path);
            SignResult result = await signer.SignAsync(document, new SignOptions { At = TimeProvider.System.GetUtcNow(), Profile = FormProfiles.Of(document) }, ct);
            if (result is not SignResult.Signed signed) return new Outcome(file.Path, null, ExitCode.Blocked, ((SignResult.Refused)result).Fault.Code(), ((SignResult.Refused)result).Message);
            string place = Path.Combine(target, Path.GetRelativePath(input, file.Path));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            Files.WriteAll(place, signed.Parts);
            return new Outcome(file.Path, place, ExitCode.Fine, "", "");
        }
        catch (CommandFailure e)
        {
            return new Outcome(file.Path, null, e.Code, "file", e.Message);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            return new Outcome(file.Path, null, ExitCode.Io, "file", Files.Explain(e));
        }
    }

    private static void Tell(Outcome[] all)
    {
        foreach (Outcome refused in all.Where(o => o.Code != ExitCode.Fine)) Screen.Fail($"{refused.File}: {refused.Message}");
        Screen.Out.WriteLine($"Đã ký {all.Count(o => o.Code == ExitCode.Fine)}/{all.Length} tệp.");
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, Outcome[] all)
    {
        json.WriteStartObject();
        json.WriteNumber("signed", all.Count(o => o.Code == ExitCode.Fine));
        json.WriteNumber("refused", all.Count(o => o.Code != ExitCode.Fine));
        json.WriteStartArray("files");
        foreach (Outcome one in all)
        {
            json.WriteStartObject();
            json.WriteString("file", one.File);
            json.WriteString("target", one.Target);
            json.WriteString("reason", one.Reason.Length > 0 ? one.Reason : null);
            json.WriteString("message", one.Message.Length > 0 ? one.Message : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private sealed record Outcome(string File, string? Target, int Code, string Reason, string Message);
}
