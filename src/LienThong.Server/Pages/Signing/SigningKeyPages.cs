using LienThong.Gateway.Access;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Signing;
using LienThong.Server.Access;
using LienThong.Signing;
using LienThong.Standard;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Pages.Signing;

/// <summary>Certificates of facilities: how they stand, and what people do with them.</summary>
internal static class SigningKeyPages
{
    private const string Path = "/chung-thu";
    private const string Title = "Chứng thư số";
    private const int MostFileBytes = 1024 * 1024;

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(Path, (HttpContext http, SigningKeys keys, FacilitySettings facilities, CancellationToken ct, [FromQuery(Name = "da")] string? done = null) =>
            PageAsync(http, keys, facilities, done switch
            {
                "them" => "Đã thêm khóa và mở thử được.",
                "ngay" => "Đã ghi.",
                "mo" => "Đã mở khóa; phần mềm sẽ thử lại mã PIN.",
                "ngung" => "Đã ngừng dùng khóa và xóa mật khẩu; chứng thư được giữ lại.",
                _ => null,
            }, null, ct)).RequireAuthorization(Permissions.ReadSubmissions);
        Post(app, "", AddAsync).WithMetadata(new RequestSizeLimitAttribute(3 * MostFileBytes));
        Post(app, "/{id}/thu", TestAsync);
        Post(app, "/{id}/ngay", DaysAsync);
        Post(app, "/{id}/mo-khoa", UnlockAsync);
        Post(app, "/{id}/ngung", RetireAsync);
    }

    /// <summary>A state's name.</summary>
    public static string NameOf(SigningKeyState state) => state switch
    {
        SigningKeyState.InUse => "Đang dùng",
        SigningKeyState.Spare => "Dự phòng",
        SigningKeyState.Coming => "Sẽ dùng",
        SigningKeyState.Unregistered => "Chưa đăng ký trên Cổng",
        SigningKeyState.NotYetValid => "Chưa đến ngày hiệu lực",
        SigningKeyState.Expired => "Hết hạn",
        SigningKeyState.Locked => "Đã khóa vì sai PIN",
        _ => "Ngừng dùng",
    };

    /// <summary>Its colour.</summary>
    public static string ColourOf(SigningKeyState state) => state switch
    {
        SigningKeyState.InUse => "green",
        SigningKeyState.Spare or SigningKeyState.Coming => "azure",
        SigningKeyState.Unregistered or SigningKeyState.NotYetValid => "orange",
        SigningKeyState.Expired or SigningKeyState.Locked => "red",
        _ => "secondary",
    };

    /// <summary>Where a key is, in words.</summary>
    public static string NameOf(KeyPlace place) => place switch
    {
        KeyPlace.Pfx => "Tệp PFX",
        KeyPlace.Pem => "Tệp PEM",
        KeyPlace.Pkcs11 token => $"Thiết bị ký (PKCS#11) {token.Token ?? token.TokenSerial}",
        KeyPlace.Windows => "Kho chứng thư Windows",
        KeyPlace.Remote remote => $"Dịch vụ ký số {remote.Address.Host}",
        _ => "",
    };

    private static RouteHandlerBuilder Post(IEndpointRouteBuilder app, string path, Delegate handler) =>
        app.MapPost(Path + path, handler).RequireAuthorization(Permissions.ManageFacilities).DisableAntiforgery();

    private static async Task<IResult> AddAsync(HttpContext http, SigningKeys keys, FacilitySettings facilities, CancellationToken ct)
    {
        IFormCollection form = await http.Request.ReadFormAsync(ct);
        string Of(string name) => form[name].ToString().Trim();
        DateOnly? registered = Vi.ReadDay(Of("dang-ky")), from = Vi.ReadDay(Of("dung-tu"));
        if ((Of("dang-ky").Length > 0 && registered is null) || (Of("dung-tu").Length > 0 && from is null))
            return await PageAsync(http, keys, facilities, null, "Ghi ngày ở dạng dd/MM/yyyy.", ct);
        if (form.Files.Any(f => f.Length > MostFileBytes))
            return await PageAsync(http, keys, facilities, null, "Tệp khóa hoặc chứng thư lớn hơn 1 MB.", ct);
        byte[]? file = await ReadAsync(form, "tep", ct), certificate = await ReadAsync(form, "chung-thu", ct);
        if (PlaceOf(Of, certificate) is not { } place)
            return await PageAsync(http, keys, facilities, null, "Địa chỉ dịch vụ ký số không đúng; ghi đủ https://…", ct);
        KeySecrets secrets = new()
        {
            File = file,
            Password = Of("mat-khau") is { Length: > 0 } password ? password : null,
            SecretKey = Of("khoa-bi-mat") is { Length: > 0 } secret ? secret : null,
            IdentityNumber = Of("so-dinh-danh") is { Length: > 0 } identity ? identity : null,
            ServiceToken = Of("ma-dich-vu") is { Length: > 0 } token ? token : null,
        };
        SigningKeyChange change = await keys.AddAsync(
            http.Caller(), new SigningKeyDraft(Of("co-so"), Of("ten"), place, secrets) { RegisteredOn = registered, ActiveFrom = Midnight(from), Unlocks = Of("thu-lai") == "1" }, ct);
        return change.Done ? TypedResults.LocalRedirect($"{Path}?da=them") : await PageAsync(http, keys, facilities, null, change.Message, ct);
    }

    private static KeyPlace? PlaceOf(Func<string, string> of, byte[]? certificate)
    {
        string? Given(string name) => of(name) is { Length: > 0 } text ? text : null;
        return of("loai") switch
        {
            "pem" => new KeyPlace.Pem(),
            "pkcs11" => new KeyPlace.Pkcs11(Given("thiet-bi"), Given("so-thiet-bi"), Given("nhan-khoa"), Given("id-khoa"), certificate),
            "windows" => new KeyPlace.Windows(Given("so-se-ri"), Given("dau-van-tay")),
            "remote" => Uri.TryCreate(of("dia-chi"), UriKind.Absolute, out Uri? address)
                ? new KeyPlace.Remote(address, certificate ?? []) { HsmType = int.TryParse(of("loai-hsm"), out int type) ? type : null, HsmUserCode = Given("tai-khoan-hsm"), HsmSerialNumber = Given("so-hsm") }
                : null,
            _ => new KeyPlace.Pfx(),
        };
    }

    private static async Task<IResult> TestAsync(string id, HttpContext http, SigningKeys keys, FacilitySettings facilities, CancellationToken ct)
    {
        SigningKeyChange tested = await keys.TestAsync(http.Caller(), id, ct);
        if (tested.Id is null)
            return Missing(http);
        return tested.Done
            ? await PageAsync(http, keys, facilities, tested.Message.Length == 0 ? "Ký thử được." : $"Ký thử được, nhưng: {tested.Message}", null, ct)
            : await PageAsync(http, keys, facilities, null, tested.Message, ct);
    }

    private static async Task<IResult> DaysAsync(
        string id, HttpContext http, SigningKeys keys, FacilitySettings facilities, CancellationToken ct,
        [FromForm(Name = "dang-ky")] string? registered = null, [FromForm(Name = "dung-tu")] string? from = null)
    {
        DateOnly? day = Vi.ReadDay(registered?.Trim()), start = Vi.ReadDay(from?.Trim());
        if ((!string.IsNullOrWhiteSpace(registered) && day is null) || (!string.IsNullOrWhiteSpace(from) && start is null))
            return await PageAsync(http, keys, facilities, null, "Ghi ngày ở dạng dd/MM/yyyy.", ct);
        return (await keys.SetDaysAsync(http.Caller(), id, day, Midnight(start), ct)).Done ? TypedResults.LocalRedirect($"{Path}?da=ngay") : Missing(http);
    }

    private static async Task<IResult> UnlockAsync(string id, HttpContext http, SigningKeys keys, CancellationToken ct, [FromForm(Name = "mat-khau")] string? password = null) =>
        (await keys.UnlockAsync(http.Caller(), id, string.IsNullOrEmpty(password) ? null : password, ct)).Done ? TypedResults.LocalRedirect($"{Path}?da=mo") : Missing(http);

    private static async Task<IResult> RetireAsync(string id, HttpContext http, SigningKeys keys, CancellationToken ct) =>
        (await keys.RetireAsync(http.Caller(), id, ct)).Done ? TypedResults.LocalRedirect($"{Path}?da=ngung") : Missing(http);

    private static async Task<byte[]?> ReadAsync(IFormCollection form, string name, CancellationToken ct)
    {
        if (form.Files.GetFile(name) is not { Length: > 0 } file)
            return null;
        using MemoryStream bytes = new();
        await file.CopyToAsync(bytes, ct);
        return bytes.ToArray();
    }

    private static DateTimeOffset? Midnight(DateOnly? day) => day is { } start ? new DateTimeOffset(start, TimeOnly.MinValue, VietnamTime.Offset) : null;

    private static async Task<IResult> PageAsync(HttpContext http, SigningKeys keys, FacilitySettings facilities, string? message, string? refused, CancellationToken ct) =>
        PageResults.Page<SigningKeyPage>(http, Title, refused is null ? StatusCodes.Status200OK : StatusCodes.Status422UnprocessableEntity,
            (nameof(SigningKeyPage.Keys), await keys.ListAsync(http.Caller(), ct)), (nameof(SigningKeyPage.Facilities), await facilities.ListAsync(http.Caller(), ct)),
            (nameof(SigningKeyPage.Message), message), (nameof(SigningKeyPage.Refused), refused));

    private static IResult Missing(HttpContext http) => PageResults.Failure(http, 404, "Không tìm thấy khóa", "Khóa không có, đã ngừng dùng, hoặc không thuộc cơ sở của bạn.");
}
