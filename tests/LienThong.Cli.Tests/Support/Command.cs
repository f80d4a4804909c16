using System.Diagnostics;
using System.Text.Json;

namespace LienThong.Cli.Tests.Support;

/// <summary>What a finished command left.</summary>
internal sealed record Outcome(int Exit, string Out, string Error)
{
    public JsonElement Json
    {
        get
        {
            using var document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    public override string ToString() => $"exit {Exit}\n{Out}\n{Error}";
}

/// <summary>Runs the real command as a process of its own.</summary>
internal static class Command
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "lienthong.dll");

    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<Outcome> RunAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        using Process process = Start(environment, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException e)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{string.Join(' ', arguments)}\n{await output}\n{await error}", e);
        }

        return new Outcome(process.ExitCode, await output, await error);
    }

    public static Process Start((string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = System.Text.Encoding.UTF8,
            StandardErrorEncoding = System.Text.Encoding.UTF8,
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("LIENTHONG_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(name);
        foreach ((string name, string value) in environment) start.Environment[name] = value;
        Process process = Process.Start(start)!;
        process.StandardInput.Close();
        return process;
    }
}

/// <summary>A command that runs until it is disposed, such as a server.</summary>
internal sealed class Running : IAsyncDisposable
{
    private readonly Process process;

    private Running(Process process, IReadOnlyList<string> lines, Uri address) => (this.process, Lines, Address) = (process, lines, address);

    /// <summary>What it printed up to the line with its address.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Starts it and waits for the line that tells its address and the one that says it is ready.</summary>
    public static async Task<Running> StartAsync((string Name, string Value)[] environment, params string[] arguments)
    {
        Process started = Command.Start(environment, arguments);
        _ = started.StandardError.ReadToEndAsync();
        List<string> lines = [];
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (await started.StandardOutput.ReadLineAsync(limit.Token) is { } line)
        {
            lines.Add(line);
            if (!line.StartsWith("Nhấn Ctrl+C", StringComparison.Ordinal)) continue;
            string address = lines.SelectMany(l => l.Split(' ')).First(w => w.StartsWith("http://", StringComparison.Ordinal));
            _ = started.StandardOutput.ReadToEndAsync();
            return new Running(started, lines, new Uri(address));
        }

        throw new InvalidOperationException(string.Join('\n', lines));
    }

    /// <summary>Asks it to stop and waits.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> StopAsync()
    {
        using Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await process.WaitForExitAsync(limit.Token);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }

        process.Dispose();
    }
}
