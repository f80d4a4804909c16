using LienThong.Gateway.Audit;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace LienThong.Gateway.Cards;

/// <summary>Puts card lookups together.</summary>
internal static class CardServices
{
    public static void AddCards(this IServiceCollection services, GatewayOptions options)
    {
        services.TryAddSingleton(options.Cards);
        services.TryAddSingleton(p => Client(options.Portal, p));
        services.TryAddSingleton<CardVisitStore>();
        services.TryAddSingleton<CardCallStore>();
        services.TryAddSingleton<CardLookupStore>();
        services.TryAddSingleton<CardSettingStore>();
        services.TryAddSingleton<CardSeal>();
        services.TryAddSingleton(p => new CardSettings(
            p.GetRequiredService<Database>(), p.GetRequiredService<CardSettingStore>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<CardSeal>()));
        services.TryAddSingleton(p => new CardRun(
            p.GetRequiredService<Database>(), p.GetRequiredService<CardLookupClient>(), p.GetRequiredService<CardSeal>(), options.Cards, options.Portal,
            p.GetRequiredService<RejudgeRunner>(), p.GetRequiredService<CardCallStore>()));
        services.TryAddSingleton(p => new CardEvidence(
            p.GetRequiredService<CardLookupStore>(), p.GetRequiredService<AuditLog>(), p.GetRequiredService<CardSeal>(), options.Portal));
        services.TryAddSingleton(p => new CardDesk(
            p.GetRequiredService<Database>(), p.GetRequiredService<FacilityStore>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<CardSettings>(),
            p.GetRequiredService<CardRun>(), p.GetRequiredService<CardEvidence>(), options.Cards));
        services.TryAddSingleton(p => new CardWorkList(
            p.GetRequiredService<Database>(), p.GetRequiredService<CardVisitStore>(), p.GetRequiredService<CardLookupStore>(), p.GetRequiredService<AuditLog>(),
            p.GetRequiredService<CardSeal>(), options.Portal));
        services.TryAddSingleton(p => new CardWatch(
            p.GetRequiredService<Database>(), p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<CardSeal>(), options.Cards));
        services.TryAddSingleton(p => new CardRound(
            p.GetRequiredService<Database>(), p.GetRequiredService<CardVisitStore>(), p.GetRequiredService<CardSettingStore>(), p.GetRequiredService<FacilityStore>(),
            p.GetRequiredService<FacilitySettings>(), p.GetRequiredService<CardWatch>(), p.GetRequiredService<CardRun>(), p.GetRequiredService<CardSeal>(), options.Cards,
            options.Portal));
    }

    // With the sessions of the whole process: the portal counts logins, not callers.
    private static CardLookupClient Client(PortalOptions portal, IServiceProvider services) => new(
        PortalHttp.CreateClient(portal), services.GetRequiredService<PortalSessions>(), services.GetRequiredService<TimeProvider>(), portal,
        services.GetRequiredService<ILogger<CardLookupClient>>());
}
