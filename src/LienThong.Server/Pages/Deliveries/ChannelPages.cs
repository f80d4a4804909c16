using System.Globalization;
using LienThong.Gateway.Access;
using LienThong.Gateway.Deliveries;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Storage;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Deliveries;

/// <summary>Further destinations of facilities: settings, switches, a test.</summary>
internal static class ChannelPages
{
    private const string Path = "/kenh-gui";

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, ChannelPageData data, CancellationToken ct) => PageAsync(http, data, null, null, ct)).RequireAuthorization(Permissions.ReadSubmissions);
        Post(app, "", async (http, data, form, ct) => (await data.Desk.AddAsync(http.Caller(), Draft(form), ct)).Change);
        Post(app, "/cong-giam-dinh", (http, data, form, ct) => data.Desk.SetNationalWindowAsync(http.Caller(), form["co-so"].ToString(), form["khung-gio"].ToString(), ct));
        Post(app, "/{id}", (http, data, form, ct) => data.Desk.ChangeAsync(http.Caller(), IdOf(http), Draft(form), ct));
        Post(app, "/{id}/bat", (http, data, _, ct) => data.Desk.SetEnabledAsync(http.Caller(), IdOf(http), true, ct));
        Post(app, "/{id}/tat", (http, data, _, ct) => data.Desk.SetEnabledAsync(http.Caller(), IdOf(http), false, ct));
        Post(app, "/{id}/go", (http, data, _, ct) => data.Desk.RemoveAsync(http.Caller(), IdOf(http), ct));
        Post(app, "/{id}/thu", (http, data, _, ct) => data.Desk.TestAsync(http.Caller(), IdOf(http), ct));
    }

    private static void Post(IEndpointRouteBuilder app, string path, Func<HttpContext, ChannelPageData, IFormCollection, CancellationToken, Task<DeliveryChange>> act) =>
        app.MapPost(Path + path, async (HttpContext http, ChannelPageData data, CancellationToken ct) =>
            await act(http, data, await http.Request.ReadFormAsync(ct), ct) switch
            {
                { Code: "not-found" } => PageResults.Failure(http, 404, "Không tìm thấy kênh", "Kênh không có, đã gỡ, hoặc không thuộc cơ sở của bạn."),
                { Done: true, Message.Length: > 0 } told => await PageAsync(http, data, told.Message, null, ct),
                { Done: true } => (IResult)TypedResults.LocalRedirect(Path),
                var refused => await PageAsync(http, data, null, refused.Message, ct),
            }).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();

    private static string IdOf(HttpContext http) => http.Request.RouteValues["id"] as string ?? "";

    /// <summary>What the form says. An empty password or empty options keep what is stored.</summary>
    private static ChannelDraft Draft(IFormCollection form)
    {
        string Of(string name) => form[name].ToString().Trim();
        Dictionary<string, string> options = new(StringComparer.Ordinal);
        foreach (string line in Of("tuy-chon").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            int at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0)
                options[line[..at].Trim()] = line[(at + 1)..].Trim();
        }
        return new ChannelDraft(
            Of("co-so"), Of("ten"), Of("loai"), Of("dia-chi"), Of("tai-khoan"), Of("mat-khau") is { Length: > 0 } password ? password : null, options.Count > 0 ? options : null,
            Of("gui-khi") == nameof(ChannelMoment.Accepted) ? ChannelMoment.Accepted : ChannelMoment.Signed, Of("khong-the") == "1", Of("khung-gio"),
            int.TryParse(Of("song-song"), NumberStyles.None, CultureInfo.InvariantCulture, out int parallel) ? parallel : 2);
    }

    private static async Task<IResult> PageAsync(HttpContext http, ChannelPageData data, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<ChannelListPage>(http, "Kênh gửi", refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(ChannelListPage.Channels), await data.Desk.ListAsync(http.Caller(), ct)), (nameof(ChannelListPage.Facilities), await data.Facilities.ListAsync(http.Caller(), ct)),
            (nameof(ChannelListPage.Counts), await data.Queries.CountAsync(http.Caller(), ct)), (nameof(ChannelListPage.Windows), await data.Desk.NationalWindowsAsync(http.Caller(), ct)),
            (nameof(ChannelListPage.Message), message), (nameof(ChannelListPage.Refused), refused));
}

/// <summary>What the page of destinations reads.</summary>
/// <param name="Desk">Destinations.</param>
/// <param name="Facilities">Facilities.</param>
/// <param name="Queries">Numbers of deliveries.</param>
internal sealed record ChannelPageData(ChannelDesk Desk, FacilitySettings Facilities, DeliveryQueries Queries);
