using System.Diagnostics;
using System.Text;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>
/// Runs a client program: no shell, arguments as a list, its own small environment, a time limit, and the whole tree of processes ended when it is over
/// or overdue. What it prints is read while it runs; a program that prints without end is ended at the reader's bounds.
/// </summary>
internal static class ClientProcess
{
    private const int MostError = 4000;

    // What programs need to find their libraries and time zone; everything else (our own secrets among it) stays here.
    private static readonly string[] Kept = ["PATH", "HOME", "TZ", "TMPDIR", "LD_LIBRARY_PATH", "ORACLE_HOME", "TNS_ADMIN", "SystemRoot", "windir", "TEMP", "TMP", "ProgramFiles"];

    /// <summary>Runs it.</summary>
    /// <param name="start">Program, arguments, input.</param>
    /// <param name="read">Reads what it prints; runs until the end of the output.</param>
    /// <param name="ct">Ends the program.</param>
    /// <exception cref="PullException">It couldn't be started, took too long, or ended with another code than 0.</exception>
    public static async Task<T> RunAsync<T>(ClientStart start, Func<Stream, T> read, CancellationToken ct)
    {
        using Process process = Start(start);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(start.Timeout);
        try
        {
            await using CancellationTokenRegistration end = limit.Token.Register(() => Kill(process));
            Task<string> errors = ErrorsAsync(process.StandardError);
            Task input = WriteAsync(process.StandardInput, start.Input);
            Exception? failed = null;
            using SkippingStream output = new(process.StandardOutput.BaseStream, start.SkipLines);
            T? result = default;
            try
            {
                result = await Task.Run(() => read(output), CancellationToken.None);
            }
            catch (Exception e)
            {
                // Where it printed less than it should, its own words say more than ours.
                failed = e;
                if (!output.IsAtEnd && !limit.IsCancellationRequested)
                {
                    Kill(process);
                    throw;
                }

                Kill(process, after: TimeSpan.FromMilliseconds(500));
            }

            await input;
            await process.WaitForExitAsync(CancellationToken.None);
            string said = await errors;
            ct.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested) throw new PullException($"Lệnh «{start.Name}» chạy quá {start.Timeout.TotalSeconds:0} giây và đã bị dừng.{Said(said)}", "Kiểm tra kết nối tới HIS; tăng timeout hoặc giảm batch.");
            if (process.ExitCode != 0 && (failed is null || said.Length > 0)) throw new PullException($"Lệnh «{start.Name}» kết thúc với mã {process.ExitCode}.{Said(said)}", "Chạy thử lệnh này bằng tay với cùng tài khoản.");
            if (failed is not null) throw failed;
            return result!;
        }
        finally
        {
            Kill(process);
        }
    }

    private static Process Start(ClientStart start)
    {
        ProcessStartInfo info = new(start.Program, start.Arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = Path.GetTempPath(),
            CreateNoWindow = true,
        };
        Dictionary<string, string?> kept = Kept.ToDictionary(k => k, Environment.GetEnvironmentVariable, StringComparer.Ordinal);
        info.Environment.Clear();
        foreach ((string name, string? value) in kept)
        {
            if (value is not null) info.Environment[name] = value;
        }

        foreach ((string name, string value) in start.Environment) info.Environment[name] = value;
        try
        {
            return Process.Start(info)!;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            throw new PullException($"Không chạy được «{start.Program}».", "Kiểm tra đường dẫn program và quyền chạy.");
        }
    }

    private static async Task WriteAsync(StreamWriter input, string text)
    {
        try
        {
            await input.WriteAsync(text);
            input.Close();
        }
        catch (IOException)
        {
            // It didn't want to read to the end: its exit code and words tell why.
        }
    }

    private static async Task<string> ErrorsAsync(StreamReader errors)
    {
        char[] buffer = new char[1024];
        StringBuilder kept = new();
        for (int read; (read = await errors.ReadAsync(buffer)) > 0;)
        {
            if (kept.Length < MostError) kept.Append(buffer, 0, Math.Min(read, MostError - kept.Length));
        }

        return kept.ToString().Trim().ReplaceLineEndings(" ");
    }

    private static string Said(string said) => said.Length == 0 ? "" : $" Lệnh báo: {(said.Length <= 500 ? said : said[..500] + "…")}";

    private static void Kill(Process process, TimeSpan after = default)
    {
        try
        {
            if (after > TimeSpan.Zero && process.WaitForExit(after)) return;
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
        catch (Exception e) when (e is InvalidOperationException or System.ComponentModel.Win32Exception or AggregateException or NotSupportedException)
        {
            // It ended on its own meanwhile.
        }
    }
}

/// <summary>A program to be run.</summary>
/// <param name="Name">What messages call it.</param>
/// <param name="Program">Full path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Environment">Variables beside the few it inherits.</param>
/// <param name="Input">What it reads from standard input.</param>
/// <param name="Timeout">Longest time.</param>
/// <param name="SkipLines">Lines of its output left out behind the first.</param>
internal sealed record ClientStart(
    string Name, string Program, IReadOnlyList<string> Arguments, IReadOnlyDictionary<string, string> Environment, string Input, TimeSpan Timeout, int SkipLines);
