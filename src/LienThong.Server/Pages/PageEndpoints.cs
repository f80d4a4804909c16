using LienThong.Server.Pages.Access;
using LienThong.Server.Pages.Audit;
using LienThong.Server.Pages.Cards;
using LienThong.Server.Pages.Catalogues;
using LienThong.Server.Pages.CustomRules;
using LienThong.Server.Pages.Deadlines;
using LienThong.Server.Pages.Deliveries;
using LienThong.Server.Pages.Facilities;
using LienThong.Server.Pages.Intake;
using LienThong.Server.Pages.Intake.Mapping;
using LienThong.Server.Pages.Operating;
using LienThong.Server.Pages.Overview;
using LienThong.Server.Pages.Reconciling;
using LienThong.Server.Pages.Records;
using LienThong.Server.Pages.Rules;
using LienThong.Server.Pages.Signing;
using LienThong.Server.Pages.Submission;

namespace LienThong.Server.Pages;

/// <summary>All pages.</summary>
internal static class PageEndpoints
{
    public static void MapPages(this WebApplication app)
    {
        RouteGroupBuilder pages = app.MapGroup("").ExcludeFromDescription();
        SignInPages.Map(pages);
        OwnAccountPages.Map(pages);
        UserPages.Map(pages);
        AuditPages.Map(pages);
        OverviewPages.Map(pages);
        RecordPages.Map(pages);
        UploadPages.Map(pages, app.Services.GetRequiredService<ServerOptions>().Gateway.Intake.MaxFileBytes);
        FolderPages.Map(pages);
        MappingPages.Map(pages);
        PullPages.Map(pages);
        CardPages.Map(pages);
        SubmissionPages.Map(pages);
        ReconciliationPages.Map(pages, app.Services.GetRequiredService<ServerOptions>().Gateway.PortalLists.FileBytes);
        DoctorPages.Map(pages);
        SystemPages.Map(pages);
        DeadlinePages.Map(pages);
        CheckInPages.Map(pages);
        DeliveryPages.Map(pages);
        ChannelPages.Map(pages);
        SigningKeyPages.Map(pages);
        CataloguePages.Map(pages, app.Services.GetRequiredService<ServerOptions>().Gateway.Catalogues.FileBytes);
        FindingPages.Map(pages);
        CausePages.Map(pages);
        RulePages.Map(pages);
        RejudgePages.Map(pages);
        ExceptionPages.Map(pages);
        CustomRulePages.Map(pages);
    }
}
