using System.Text;

namespace LienThong.Signing;

/// <summary>A token as its module describes it.</summary>
/// <param name="Slot">Where it is plugged in, for the caller that asked.</param>
/// <param name="Label">Its label, without the blanks that fill it up.</param>
/// <param name="Serial">Its serial number.</param>
/// <param name="Flags">The <c>CKF_…</c> flags of <c>CK_TOKEN_INFO</c>.</param>
internal sealed record Token(nuint Slot, string Label, string Serial, ulong Flags)
{
    private const ulong LoginRequired = 0x4;
    private const ulong UserPinFinalTry = 0x20000;
    private const ulong UserPinLocked = 0x40000;
    private const int MaxSlots = 256;
    private const int InfoBytes = 512;

    /// <summary>Whether its keys need a PIN.</summary>
    internal bool NeedsPin => (Flags & LoginRequired) != 0;

    /// <summary>Only one try is left before the token blocks itself.</summary>
    internal bool LastTry => (Flags & UserPinFinalTry) != 0;

    /// <summary>The token has blocked itself.</summary>
    internal bool Blocked => (Flags & UserPinLocked) != 0;

    /// <summary>The tokens plugged in.</summary>
    internal static List<Token> Present(Cryptoki cryptoki)
    {
        nuint[] slots = new nuint[MaxSlots];
        nuint count = MaxSlots;
        List<Token> tokens = [];
        if (cryptoki.GetSlotList(1, slots, ref count) != Cryptoki.Ok) return tokens;
        for (int i = 0; i < Math.Min((int)count, MaxSlots); i++)
        {
            byte[] info = new byte[InfoBytes];
            if (cryptoki.GetTokenInfo(slots[i], info) == Cryptoki.Ok) tokens.Add(new Token(slots[i], Text(info.AsSpan(0, 32)), Text(info.AsSpan(80, 16)), FlagsOf(info)));
        }

        return tokens;
    }

    // label[32] manufacturerID[32] model[16] serialNumber[16] flags …
    private static ulong FlagsOf(byte[] info) => nint.Size == 8 ? BitConverter.ToUInt64(info, 96) : BitConverter.ToUInt32(info, 96);

    private static string Text(ReadOnlySpan<byte> field) => Encoding.UTF8.GetString(field).TrimEnd(' ', '\0');
}
