using System.Text.Json.Serialization;
using LienThong.Server.Access;
using LienThong.Server.Api.Access;
using LienThong.Server.Api.Audit;
using LienThong.Server.Api.Cards;
using LienThong.Server.Api.Catalogues;
using LienThong.Server.Api.Checking;
using LienThong.Server.Api.CustomRules;
using LienThong.Server.Api.Deadlines;
using LienThong.Server.Api.Deliveries;
using LienThong.Server.Api.Facilities;
using LienThong.Server.Api.Intake;
using LienThong.Server.Api.Operating;
using LienThong.Server.Api.Reconciling;
using LienThong.Server.Api.Records;
using LienThong.Server.Api.Rules;
using LienThong.Server.Api.Signing;
using LienThong.Server.Api.Submission;

namespace LienThong.Server.Api;

/// <summary>The REST API: <c>/api/v1</c> and its description.</summary>
internal static class ApiEndpoints
{
    public static void AddApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => options.AddDocumentTransformer<ApiDescription>().AddOperationTransformer<ApiDescription>());
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter()));
    }

    public static void MapApi(this WebApplication app)
    {
        RouteGroupBuilder api = app.MapGroup("/api/v1");
        PackageApi.Map(api, app.Services.GetRequiredService<ServerOptions>().Gateway.Intake.MaxFileBytes);
        VisitApi.Map(api, app, app.Services.GetRequiredService<ServerOptions>().Gateway.Intake.MaxFileBytes);
        FolderApi.Map(api);
        MappingApi.Map(api);
        RecordApi.Map(api);
        TraceApi.Map(api);
        DiffApi.Map(api);
        RejudgeApi.Map(api);
        CheckApi.Map(api, app);
        SubmissionApi.Map(api);
        FacilityApi.Map(api);
        ReconciliationApi.Map(api, app.Services.GetRequiredService<ServerOptions>().Gateway.PortalLists.FileBytes);
        DoctorApi.Map(api);
        CheckInApi.Map(api);
        DeliveryApi.Map(api);
        ChannelApi.Map(api);
        SigningKeyApi.Map(api);
        CardApi.Map(api);
        DeadlineApi.Map(api);
        DutyApi.Map(api);
        IncidentApi.Map(api);
        CalendarApi.Map(api);
        CatalogueApi.Map(api, app.Services.GetRequiredService<ServerOptions>().Gateway.Catalogues.FileBytes);
        RuleApi.Map(api);
        ExceptionApi.Map(api);
        CauseApi.Map(api);
        MarkApi.Map(api);
        CustomRuleApi.Map(api);
        JobApi.Map(api);
        UserApi.Map(api);
        TokenApi.Map(api);
        OwnAccountApi.Map(api);
        AuditApi.Map(api);
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.MapSwaggerUI("docs", ui =>
        {
            ui.DocumentTitle = "LienThong API";
            ui.SwaggerEndpoint("/openapi/v1.json", "v1");
            ui.DefaultModelsExpandDepth(-1);
        }).RequireAuthorization(PermissionPolicies.SignedIn).ExcludeFromDescription();
    }
}
