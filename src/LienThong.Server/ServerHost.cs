using System.Net;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Intake.Folders;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Jobs;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Submission;
using LienThong.Server.Access;
using LienThong.Server.Api;
using LienThong.Server.Api.Intake;
using LienThong.Server.Hosting;
using LienThong.Server.Pages;
using LienThong.Server.Pages.Access;
using LienThong.Server.Pages.Cards;
using LienThong.Server.Pages.Deliveries;
using LienThong.Server.Pages.Operating;
using LienThong.Server.Pages.Records;
using LienThong.Server.Pages.Rules;
using LienThong.Server.Pages.Submission;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.HttpOverrides;

namespace LienThong.Server;

/// <summary>Builds the web server: REST API, pages, health and the background worker.</summary>
public static class ServerHost
{
    private const int SmallBody = 1024 * 1024;

    /// <summary>A server ready for <see cref="PrepareAsync"/> and then <c>RunAsync</c> or <c>StartAsync</c>.</summary>
    public static WebApplication Create(ServerOptions options)
    {
        // No arguments and no content root of the caller's folder: what decides is in the options alone.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(ServerHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
        });
        builder.WebHost.UseUrls(options.Urls).UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = SmallBody;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(15);
            kestrel.Limits.MaxConcurrentConnections = 1000;
        });
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.AddJsonConsole();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter("LienThong", options.Log);
        // Key folder and database are readable by their owners only; the framework warns at every start that keys aren't encrypted as well.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        options.Services?.Invoke(builder.Services);
        AddServices(builder.Services, options);
        WebApplication app = builder.Build();
        Use(app, options);
        Map(app);
        return app;
    }

    /// <summary>Brings the database up to date and creates the first <c>admin</c>. Call before the server is started.</summary>
    /// <returns>The first admin's password, to be shown once; null when there are users already.</returns>
    /// <exception cref="ArgumentException">The chosen password is too short.</exception>
    /// <exception cref="InvalidOperationException">The database is newer than the program, or its contents are in another archive.</exception>
    public static async Task<string?> PrepareAsync(WebApplication app, CancellationToken ct)
    {
        await GatewayServices.MigrateAsync(app.Services, ct);
        await GatewayServices.CheckArchiveAsync(app.Services, ct);
        ServerOptions options = app.Services.GetRequiredService<ServerOptions>();
        return await app.Services.GetRequiredService<UserAccounts>().CreateFirstAdminAsync(options.AdminPassword, ct);
    }

    private static void AddServices(IServiceCollection services, ServerOptions options)
    {
        services.AddSingleton(options);
        services.AddLienThongGateway(options.Gateway);
        if (options.RunsWorkers)
        {
            services.AddSingleton<SubmissionWorker>().AddHostedService(p => p.GetRequiredService<SubmissionWorker>());
            services.AddHostedService(p => p.GetRequiredService<DeliveryWorker>());
            services.AddHostedService(p => p.GetRequiredService<RejudgeWorker>());
            services.AddHostedService(p => p.GetRequiredService<ReconciliationWorker>());
            services.AddHostedService(p => p.GetRequiredService<JobScheduler>());
            services.AddHostedService<FolderWorker>();
            services.AddHostedService(p => p.GetRequiredService<PullWorker>());
        }
        services.AddSingleton<VisitRequests>();
        services.AddSingleton<UserPageData>();
        services.AddSingleton<OwnAccountPageData>();
        services.AddSingleton<CardPageData>();
        services.AddSingleton<RulePageData>();
        services.AddSingleton<RecordPageData>();
        services.AddSingleton<SubmissionPageData>();
        services.AddSingleton<ChannelPageData>();
        services.AddSingleton<SystemPageData>();
        services.AddRouting();
        // Vietnamese letters as they are, in pages and JSON; what HTML or JSON need escaped stays escaped.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Encoder = JavaScriptEncoder.Create(UnicodeRanges.All));
        services.AddRazorComponents();
        services.AddHttpContextAccessor();
        services.AddSchemes();
        services.AddPermissionPolicies();
        // Files of a form are put on disk while they come in; the real limit is each endpoint's RequestSizeLimit.
        services.Configure<FormOptions>(form =>
        {
            form.MultipartBodyLengthLimit = options.Gateway.Intake.MaxFileBytes;
            form.ValueCountLimit = 100;
            form.ValueLengthLimit = 64 * 1024;
        });
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.FormFieldName = AntiforgeryGuard.FormField;
            antiforgery.HeaderName = AntiforgeryGuard.Header;
            antiforgery.Cookie.Name = "lienthong-csrf";
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            antiforgery.SuppressXFrameOptionsHeader = true;
        });
        services.AddRateLimits(options);
        services.Configure<ForwardedHeadersOptions>(forwarded =>
        {
            forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
            foreach (string proxy in options.TrustedProxies)
                forwarded.KnownProxies.Add(IPAddress.Parse(proxy));
        });
        services.AddApi();
        services.AddSingleton<HealthChecks>();
    }

    private static void Use(WebApplication app, ServerOptions options)
    {
        if (options.TrustedProxies.Count > 0)
            app.UseForwardedHeaders();
        app.UseSecurityHeaders();
        app.UseWebAssets();
        app.UseFailures();
        app.UseRouting();
        app.UseAuthentication();
        app.UseUnknownAddresses();
        app.UseRateLimiter();
        app.UseFirstStep();
        app.UseAuthorization();
        app.UseAntiforgeryGuard();
    }

    private static void Map(WebApplication app)
    {
        app.MapHealth();
        app.MapApi();
        app.MapPages();
    }
}
