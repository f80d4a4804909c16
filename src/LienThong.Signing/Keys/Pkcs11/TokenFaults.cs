namespace LienThong.Signing;

/// <summary>What a token's refusals mean for a person.</summary>
internal static class TokenFaults
{
    private const nuint PinIncorrect = 0xA0;
    private const nuint PinInvalid = 0xA1;
    private const nuint PinLengthRange = 0xA2;
    private const nuint PinExpired = 0xA3;
    private const nuint PinLocked = 0xA4;

    /// <summary>Why a token isn't even tried: blocked, or one wrong PIN away from it. Null when it may be.</summary>
    internal static KeyLoad? Unsafe(Token token)
    {
        if (token.Blocked) return Explain(PinLocked, token);
        return token.LastTry
            ? KeyLoad.Failed(SignatureFault.WrongPassword, $"Thiết bị ký «{token.Label}» chỉ còn một lần thử PIN nên hệ thống không thử; hãy đăng nhập đúng một lần bằng phần mềm của nhà cung cấp.")
            : null;
    }

    /// <summary>The answer to a return value (<c>CKR_…</c>) of opening a session or logging in.</summary>
    internal static KeyLoad Explain(nuint code, Token token) => code switch
    {
        PinIncorrect or PinInvalid or PinLengthRange => KeyLoad.Failed(SignatureFault.WrongPassword,
            $"Mã PIN của thiết bị ký «{token.Label}» không đúng; hệ thống không thử thêm để thiết bị không bị khóa. Hãy nhập lại đúng mã PIN rồi mở khóa."),
        PinLocked => KeyLoad.Failed(SignatureFault.WrongPassword, $"Thiết bị ký «{token.Label}» đã bị khóa PIN; hãy mở khóa bằng phần mềm của nhà cung cấp."),
        PinExpired => KeyLoad.Failed(SignatureFault.WrongPassword, $"Mã PIN của thiết bị ký «{token.Label}» đã hết hạn; hãy đổi PIN bằng phần mềm của nhà cung cấp."),
        _ => KeyLoad.Failed(SignatureFault.KeyUnavailable, $"Thiết bị ký «{token.Label}» không trả lời (mã PKCS#11 0x{code:X}); hãy rút ra cắm lại, hệ thống sẽ tự thử lại."),
    };
}
