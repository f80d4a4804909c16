using LienThong.Gateway.Access;
using LienThong.Gateway.Signing;
using LienThong.Standard;

namespace LienThong.Gateway.Doctor;

/// <summary>The steps about the facility's signing key.</summary>
internal sealed class KeySteps(SigningKeys keys, string facility, TimeProvider time)
{
    private const int CertificateDays = 30;

    /// <summary>Whether there is a key that signs.</summary>
    public async Task<(Verdict Verdict, SigningKeyView? Key)> KeyAsync(CancellationToken ct)
    {
        Caller self = Caller.System() with { Scope = FacilityScope.Only(facility) };
        List<SigningKeyView> all = [.. (await keys.ListAsync(self, ct)).Where(k => k.State != SigningKeyState.Retired)];
        SigningKeyView? key = all.Find(k => k.State == SigningKeyState.InUse) ?? all.FirstOrDefault();
        if (key is null)
            return (Verdict.Failed("Cơ sở chưa có khóa ký số.", "Thêm khóa ở trang Chứng thư số."), null);
        if (key.State == SigningKeyState.Locked)
            return (Verdict.Failed($"Khóa của chứng thư {key.Serial} bị khóa vì sai mã PIN.", "Kiểm tra mã PIN rồi mở khóa ở trang Chứng thư số."), key);
        SigningKeyChange tested = await keys.TestAsync(self, key.Id, ct);
        if (!tested.Done)
            return (Verdict.Failed(tested.Message, "Xem trang Chứng thư số."), key);
        int days = key.DaysLeft(time.GetUtcNow());
        if (key.State is SigningKeyState.Expired or SigningKeyState.NotYetValid)
            return (Verdict.Failed(tested.Message, "Thêm chứng thư còn hiệu lực ở trang Chứng thư số."), key);
        return (days < CertificateDays
            ? Verdict.Warning($"Ký thử được; chứng thư {key.Serial} còn {days} ngày.", "Gia hạn và đăng ký chứng thư mới trên Cổng trước khi hết hạn.")
            : Verdict.Ok($"Ký thử và tự kiểm tra được; chứng thư {key.Serial} đến {key.NotAfter.InVietnam():dd/MM/yyyy}."), key);
    }

    /// <summary>Whether the portal is said to know its certificate.</summary>
    public Verdict Registration(SigningKeyView? key)
    {
        if (key is null)
            return Verdict.NotDone("Chưa có khóa ký số.");
        string how = $"Trên Cổng: Quản trị hệ thống → Danh mục chứng thư số, thêm số sê-ri {key.Serial}; rồi ghi ngày đăng ký ở trang Chứng thư số.";
        return key.RegisteredOn is { } day
            ? day <= time.GetUtcNow().VietnamDay()
                ? Verdict.Ok($"Đã ghi là đăng ký trên Cổng từ {day:dd/MM/yyyy}, số sê-ri {key.Serial}. Chỉ gửi thử mới chứng minh được.")
                : Verdict.Warning($"Chứng thư {key.Serial} được Cổng nhận từ {day:dd/MM/yyyy}.", "Hồ sơ chờ đến ngày đó.")
            : Verdict.Failed($"Chứng thư {key.Serial} chưa được ghi là đã đăng ký trên Cổng, nên không dùng để ký.", how);
    }
}
