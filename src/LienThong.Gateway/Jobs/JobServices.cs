using LienThong.Gateway.Access;
using LienThong.Gateway.Access.Directories;
using LienThong.Gateway.Audit;
using LienThong.Gateway.Cards;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Rules;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Jobs;

/// <summary>Puts recurring jobs together. Quartz is loaded when a server starts <see cref="JobScheduler"/>, and by nothing else.</summary>
internal static class JobServices
{
    public static void AddJobs(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(options.Jobs);
        services.TryAddSingleton<JobRunStore>();
        services.TryAddSingleton(p => new JobTable(
            p.GetRequiredService<DeadlineRound>(), p.GetRequiredService<DutyKeeper>(), p.GetRequiredService<ExceptionKeeper>(), p.GetRequiredService<CertificateWatch>(),
            p.GetRequiredService<CardRound>(), options.Cards, p.GetRequiredService<DirectoryUsers>(), p.GetRequiredService<AccessTokens>(), p.GetRequiredService<AuditLog>()));
        services.TryAddSingleton<JobRunner>();
        services.TryAddSingleton(p => new JobBook(p.GetRequiredService<JobTable>(), p.GetRequiredService<JobRunStore>(), p.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton(p => new JobScheduler(
            p.GetRequiredService<JobTable>(), p.GetRequiredService<JobRunner>(), p.GetRequiredService<JobRunStore>(), p.GetRequiredService<Dialect>(), options.Jobs,
            p.GetRequiredService<ILoggerFactory>()));
    }
}
