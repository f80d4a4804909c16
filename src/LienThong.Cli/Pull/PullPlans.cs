using LienThong.Cli.Terminal;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Cli.Pull;

/// <summary>Reads the file of a source for the command line.</summary>
internal static class PullPlans
{
    /// <summary>The source.</summary>
    /// <exception cref="CommandFailure">Its file has mistakes, which are told.</exception>
    public static async Task<PullPlanLoad> LoadAsync(string path, CancellationToken ct)
    {
        PullPlanLoad load = await PullPlanLoad.ReadFileAsync(path, ct);
        if (load.Plan is not null) return load;
        foreach (MappingError error in load.Errors) Screen.Error.WriteLine($"{path}: {error}");
        throw new CommandFailure(ExitCode.Blocked, $"{path}: có {load.Errors.Count} lỗi; chưa lấy gì.");
    }
}
