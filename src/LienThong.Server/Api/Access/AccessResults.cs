using LienThong.Gateway.Access;

namespace LienThong.Server.Api.Access;

/// <summary>What became of a change to users, sessions or tokens, for programs.</summary>
internal static class AccessResults
{
    /// <summary>The answer of a change: <paramref name="done"/> when it was done, otherwise problem details with its code.</summary>
    public static IResult Of(AccessChange change, Func<AccessChange, IResult> done) =>
        change.Done ? done(change)
        : change.Missing ? ApiResults.Problem(404, change.Code, "Không tìm thấy", change.Message)
        : change.Code is "beyond-reach" or "own-account" ? ApiResults.Problem(403, change.Code, "Không có quyền", change.Message)
        : change.Code is "name-taken" or "directory-user" or "second-factor-set" ? ApiResults.Problem(409, change.Code, "Không thực hiện được", change.Message)
        : change.Code == "directory-down" ? ApiResults.Problem(503, change.Code, "Không thực hiện được", change.Message)
        : ApiResults.Problem(422, change.Code, "Yêu cầu thiếu hoặc sai", change.Message);

    /// <summary>204 when it was done.</summary>
    public static IResult Of(AccessChange change) => Of(change, static _ => TypedResults.NoContent());
}
