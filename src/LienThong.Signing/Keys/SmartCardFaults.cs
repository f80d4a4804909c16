namespace LienThong.Signing;

/// <summary>What Windows says when a key on a token can't be used, by its error code.</summary>
internal static class SmartCardFaults
{
    private const int WrongPin = unchecked((int)0x8010006B);      // SCARD_W_WRONG_CHV
    private const int Blocked = unchecked((int)0x8010006C);       // SCARD_W_CHV_BLOCKED
    private const int NotAuthenticated = unchecked((int)0x8010006F); // SCARD_W_CARD_NOT_AUTHENTICATED
    private const int Cancelled = unchecked((int)0x8010006E);     // SCARD_W_CANCELLED_BY_USER
    private const int Silent = unchecked((int)0x80090022);        // NTE_SILENT_CONTEXT
    private const int InvalidParameter = unchecked((int)0x80090027); // NTE_INVALID_PARAMETER: what some providers answer to a PIN of impossible length
    private const int NoKey = unchecked((int)0x8009000D);         // NTE_NO_KEY
    private const int NoKeySet = unchecked((int)0x80090016);      // NTE_BAD_KEYSET
    private const int Denied = unchecked((int)0x80090010);        // NTE_PERM

    /// <summary>The answer to a failed signature; whatever isn't known counts as a token that doesn't answer now.</summary>
    internal static KeyLoad Explain(int code) => code switch
    {
        WrongPin or NotAuthenticated or InvalidParameter => KeyLoad.Failed(SignatureFault.WrongPassword,
            "Mã PIN của thiết bị ký không đúng; hệ thống không thử thêm để thiết bị không bị khóa. Hãy nhập lại đúng mã PIN rồi mở khóa."),
        Blocked => KeyLoad.Failed(SignatureFault.WrongPassword, "Thiết bị ký đã bị khóa PIN; hãy mở khóa bằng phần mềm của nhà cung cấp."),
        Silent or Cancelled => KeyLoad.Failed(SignatureFault.WrongPassword, "Thiết bị ký đòi mã PIN; hãy khai báo mã PIN của thiết bị."),
        NoKey or NoKeySet => KeyLoad.Failed(SignatureFault.NoPrivateKey, "Chứng thư trong kho không có khóa bí mật dùng được; hãy cài lại chứng thư bằng phần mềm của thiết bị ký."),
        Denied => KeyLoad.Failed(SignatureFault.NoPrivateKey, "Tài khoản chạy dịch vụ không có quyền dùng khóa; hãy cấp quyền hoặc cài chứng thư cho tài khoản đó."),
        _ => KeyLoad.Failed(SignatureFault.KeyUnavailable, "Thiết bị ký không trả lời; hãy rút ra cắm lại, hệ thống sẽ tự thử lại."),
    };
}
