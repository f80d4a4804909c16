using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Intake.Mapping;
using LienThong.Server.Access;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Intake;

/// <summary>Mappings of facilities.</summary>
internal static class MappingApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder mappings = api.MapGroup("/mappings").WithTags("Mappings").RequireAuthorization(Permissions.Operate);
        mappings.MapGet("", async (MappingDesk desk, HttpContext http, CancellationToken ct) => TypedResults.Ok(await desk.ListAsync(http.Caller(), ct)))
            .Produces<IReadOnlyList<MappingVersion>>().Fails().WithSummary("Newest versions of the facilities' mappings");
        mappings.MapGet("/{facility}/{name}/versions", async (string facility, string name, MappingDesk desk, HttpContext http, CancellationToken ct) =>
            await desk.VersionsAsync(http.Caller(), facility, name, ct) is { Count: > 0 } versions
                ? TypedResults.Ok(versions)
                : ApiResults.Problem(404, "no-such-mapping", "Không tìm thấy ánh xạ", "Ánh xạ không có, hoặc không thuộc cơ sở của bạn."))
            .Produces<IReadOnlyList<MappingVersion>>().Fails(404).WithSummary("All versions of a mapping, newest first");
        mappings.MapPut("/{facility}/{name}", SaveAsync).Accepts<Stream>("application/yaml", "text/yaml", "text/plain")
            .WithMetadata(new RequestSizeLimitAttribute(4L * MappingDesk.MostCharacters))
            .Produces<MappingSavedBody>().Fails(400, 413, 422).WithSummary("Stores a new version of a mapping")
            .WithDescription("The body is the YAML text; ?reason= says why. A mapping with mistakes isn't stored: they are told by line and column.");
    }

    private static async Task<IResult> SaveAsync(string facility, string name, HttpContext http, MappingDesk desk, CancellationToken ct, string? reason = null)
    {
        using StreamReader reader = new(http.Request.Body, Encoding.UTF8);
        MappingChange change = await desk.SaveAsync(http.Caller(), facility, name, await reader.ReadToEndAsync(ct), reason ?? "", ct);
        if (change.Done)
            return TypedResults.Ok(new MappingSavedBody(change.Version));
        ProblemDetails details = Refusals.Details(422, "bad-mapping", "Không lưu được ánh xạ", change.Message);
        details.Extensions["errors"] = change.Errors.Select(e => new MappingErrorBody(e.Line, e.Column, e.Message)).ToList();
        return TypedResults.Problem(details);
    }
}

/// <summary>A mapping that was stored.</summary>
/// <param name="Version">Its version.</param>
public sealed record MappingSavedBody(int Version);

/// <summary>A mistake in a mapping.</summary>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column, from 1.</param>
/// <param name="Message">What is wrong and what is expected, in Vietnamese.</param>
public sealed record MappingErrorBody(int Line, int Column, string Message);
