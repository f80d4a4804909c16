using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>Opens the source a plan describes.</summary>
internal static class PullSourceFactory
{
    /// <summary>The source; nothing is connected to yet.</summary>
    public static IPullSource Create(PullPlan plan)
    {
        PullSecrets secrets = new();
        ExtractLimits limits = ExtractLimits.Default;
        return plan.Provider switch
        {
            PullProvider.Postgres => new PostgresSource(plan, secrets, limits),
            PullProvider.Sqlite => new SqliteSource(plan, secrets, limits),
            PullProvider.Assembly => new AssemblySource(plan, secrets, limits),
            _ => new CommandSource(plan, secrets, limits),
        };
    }
}
