namespace LienThong.PortalSimulator;

/// <summary>The simulator's own addresses under <c>/_sim</c>, and its start page.</summary>
internal static class ControlApi
{
    private const int MostListed = 1000;

    public static void Map(WebApplication app, PortalSimulation simulation)
    {
        app.MapGet("/", () => Results.Content(StartPage.Html(simulation.Store.Stats()), "text/html; charset=utf-8"));
        app.MapGet("/_sim/stats", () => Results.Json(simulation.Store.Stats()));
        app.MapGet("/_sim/requests", (string? service, string? facility, string? maLk, int? take) => Results.Json(
            simulation.Store.Requests()
                .Where(r => (service is null || r.Service == service) && (facility is null || r.FacilityCode == facility) && (maLk is null || r.MaLk == maLk))
                .TakeLast(Math.Clamp(take ?? 100, 1, MostListed))));
        app.MapGet("/_sim/records", (string? facility, int? take) => Results.Json(
            simulation.Store.Documents()
                .Where(d => facility is null || d.FacilityCode == facility)
                .TakeLast(Math.Clamp(take ?? 100, 1, MostListed))));
        app.MapGet("/_sim/records/{facility}/{**maLk}", (string facility, string maLk, bool? document) =>
            Versions(simulation.Store.Documents(facility, maLk), document ?? false));
        app.MapGet("/_sim/faults", () => Results.Json(simulation.Faults.All().Select(static f => new { rule = f.Rule, played = f.Played })));
        app.MapPost("/_sim/faults", (FaultRule rule) => Arrange(simulation.Faults, rule));
        app.MapDelete("/_sim/faults", () =>
        {
            simulation.Faults.Clear();
            return Results.NoContent();
        });
        app.MapPost("/_sim/settled-months/{month}", (string month) =>
        {
            simulation.SettledMonths[month] = true;
            return Results.NoContent();
        });
        app.MapDelete("/_sim/tokens", () =>
        {
            simulation.DropTokens();
            return Results.NoContent();
        });
    }

    private static IResult Versions(IReadOnlyList<ReceivedDocument> versions, bool document)
    {
        if (versions.Count == 0)
            return Results.NotFound();
        if (!document)
            return Results.Json(versions);
        return versions[^1].Bytes is { } bytes ? Results.Bytes(bytes, "application/xml") : Results.StatusCode(StatusCodes.Status410Gone);
    }

    private static IResult Arrange(FaultBook faults, FaultRule rule)
    {
        if (!FaultKinds.IsKnown(rule.Kind) || rule.Every < 1 || rule.Count < 1)
            return Results.Json(new { error = "unknown kind, or every/count below 1", kinds = FaultKinds.All }, statusCode: 400);
        faults.Add(rule);
        return Results.Json(rule, statusCode: 201);
    }
}
