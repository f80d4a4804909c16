using LienThong.Gateway.Access;
using LienThong.Gateway.Signing;
using LienThong.Server.Access;
using LienThong.Signing;

namespace LienThong.Server.Api.Signing;

/// <summary>Signing keys and their certificates.</summary>
internal static class SigningKeyApi
{
    public static void Map(RouteGroupBuilder api)
    {
        RouteGroupBuilder keys = api.MapGroup("/signing-keys").WithTags("Signing keys");
        keys.MapGet("", async (SigningKeys desk, HttpContext http, CancellationToken ct) =>
            TypedResults.Ok((await desk.ListAsync(http.Caller(), ct)).Select(SigningKeyBody.Of))).RequireAuthorization(Permissions.ReadSubmissions)
            .Produces<IReadOnlyList<SigningKeyBody>>().Fails().WithSummary("Signing keys with their certificates and how they stand");
        keys.MapPost("", AddAsync).RequireAuthorization(Permissions.ManageFacilities).Produces<SigningKeyBody>(201).Fails(400, 422)
            .WithSummary("Adds a signing key").WithDescription("The key is opened once: a wrong PIN costs one try and locks the key until it is unlocked. Secrets are stored encrypted and never given back.");
        keys.MapPut("/{id}/days", (string id, KeyDaysBody body, SigningKeys desk, HttpContext http, CancellationToken ct) =>
            ChangedAsync(desk, http, desk.SetDaysAsync(http.Caller(), id, body.RegisteredOn, body.ActiveFrom, ct), ct)).RequireAuthorization(Permissions.ManageFacilities)
            .Produces<SigningKeyBody>().Fails(400, 404).WithSummary("Sets the day from which the portal knows the certificate, and from when on it signs");
        keys.MapPost("/{id}/test", async (string id, SigningKeys desk, HttpContext http, CancellationToken ct) =>
            await desk.TestAsync(http.Caller(), id, ct) is { Id: not null } tested ? TypedResults.Ok(new KeyTestBody(tested.Done, tested.Message)) : Missing())
            .RequireAuthorization(Permissions.ManageFacilities).Produces<KeyTestBody>().Fails(404).WithSummary("Signs an empty package with the key and verifies it");
        keys.MapPost("/{id}/unlock", (string id, KeyUnlockBody body, SigningKeys desk, HttpContext http, CancellationToken ct) =>
            ChangedAsync(desk, http, desk.UnlockAsync(http.Caller(), id, string.IsNullOrEmpty(body.Password) ? null : body.Password, ct), ct)).RequireAuthorization(Permissions.ManageFacilities)
            .Produces<SigningKeyBody>().Fails(400, 404).WithSummary("Lets a PIN be tried again after a wrong one, with another PIN when one is given");
        keys.MapDelete("/{id}", async (string id, SigningKeys desk, HttpContext http, CancellationToken ct) =>
            (await desk.RetireAsync(http.Caller(), id, ct)).Done ? TypedResults.NoContent() : Missing()).RequireAuthorization(Permissions.ManageFacilities)
            .Produces(204).Fails(404).WithSummary("Takes a key out of use for good: its secrets are deleted, its certificate is kept");
    }

    private static async Task<IResult> AddAsync(KeyRequest body, SigningKeys desk, HttpContext http, CancellationToken ct)
    {
        if (body.Place is null)
            return ApiResults.Problem(422, "bad-signing-key", "Không thêm được khóa", "Thiếu place: nơi giữ khóa.");
        SigningKeyChange change = await desk.AddAsync(
            http.Caller(), new SigningKeyDraft(body.Facility ?? "", body.Name ?? "", body.Place, body.Secrets ?? new KeySecrets()) { RegisteredOn = body.RegisteredOn, ActiveFrom = body.ActiveFrom, Unlocks = body.Unlocks }, ct);
        if (!change.Done)
            return ApiResults.Problem(422, "bad-signing-key", "Không thêm được khóa", change.Message);
        SigningKeyBody added = SigningKeyBody.Of((await desk.ListAsync(http.Caller(), ct)).Single(k => k.Id == change.Id));
        return TypedResults.Created($"/api/v1/signing-keys/{added.Id}", added);
    }

