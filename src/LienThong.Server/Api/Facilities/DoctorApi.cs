using System.Diagnostics;
using LienThong.Gateway.Access;
using LienThong.Gateway.Doctor;
using LienThong.Gateway.Facilities;
using LienThong.Portal;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Facilities;

/// <summary>Checks of a facility's account, and the portal's result codes.</summary>
internal static class DoctorApi
{
    private const int Kept = 20;

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/facilities/{code}/doctor", RunAsync).RequireAuthorization(Permissions.Operate).WithTags("Facilities")
            .Produces<DoctorBody>().Fails(404, 422, 429).Accepts<DoctorRequest>(isOptional: true, "application/json")
            .WithSummary("Checks a facility's account at the portal and waits for the result")
            .WithDescription("Address, network, TLS, clock, account, login, rights, signing key and, on a training host or simulator only, a whole send of an invented record. "
                + "A refused password isn't tried again until it is entered anew; one check per facility in 30 seconds.");
        api.MapGet("/facilities/{code}/doctor", async (string code, AccountDoctor doctor, HttpContext http, CancellationToken ct) =>
            TypedResults.Ok((await doctor.ListAsync(http.Caller(), code, Kept, ct)).Select(DoctorBody.Of))).RequireAuthorization(Permissions.Operate).WithTags("Facilities")
            .Produces<IReadOnlyList<DoctorBody>>().Fails().WithSummary("The newest checks of a facility's account");
        api.MapGet("/result-codes", (ResultCodeBook book) => TypedResults.Ok(ResultCodesBody.Of(book))).RequireAuthorization(Permissions.ReadSubmissions).WithTags("Submissions")
            .Produces<ResultCodesBody>().Fails().WithSummary("Result codes of the portal with their meaning and remedy");
    }

    private static async Task<IResult> RunAsync(string code, AccountDoctor doctor, HttpContext http, CancellationToken ct, [FromBody] DoctorRequest? body = null)
    {
        Uri? training = null;
        if (!string.IsNullOrWhiteSpace(body?.Training) && !Uri.TryCreate(body.Training, UriKind.Absolute, out training))
            return ApiResults.Problem(422, "bad-training", "Không kiểm tra được", "«training» phải là địa chỉ dạng https://…");
        return await doctor.StartAsync(http.Caller(), code, training, null, ct) switch
        {
            DoctorStart.Running running => TypedResults.Ok(DoctorBody.Of(await running.Report)),
            DoctorStart.Refused refused => ApiResults.Problem(
                refused.Code switch { "no-such-facility" => 404, "too-soon" => 429, _ => 422 }, refused.Code, "Không kiểm tra được", refused.Message),
            var other => throw new UnreachableException(other.ToString()),
        };
    }
}

/// <summary>Asks for a check.</summary>
/// <param name="Training">Training host or simulator on this machine to send an invented record to; null for the facility's own address when it is one.</param>
public sealed record DoctorRequest(string? Training);

/// <summary>A check of an account.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Actor">Who asked.</param>
/// <param name="StartedAt">When it began (UTC).</param>
/// <param name="EndedAt">When it ended; null while it runs or when it was cut off.</param>
/// <param name="Outcome">The worst of the steps.</param>
/// <param name="Steps">The steps.</param>
public sealed record DoctorBody(Guid Id, string Facility, string Actor, DateTimeOffset StartedAt, DateTimeOffset? EndedAt, DoctorStatus Outcome, IReadOnlyList<DoctorStep> Steps)
{
    internal static DoctorBody Of(DoctorReport r) => new(r.Id, r.Facility, r.Actor, r.StartedAt, r.EndedAt, r.Outcome, r.Steps);
}

/// <summary>Result codes in effect.</summary>
/// <param name="Codes">Codes of the submission services.</param>
/// <param name="OwnFile">Name of the file in the data folder by which the site adds codes.</param>
/// <param name="Problem">Why that file isn't used; null when it is or there is none.</param>
public sealed record ResultCodesBody(IReadOnlyList<ResultCodeBody> Codes, string OwnFile, string? Problem)
{
    internal static ResultCodesBody Of(ResultCodeBook book) => new(
        [.. book.Codes.All.OrderBy(c => c.Code.Length).ThenBy(c => c.Code, StringComparer.Ordinal).Select(c => new ResultCodeBody(c.Code, c.Handling, c.Meaning, c.Remedy, c.Source))],
        ResultCodeBook.FileName, book.Problem);
}

/// <summary>A result code.</summary>
/// <param name="Code"><c>maKetQua</c>.</param>
/// <param name="Handling">What it makes of a send.</param>
/// <param name="Meaning">Vietnamese.</param>
/// <param name="Remedy">Vietnamese: what to do.</param>
/// <param name="Source">Where the meaning comes from.</param>
public sealed record ResultCodeBody(string Code, PortalHandling Handling, string Meaning, string Remedy, string Source);
