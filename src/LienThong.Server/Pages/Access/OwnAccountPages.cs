using LienThong.Gateway.Access;
using LienThong.Server.Access;

namespace LienThong.Server.Pages.Access;

/// <summary>One's own account: password, second factor, sessions, tokens.</summary>
internal static class OwnAccountPages
{
    private const string Path = FirstStepGuard.AccountPath;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, OwnAccountPageData data, CancellationToken ct) => PageAsync(http, data, new OwnAccountNews(), ct))
            .RequireAuthorization(PermissionPolicies.SignedIn).WithMetadata(BeforeFirstStep.Mark);
        Proving(app, "/mat-khau", async (http, data, form, ct) =>
            form["moi"] != form["lap-lai"] ? Refused(new AccessChange("bad-password", "Hai lần nhập mật khẩu mới không giống nhau."))
            : Told(await data.Account.ChangePasswordAsync(http.Caller(), form["hien-tai"].ToString(), form["moi"].ToString(), http.TokenId(), ct), "Đã đổi mật khẩu. Các phiên khác đã kết thúc."));
        Proving(app, "/hai-buoc", async (http, data, form, ct) =>
        {
            (SecondFactorOffer? offer, AccessChange change) = await data.Account.OfferSecondFactorAsync(http.Caller(), form["mat-khau"].ToString(), ct);
            return offer is null ? Refused(change) : new OwnAccountNews { Offer = offer, Confirms = true };
        });
        Proving(app, "/hai-buoc/xac-nhan", async (http, data, form, ct) => await data.Account.ConfirmSecondFactorAsync(http.Caller(), form["ma"].ToString(), ct) switch
        {
            { Done: true } done => new OwnAccountNews { Message = "Đã bật xác thực hai bước.", Codes = done.Secret!.Split('\n') },
            var refused => Refused(refused) with { Confirms = refused.Code == "wrong-code" },
        });
        Proving(app, "/hai-buoc/ma-khoi-phuc", async (http, data, form, ct) => await data.Account.RenewCodesAsync(http.Caller(), form["mat-khau"].ToString(), ct) switch
        {
            { Done: true } done => new OwnAccountNews { Message = "Đã tạo mã khôi phục mới, mã cũ hết hiệu lực.", Codes = done.Secret!.Split('\n') },
            var refused => Refused(refused),
        });
        Proving(app, "/hai-buoc/tat", async (http, data, form, ct) =>
            Told(await data.Account.RemoveSecondFactorAsync(http.Caller(), form["mat-khau"].ToString(), ct), "Đã tắt xác thực hai bước."));
        Post(app, "/phien/ket-thuc", async (http, data, form, ct) => Told(await data.Tokens.RevokeOwnAsync(http.Caller(), form["ma"].ToString(), ct), "Đã kết thúc."));
        Post(app, "/phien/ket-thuc-khac", async (http, data, _, ct) => Told(await data.Tokens.RevokeOthersAsync(http.Caller(), http.TokenId(), ct), "Đã kết thúc mọi phiên khác."));
    }

    private static RouteHandlerBuilder Post(IEndpointRouteBuilder app, string path, Func<HttpContext, OwnAccountPageData, IFormCollection, CancellationToken, Task<OwnAccountNews>> act) =>
        app.MapPost(Path + path, async (HttpContext http, OwnAccountPageData data, CancellationToken ct) => await PageAsync(http, data, await act(http, data, await http.Request.ReadFormAsync(ct), ct), ct))
            .RequireAuthorization(PermissionPolicies.SignedIn).WithMetadata(BeforeFirstStep.Mark).DisableAntiforgery();

    // What checks a password or code is limited like signing in.
    private static void Proving(IEndpointRouteBuilder app, string path, Func<HttpContext, OwnAccountPageData, IFormCollection, CancellationToken, Task<OwnAccountNews>> act) =>
        Post(app, path, act).RequireRateLimiting(RateLimits.SignIn);

    private static OwnAccountNews Told(AccessChange change, string message) => change.Done ? new OwnAccountNews { Message = message } : Refused(change);

    private static OwnAccountNews Refused(AccessChange change) => new() { Refused = change.Message };

    private static async Task<IResult> PageAsync(HttpContext http, OwnAccountPageData data, OwnAccountNews news, CancellationToken ct)
    {
        Caller caller = http.Caller();
        if (await data.Account.FindAsync(caller, ct) is not { } user)
            return PageResults.Failure(http, 404, "Không tìm thấy tài khoản", "Tài khoản không còn. Liên hệ người quản trị.");
        return PageResults.Page<OwnAccountPage>(http, "Tài khoản của tôi", news.Refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(OwnAccountPage.User), user), (nameof(OwnAccountPage.News), news), (nameof(OwnAccountPage.Current), http.TokenId()), (nameof(OwnAccountPage.Step), StepOf(http, user)),
            (nameof(OwnAccountPage.CodesLeft), await data.Account.RecoveryCodesLeftAsync(caller, ct)), (nameof(OwnAccountPage.MinLength), data.Options.Passwords.MinLength),
            (nameof(OwnAccountPage.Sessions), await data.Tokens.OwnSessionsAsync(caller, ct)), (nameof(OwnAccountPage.Tokens), await data.Tokens.OwnBearersAsync(caller, ct)));
    }

    // As it was when the request came in, less what the request has done.
    private static FirstStep StepOf(HttpContext http, UserView user) => (http.User.Identity as CallerIdentity)?.Access.FirstStep switch
    {
        FirstStep.ChangePassword when HttpMethods.IsGet(http.Request.Method) || user.MustChangePassword => FirstStep.ChangePassword,
        FirstStep.SetUpSecondFactor when !user.SecondFactor => FirstStep.SetUpSecondFactor,
        _ => FirstStep.None,
    };
}

/// <summary>What the page of one's own account reads.</summary>
internal sealed record OwnAccountPageData(OwnAccount Account, AccessTokens Tokens, AccessOptions Options);

/// <summary>What became of a change of one's own account.</summary>
public sealed record OwnAccountNews
{
    /// <summary>What was done; null for nothing.</summary>
    public string? Message { get; init; }

    /// <summary>Why it was refused; null when it wasn't.</summary>
    public string? Refused { get; init; }

    /// <summary>Secret for an authenticator app, shown once.</summary>
    public SecondFactorOffer? Offer { get; init; }

    /// <summary>Whether a code of the app is awaited.</summary>
    public bool Confirms { get; init; }

    /// <summary>Recovery codes, shown once.</summary>
    public IReadOnlyList<string> Codes { get; init; } = [];
}
