using System.Diagnostics;
using LienThong.Gateway.Rules;
using LienThong.Server.Api.Records;

namespace LienThong.Server.Api.Rules;

/// <summary>What became of a request about rules.</summary>
internal static class RuleAnswers
{
    public static IResult Of(RuleResult result) => result switch
    {
        RuleResult.Done done => TypedResults.Ok(new IdBody(done.Id)),
        RuleResult.NotFound => ApiResults.Problem(404, "not-found", "Không tìm thấy", "Không có, hoặc không thuộc cơ sở của bạn."),
        RuleResult.Forbidden => ApiResults.Problem(403, "forbidden", "Không có quyền", "Tài khoản của bạn không được làm việc này."),
        RuleResult.Refused { Code: "wrong-state" or "same-person" } refused => ApiResults.Problem(409, refused.Code, "Không thực hiện được", refused.Message),
        RuleResult.Refused refused => ApiResults.Problem(422, refused.Code, "Yêu cầu thiếu hoặc sai", refused.Message),
        _ => throw new UnreachableException(result.ToString()),
    };
}

/// <summary>Names what was made or changed.</summary>
/// <param name="Id">Its id.</param>
public sealed record IdBody(Guid Id);

/// <summary>A finding with its record.</summary>
/// <param name="RecordId">The record.</param>
/// <param name="MaLk">Its <c>MA_LK</c>.</param>
/// <param name="Finding">The finding.</param>
public sealed record ExceptedBody(Guid RecordId, string MaLk, FindingBody Finding)
{
    internal static ExceptedBody Of(ExceptedFinding f) => new(f.RecordId, f.MaLk, FindingBody.Of(f.Finding));
}
