namespace LienThong.Validation;

/// <summary>Claimed quantities as bytes, to be stored beside their version.</summary>
public static class PackedClaims
{
    /// <summary>Packs quantities; empty for none.</summary>
    public static byte[] Pack(List<ClaimedQuantity> claims)
    {
        if (claims.Count == 0) return [];
        using MemoryStream bytes = new(claims.Count * 32);
        using (BinaryWriter to = new(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            to.Write7BitEncodedInt(claims.Count);
            foreach (ClaimedQuantity claim in claims)
            {
                to.Write(claim.Code);
                to.Write(claim.Tender);
                to.Write7BitEncodedInt(claim.Day);
                to.Write7BitEncodedInt64(claim.Thousandths);
            }
        }

        return bytes.ToArray();
    }

    /// <summary>Unpacks what <see cref="Pack"/> made.</summary>
    public static List<ClaimedQuantity> Unpack(byte[] packed)
    {
        if (packed.Length == 0) return [];
        using BinaryReader from = new(new MemoryStream(packed, writable: false), System.Text.Encoding.UTF8);
        int count = from.Read7BitEncodedInt();
        var claims = new List<ClaimedQuantity>(count);
        for (int i = 0; i < count; i++) claims.Add(new ClaimedQuantity(from.ReadString(), from.ReadString(), from.Read7BitEncodedInt(), from.Read7BitEncodedInt64()));
        return claims;
    }
}