    private static async Task<IResult> ChangedAsync(SigningKeys desk, HttpContext http, Task<SigningKeyChange> change, CancellationToken ct) =>
        await change is { Done: true, Id: { } id } ? TypedResults.Ok(SigningKeyBody.Of((await desk.ListAsync(http.Caller(), ct)).Single(k => k.Id == id))) : Missing();

    private static IResult Missing() => ApiResults.Problem(404, "no-such-signing-key", "Không tìm thấy khóa", "Khóa không có, đã ngừng dùng, hoặc không thuộc cơ sở của bạn.");
}

/// <summary>A signing key to add.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Place">Where the key is, told apart by <c>kind</c>: <c>pfx</c>, <c>pem</c>, <c>pkcs11</c>, <c>windows</c>, <c>remote</c>.</param>
/// <param name="Secrets">What opens it; <c>file</c> in base64.</param>
/// <param name="RegisteredOn">Day from which the portal knows the certificate; null while it isn't registered.</param>
/// <param name="ActiveFrom">From when on it signs; null for at once.</param>
/// <param name="Unlocks">A person has looked at the PIN again: it may be tried although one was wrong before.</param>
public sealed record KeyRequest(string? Facility, string? Name, KeyPlace? Place, KeySecrets? Secrets, DateOnly? RegisteredOn, DateTimeOffset? ActiveFrom, bool Unlocks = false);

/// <summary>When a key signs.</summary>
/// <param name="RegisteredOn">Day from which the portal knows the certificate; null while it isn't registered.</param>
/// <param name="ActiveFrom">From when on it signs; null leaves it as it is.</param>
public sealed record KeyDaysBody(DateOnly? RegisteredOn, DateTimeOffset? ActiveFrom);

/// <summary>Unlocking a key.</summary>
/// <param name="Password">The right PIN or password; null to try the stored one again.</param>
public sealed record KeyUnlockBody(string? Password);

/// <summary>Result of trying a key.</summary>
/// <param name="Ok">Whether it signs.</param>
/// <param name="Message">What was found, in Vietnamese; also why it isn't used although it works.</param>
public sealed record KeyTestBody(bool Ok, string Message);

/// <summary>A signing key. No secret is in it.</summary>
/// <param name="Id">Our id.</param>
/// <param name="Facility">Facility code.</param>
/// <param name="Name">Name for people.</param>
/// <param name="Place">Where the key is.</param>
/// <param name="State">How it stands.</param>
/// <param name="Serial">Serial of the certificate, hexadecimal.</param>
/// <param name="Subject">Whom it is for.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Thumbprint">SHA-256 of the certificate.</param>
/// <param name="NotBefore">Start of its validity.</param>
/// <param name="NotAfter">End of its validity.</param>
/// <param name="RegisteredOn">Day from which the portal knows it; null while it isn't registered.</param>
/// <param name="ActiveFrom">From when on it signs, as soon as it may.</param>
/// <param name="RetiredAt">When it was taken out of use; null while it isn't.</param>
public sealed record SigningKeyBody(
    string Id, string Facility, string Name, KeyPlace Place, SigningKeyState State, string Serial, string Subject, string Issuer, string Thumbprint,
    DateTimeOffset NotBefore, DateTimeOffset NotAfter, DateOnly? RegisteredOn, DateTimeOffset ActiveFrom, DateTimeOffset? RetiredAt)
{
    internal static SigningKeyBody Of(SigningKeyView k) => new(
        k.Id, k.Facility, k.Name, k.Place, k.State, k.Serial, k.Subject, k.Issuer, k.Thumbprint, k.NotBefore, k.NotAfter, k.RegisteredOn, k.ActiveFrom, k.RetiredAt);
}
