using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Standard;

namespace LienThong.Gateway.Doctor;

/// <summary>The steps of one check, in order. What a failed step makes impossible isn't tried.</summary>
internal sealed class DoctorRun(
    PortalProbe probe, PortalOptions options, DoctorStore store, SigningKeys keys, Database database, FacilityRow facility, PortalAccount? account, Func<DoctorStep, Task> tell)
{
    private const string OtherRefusals = "Cổng từ chối đăng nhập (mã 401)";
    private const int CertificateDays = 30;
    private static readonly TimeSpan ClockError = TimeSpan.FromSeconds(60);

    // What isn't the password's fault may be tried again after a while.
    private static readonly TimeSpan OtherRefusalHold = TimeSpan.FromMinutes(15);

    private HelloProbe hello = new(null, "", null, false);
    private LoginProbe? login;
    private bool reached, blocked;

    /// <summary>Runs them all.</summary>
    /// <param name="training">Where to send an invented record; null for the account's own address.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task RunAsync(Uri? training, CancellationToken ct)
    {
        Verdict address = await StepAsync("address", _ => Task.FromResult(Address()), ct);
        if (account is null || address.Status == DoctorStatus.Failed)
        {
            await SkipAsync("Chưa có địa chỉ và tài khoản dùng được.", ct, "dns", "tcp", "tls", "clock", "account-format", "login", "facility", "permission");
        }
        else
        {
            await NetworkAsync(account, ct);
            await StepAsync("account-format", _ => Task.FromResult(AccountFormat(account)), ct);
            await StepAsync("login", c => LogInAsync(account, c), ct);
            await StepAsync("facility", _ => Task.FromResult(Agreement(account)), ct);
            await StepAsync("permission", c => PermissionAsync(account, c), ct);
        }
        KeySteps signing = new(keys, facility.Facility, database.Time);
        SigningKeyView? key = null;
        await StepAsync("signing-key", async c =>
        {
            (Verdict verdict, key) = await signing.KeyAsync(c);
            return verdict;
        }, ct);
        await StepAsync("registration", _ => Task.FromResult(signing.Registration(key)), ct);
        await StepAsync("allow-list", _ => Task.FromResult(AllowList()), ct);
        await StepAsync("training", c => new TrainingSend(probe, options, keys, database, store, facility, account).RunAsync(training, login, c), ct);
    }

    /// <summary>Tells a stored secret from others without giving it away; null without an account.</summary>
    internal static string Fingerprint(FacilityRow facility, Uri address) => Convert.ToHexStringLower(SHA256.HashData(
        [.. Encoding.UTF8.GetBytes($"{address.Scheme}://{address.Authority}|{facility.PortalUser}|"), .. facility.PortalDigest ?? []]));

    private Verdict Address()
    {
        if (account is null)
            return Verdict.Failed("Cơ sở chưa có địa chỉ Cổng, tài khoản và mật khẩu.", "Khai báo tài khoản kết nối Cổng của cơ sở rồi kiểm tra lại.");
        if (probe.Complaint(account) is { } complaint)
            return Verdict.Failed(complaint + ".", "Sửa cấu hình kết nối Cổng của cơ sở.");
        return PortalHosts.KindOf(account.BaseAddress) switch
        {
            PortalHostKind.Production => Verdict.Ok($"{account.BaseAddress.Authority}: Cổng thật."),
            PortalHostKind.Training => Verdict.Ok($"{account.BaseAddress.Authority}: Cổng đào tạo; hồ sơ gửi lên đây không được thanh toán."),
            PortalHostKind.ThisMachine => Verdict.Warning($"{account.BaseAddress.Authority} là chính máy này: chỉ dùng để thử với Cổng mô phỏng.", "Khi dùng thật, đặt địa chỉ Cổng của BHXH."),
            _ => Verdict.Warning($"{account.BaseAddress.Authority} không phải địa chỉ đã biết của Cổng BHXH.", "Nếu không phải máy chủ trung gian của cơ sở thì sửa lại địa chỉ."),
        };
    }

    private async Task NetworkAsync(PortalAccount of, CancellationToken ct)
    {
        Uri address = of.BaseAddress;
        if (PortalProbe.ProxyOf(address) is { } proxy)
        {
            await SkipAsync($"Đi qua máy chủ proxy {proxy.Authority} nên không thử trực tiếp.", ct, "dns", "tcp", "tls");
            reached = true;
        }
        else
        {
            reached = await StageAsync("dns", probe.ResolveAsync, address, "Kiểm tra địa chỉ Cổng và máy chủ DNS của mạng.", ct)
                && await StageAsync("tcp", probe.ConnectAsync, address, "Kiểm tra đường truyền và tường lửa; hỏi BHXH địa chỉ IP của cơ sở đã đăng ký chưa.", ct);
            Verdict tls = await StepAsync("tls", c => TlsAsync(address, c), ct);
            reached &= tls.Status != DoctorStatus.Failed;
        }
        await StepAsync("clock", c => ClockAsync(address, c), ct);
    }

    private async Task<bool> StageAsync(string id, Func<Uri, CancellationToken, Task<ProbeStage>> stage, Uri address, string remedy, CancellationToken ct) =>
        (await StepAsync(id, async c => await stage(address, c) is var found && found.Ok ? Verdict.Ok(found.Detail) : Verdict.Failed(found.Detail, remedy), ct)).Status == DoctorStatus.Ok;

    private async Task<Verdict> TlsAsync(Uri address, CancellationToken ct)
    {
        if (address.Scheme == Uri.UriSchemeHttp)
            return Verdict.NotDone("Địa chỉ http:// không dùng TLS.");
        if (!reached)
            return Verdict.NotDone("Chưa kết nối được.");
        TlsProbe found = await probe.SecureAsync(address, ct);
        string end = found.NotAfter is { } day ? $"chứng thư máy chủ hết hạn {day.InVietnam():dd/MM/yyyy}" : "";
        if (!found.Ok)
        {
            // The client that sends may trust an authority of the site's own.
            return (await probe.GreetAsync(address, ct)).Status is not null
                ? Verdict.Warning($"{found.Detail} Phần mềm tin theo chứng thư riêng đã cài đặt.", "Kiểm tra đúng là chứng thư của đơn vị mình.")
                : Verdict.Failed($"{found.Detail} {(found.Issuer.Length > 0 ? $"Nơi cấp: {Short(found.Issuer)}." : "")}".TrimEnd(), "Không gửi qua kết nối này. Kiểm tra giờ máy, thiết bị mạng chen giữa, hoặc hỏi BHXH.");
        }
        return found.NotAfter is { } last && last - database.Time.GetUtcNow() < TimeSpan.FromDays(CertificateDays)
            ? Verdict.Warning($"{found.Protocol}, {end}.", "Chứng thư của máy chủ Cổng sắp hết hạn; theo dõi thông báo của BHXH.")
            : Verdict.Ok($"{found.Protocol}, {end}.");
    }

    private async Task<Verdict> ClockAsync(Uri address, CancellationToken ct)
    {
        if (!reached)
            return Verdict.NotDone("Chưa kết nối được.");
        hello = await probe.GreetAsync(address, ct);
        blocked = hello.Status == 403;
        reached = hello.Status is not null;
        if (hello.ServerDate is not { } server)
            return reached ? Verdict.NotDone("Máy chủ không cho biết giờ.") : Verdict.Failed(hello.Detail, "Kiểm tra đường truyền; hỏi BHXH địa chỉ IP của cơ sở đã đăng ký chưa.");
        double seconds = (database.Time.GetUtcNow() - server).TotalSeconds;
        string text = string.Create(CultureInfo.InvariantCulture, $"Giờ máy {(seconds >= 0 ? "nhanh" : "chậm")} {Math.Abs(seconds):0} giây so với Cổng.");
        return Math.Abs(seconds) > ClockError.TotalSeconds
            ? Verdict.Warning(text, "Đồng bộ giờ máy (NTP): lệch giờ làm phiên đăng nhập hết hạn sớm và chữ ký sai thời điểm.")
            : Verdict.Ok(text);
    }

    private static Verdict AccountFormat(PortalAccount of)
    {
        if (of.UserName == of.FacilityCode + "_BV")
            return Verdict.Ok($"{of.UserName}: đúng dạng.");
        return of.UserName.StartsWith(of.FacilityCode + "_", StringComparison.Ordinal)
            ? Verdict.Warning($"{of.UserName} không theo dạng thường gặp {of.FacilityCode}_BV.", "Kiểm tra tên tài khoản BHXH đã cấp.")
            : Verdict.Failed($"{of.UserName} không bắt đầu bằng mã cơ sở {of.FacilityCode}.", $"Dùng tài khoản do BHXH cấp cho cơ sở, thường là {of.FacilityCode}_BV.");
    }

    private async Task<Verdict> LogInAsync(PortalAccount of, CancellationToken ct)
    {
        if (!reached)
            return Verdict.NotDone("Chưa kết nối được.");
        if (await HoldAsync(of, ct) is { } hold)
            return hold;
        login = await probe.LogInAsync(of, ct);
        blocked |= login is { Verdict: LoginVerdict.Unclear, HttpStatus: 403 };
        switch (login.Verdict)
        {
            case LoginVerdict.Accepted:
                return Verdict.Ok(login.Lifetime is { } life
                    ? string.Create(CultureInfo.InvariantCulture, $"Đăng nhập được; phiên làm việc {life.TotalMinutes:0.#} phút.")
                    : "Đăng nhập được; Cổng không cho biết thời hạn phiên.");
            case LoginVerdict.Refused:
                PortalResultCode meaning = options.ResultCodes.Get(login.Code);
                await store.RefuseAsync(Fingerprint(facility, of.BaseAddress), of.FacilityCode, login.Code, ct);
                return Verdict.Failed($"Cổng từ chối (mã {login.Code}): {meaning.Meaning}. {Short(login.Detail)}".TrimEnd(), $"{meaning.Remedy}. Không thử lại với mật khẩu cũ: nhiều lần sai có thể làm khóa tài khoản.");
            case LoginVerdict.Unclear:
                return Verdict.Failed($"Cổng trả lời đăng nhập không đúng mẫu (HTTP {login.HttpStatus}). {Short(login.Detail)}", "Kiểm tra địa chỉ Cổng; nếu đúng thì thử lại sau.");
            default:
                return Verdict.Failed(login.Detail + ".", "Thử lại sau ít phút.");
        }
    }

    /// <summary>Why the password isn't sent now; null when it may be.</summary>
    private async Task<Verdict?> HoldAsync(PortalAccount of, CancellationToken ct)
    {
        if (facility.SendPausedCause?.StartsWith(OtherRefusals, StringComparison.Ordinal) == true)
            return Verdict.Failed("Cổng đã từ chối mật khẩu này khi gửi hồ sơ; không thử lại để tránh bị khóa tài khoản.", "Nhập lại mật khẩu kết nối Cổng của cơ sở rồi kiểm tra lại.");
        if (await store.RefusedAsync(Fingerprint(facility, of.BaseAddress), ct) is not { } refused)
            return null;
        // A locked account opens again without another password; a wrong password stays wrong.
        if (refused.Code != "401" && database.Time.GetUtcNow() - refused.At > OtherRefusalHold)
            return null;
        string when = refused.At.InVietnam().ToString("HH:mm dd/MM/yyyy", CultureInfo.InvariantCulture);
        return Verdict.Failed($"Cổng đã từ chối tài khoản và mật khẩu này (mã {refused.Code}) lúc {when}; không thử lại để tránh bị khóa tài khoản.", refused.Code == "401"
            ? "Nhập lại mật khẩu kết nối Cổng của cơ sở rồi kiểm tra lại."
            : $"{options.ResultCodes.Get(refused.Code).Remedy}; kiểm tra lại sau {OtherRefusalHold.TotalMinutes:0} phút.");
    }

    private Verdict Agreement(PortalAccount of)
    {
        if (!of.UserName.StartsWith(of.FacilityCode, StringComparison.Ordinal))
            return Verdict.Failed($"Tài khoản {of.UserName} và mã cơ sở {of.FacilityCode} không khớp.", "Hồ sơ có thể bị ghi nhận cho cơ sở khác; sửa tài khoản trước khi gửi.");
        if (of.ProvinceCode != of.FacilityCode[..2])
            return Verdict.Warning($"Mã tỉnh {of.ProvinceCode} khác hai ký tự đầu của mã cơ sở {of.FacilityCode}.", "Kiểm tra mã tỉnh trong cấu hình cơ sở.");
        if (login is { Verdict: LoginVerdict.Accepted, UserName: { Length: > 0 } named } && !string.Equals(named, of.UserName, StringComparison.OrdinalIgnoreCase))
            return Verdict.Failed($"Cổng cấp phiên cho tài khoản khác ({Short(named)}).", "Dừng gửi và hỏi BHXH.");
        return login?.Verdict == LoginVerdict.Accepted ? Verdict.Ok($"Cơ sở {of.FacilityCode}, tài khoản {of.UserName}.") : Verdict.NotDone("Cấu hình khớp nhau; Cổng chưa xác nhận vì chưa đăng nhập được.");
    }

    private async Task<Verdict> PermissionAsync(PortalAccount of, CancellationToken ct)
    {
        if (login is not { Verdict: LoginVerdict.Accepted })
            return Verdict.NotDone("Chưa đăng nhập được.");
        string release = (Releases.InForceOn(database.Time.GetUtcNow().VietnamDay()) ?? Releases.Newest).Id;
        PermissionProbe found = await probe.AskPermissionAsync(of, login, release, ct);
        if (found.Code.Length == 0)
        {
            blocked |= found.HttpStatus == 403;
            return Verdict.Failed(found.HttpStatus is { } status ? $"Dịch vụ nhận hồ sơ trả lời không đúng mẫu (HTTP {status})." : found.Detail + ".", "Thử lại sau; nếu vẫn vậy hãy hỏi BHXH.");
        }
        PortalResultCode meaning = options.ResultCodes.Get(found.Code);
        return meaning.Handling switch
        {
            PortalHandling.SignInAgain or PortalHandling.StopFacility => Verdict.Failed($"Dịch vụ nhận hồ sơ không cho vào (mã {found.Code}): {meaning.Meaning}.", meaning.Remedy + "."),
            PortalHandling.Accepted => Verdict.Warning("Dịch vụ nhận hồ sơ báo thành công dù không có tệp nào được gửi.", "Hỏi BHXH trước khi tin vào câu trả lời của máy chủ này."),
            PortalHandling.Unknown => Verdict.Warning($"Dịch vụ nhận hồ sơ đang có sự cố (mã {found.Code}).", "Thử lại sau."),
            _ => Verdict.Ok($"Dịch vụ nhận hồ sơ cho tài khoản vào và chỉ từ chối vì lần thử này không kèm tệp (mã {found.Code}). Điều này chưa chứng minh hồ sơ thật sẽ được nhận."),
        };
    }

    private Verdict AllowList()
    {
        const string remedy = "Cổng chỉ nhận từ địa chỉ IP cơ sở đã đăng ký (CV 1923/BHXH-CNTT 2024). Hỏi nhà mạng địa chỉ IP ra Internet của máy này và đối chiếu với địa chỉ đã đăng ký với BHXH.";
        if (account is null)
            return Verdict.NotDone("Chưa có tài khoản.");
        if (blocked)
            return Verdict.Failed("Máy chủ trả lời 403: có thể địa chỉ IP của cơ sở chưa đăng ký hoặc đã đổi.", remedy);
        return reached && login is not { Verdict: LoginVerdict.Unreachable }
            ? Verdict.Ok("Cổng trả lời nên không bị chặn theo địa chỉ IP.")
            : Verdict.Warning("Không tới được Cổng: ngoài lỗi mạng, có thể do địa chỉ IP chưa đăng ký.", remedy);
    }

    private async Task<Verdict> StepAsync(string id, Func<CancellationToken, Task<Verdict>> step, CancellationToken ct)
    {
        long started = Stopwatch.GetTimestamp();
        Verdict verdict = await step(ct);
        await tell(new DoctorStep(id, Verdict.NameOf(id), verdict.Status, verdict.Message, verdict.Remedy, (int)Stopwatch.GetElapsedTime(started).TotalMilliseconds));
        return verdict;
    }

    private async Task SkipAsync(string why, CancellationToken ct, params IEnumerable<string> ids)
    {
        foreach (string id in ids)
            await StepAsync(id, _ => Task.FromResult(Verdict.NotDone(why)), ct);
    }

    private static string Short(string text) => text.Length > 200 ? text[..200] + "…" : text;
}
