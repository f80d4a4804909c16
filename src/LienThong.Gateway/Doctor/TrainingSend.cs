using LienThong.Gateway.Signing;
using LienThong.Gateway.Storage;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Gateway.Doctor;

/// <summary>The last step: an invented record is built, signed with the facility's key and sent, to a training host or a simulator and nowhere else.</summary>
internal sealed class TrainingSend(
    PortalProbe probe, PortalOptions options, SigningKeys keys, Database database, DoctorStore store, FacilityRow facility, PortalAccount? account)
{
    /// <summary>Sends, when it may.</summary>
    /// <param name="training">Where to; null for the account's own address.</param>
    /// <param name="login">What the login at the account's own address came to; null when there was none.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<Verdict> RunAsync(Uri? training, LoginProbe? login, CancellationToken ct)
    {
        if (account is null)
            return Verdict.NotDone("Chưa có tài khoản.");
        PortalAccount there = training is null ? account : account with { BaseAddress = training };
        bool own = there.BaseAddress.Authority == account.BaseAddress.Authority;
        if (PortalHosts.KindOf(there.BaseAddress) == PortalHostKind.Production)
            return Verdict.NotDone("Không gửi thử lên Cổng thật.", "Muốn gửi thử, nêu địa chỉ Cổng đào tạo (daotaoegw.baohiemxahoi.gov.vn).");
        if (own && login is not { Verdict: LoginVerdict.Accepted })
            return Verdict.NotDone("Chưa đăng nhập được.");
        if (probe.Complaint(there) is { } complaint)
            return Verdict.Failed(complaint + ".", "Nêu địa chỉ Cổng đào tạo dạng https://…");
        if (PortalHosts.KindOf(there.BaseAddress) != PortalHostKind.Training && !(await probe.GreetAsync(there.BaseAddress, ct)).IsSimulator)
            return Verdict.NotDone("Máy chủ này không xưng là Cổng mô phỏng và không phải Cổng đào tạo, nên không gửi thử.", "Chỉ gửi thử lên Cổng đào tạo hoặc Cổng mô phỏng.");
        string fingerprint = DoctorRun.Fingerprint(facility, there.BaseAddress);
        if (!own && await store.RefusedAsync(fingerprint, ct) is not null)
            return Verdict.NotDone("Cổng đào tạo đã từ chối mật khẩu này; không thử lại.", "Cổng đào tạo có thể dùng mật khẩu khác; hỏi BHXH.");
        if (await keys.SignerOfAsync(facility.Facility, ct) is not { Ok: true } signer)
            return Verdict.NotDone("Chưa có khóa ký dùng được.");
        return await SendAsync(there, signer.Signer, own ? null : fingerprint, ct);
    }

    private async Task<Verdict> SendAsync(PortalAccount there, IDocumentSigner signer, string? fingerprint, CancellationToken ct)
    {
        DateTimeOffset now = database.Time.GetUtcNow();
        (Record record, Release release, string maLk) = TrialRecord.Make(there.FacilityCode, now);
        byte[] package;
        using (record)
            package = PackageWriter.WriteSingle(record, release, there.FacilityCode, now.VietnamDay());
        if (await signer.SignAsync(package, new SignOptions { At = now }, ct) is not SignResult.Signed signed)
            return Verdict.Failed("Không ký được hồ sơ thử.", "Xem bước Khóa ký số.");
        if (fingerprint is not null && await probe.LogInAsync(there, ct) is { Verdict: LoginVerdict.Refused } refused)
        {
            await store.RefuseAsync(fingerprint, there.FacilityCode, refused.Code, ct);
            return Verdict.Failed($"Cổng đào tạo từ chối đăng nhập (mã {refused.Code}).", "Cổng đào tạo có thể dùng mật khẩu khác; hỏi BHXH.");
        }
        using HttpClient http = PortalHttp.CreateClient(options);
        BhxhPortalChannel channel = new(http, new PortalSessions(http, options, database.Time), database.Time, options);
        SendOutcome outcome = await channel.SendAsync(there, new PortalSubmission(there.FacilityCode, maLk, PortalService.Record, release.Id, signed.Bytes), ct);
        return outcome switch
        {
            SendOutcome.Accepted accepted => Verdict.Ok($"Đã gửi hồ sơ thử {maLk} và được tiếp nhận{(accepted.Receipt.IsSimulator ? " (Cổng mô phỏng)" : "")}, mã giao dịch {accepted.Receipt.TransactionCode}."),
            SendOutcome.Rejected rejected => Rejected(rejected),
            SendOutcome.NotSent none => Verdict.Failed(none.Cause + ".", "Sửa theo các bước trên rồi kiểm tra lại."),
            SendOutcome.Unknown unknown => Verdict.Warning($"Không rõ kết quả gửi thử: {unknown.Cause}.", "Thử lại sau; hồ sơ thử không ảnh hưởng hồ sơ thật."),
            _ => throw new System.Diagnostics.UnreachableException(outcome.ToString()),
        };
    }

    private Verdict Rejected(SendOutcome.Rejected rejected)
    {
        PortalResultCode meaning = options.ResultCodes.Get(rejected.Code);
        string said = rejected.Text.Length > 200 ? rejected.Text[..200] + "…" : rejected.Text;
        return Verdict.Failed($"Hồ sơ thử bị từ chối (mã {rejected.Code}): {meaning.Meaning}. {said}".TrimEnd(), meaning.Remedy + ".");
    }
}
