using System.Diagnostics;
using LienThong.Gateway.Records;
using LienThong.Server.Api.Records;
using LienThong.Server.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api;

/// <summary>Answers that several endpoints give.</summary>
internal static class ApiResults
{
    /// <summary>Documents refusals as problem details; 401 and 403 are possible everywhere.</summary>
    public static RouteHandlerBuilder Fails(this RouteHandlerBuilder endpoint, params ReadOnlySpan<int> statuses)
    {
        foreach (int status in statuses)
            endpoint.ProducesProblem(status);
        return endpoint.ProducesProblem(401).ProducesProblem(403);
    }

    public static IResult Problem(int status, string code, string title, string detail) => TypedResults.Problem(Refusals.Details(status, code, title, detail));

    /// <summary>400 with what is wrong per parameter.</summary>
    public static IResult Invalid(Dictionary<string, string[]> errors)
    {
        ProblemDetails details = Refusals.Details(400, "bad-parameter", "Tham số không hợp lệ", "Sửa các tham số nêu trong «errors» rồi gọi lại.");
        details.Extensions["errors"] = errors;
        return TypedResults.Problem(details);
    }

    public static IResult NoSuchRecord() => Problem(404, "no-such-record", "Không tìm thấy hồ sơ", "Hồ sơ không có, hoặc không thuộc cơ sở của bạn.");

    /// <summary>What became of a change.</summary>
    public static IResult Of(ChangeResult result) => result switch
    {
        ChangeResult.Done done => TypedResults.Ok(new ChangedBody(done.Id, done.Version, done.State)),
        ChangeResult.NoSuchRecord => NoSuchRecord(),
        ChangeResult.Forbidden => Problem(403, "forbidden", "Không có quyền", "Tài khoản của bạn không được làm việc này."),
        ChangeResult.Refused { Code: "wrong-state" or "changed-meanwhile" } refused => Problem(409, refused.Code, "Không thực hiện được", refused.Message),
        ChangeResult.Refused refused => Problem(422, refused.Code, "Yêu cầu thiếu hoặc sai", refused.Message),
        _ => throw new UnreachableException(result.ToString()),
    };
}
