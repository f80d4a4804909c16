namespace LienThong.Signing;

/// <summary>After the first wrong PIN no further try is made, with whatever PIN, until a person unlocks: tokens block themselves after a few.</summary>
/// <param name="locks">Where that is kept.</param>
/// <param name="scope">What the PIN belongs to, see <see cref="KeyPlace.PinScope"/>.</param>
public sealed class PinGuard(IPinLocks locks, string scope)
{
    /// <summary>Asks for leave to try. Whoever got it must call <see cref="LeaveAsync"/>, whatever happens.</summary>
    /// <returns>Null when the try may be made, otherwise why not.</returns>
    public async ValueTask<SignResult.Refused?> EnterAsync(CancellationToken ct) => await locks.BeginAsync(scope, ct) switch
    {
        PinState.Free => null,
        PinState.Trying => new SignResult.Refused(SignatureFault.KeyUnavailable, "Khóa đang được mở ở nơi khác; hệ thống sẽ tự thử lại."),
        _ => new SignResult.Refused(SignatureFault.WrongPassword,
            "Khóa đang tạm khóa vì lần trước nhập sai PIN (mật khẩu), để không mất thêm lượt thử; hãy kiểm tra PIN, nhập lại rồi mở khóa."),
    };

    /// <summary>Notes how the try ended: <see cref="SignatureFault.WrongPassword"/> locks, all else doesn't. When an outcome wasn't seen, say it was wrong.</summary>
    public ValueTask LeaveAsync(SignatureFault outcome) => locks.EndAsync(scope, outcome == SignatureFault.WrongPassword);
}
