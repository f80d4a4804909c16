namespace LienThong.Signing.Canonical;

/// <summary>Joining byte ranges with one allocation; a collection expression of spans grows a list instead.</summary>
internal static class Bytes
{
    internal static byte[] Join(
        ReadOnlySpan<byte> a, ReadOnlySpan<byte> b, ReadOnlySpan<byte> c, ReadOnlySpan<byte> d = default, ReadOnlySpan<byte> e = default)
    {
        byte[] all = GC.AllocateUninitializedArray<byte>(a.Length + b.Length + c.Length + d.Length + e.Length);
        Span<byte> rest = all;
        rest = Put(a, rest);
        rest = Put(b, rest);
        rest = Put(c, rest);
        rest = Put(d, rest);
        Put(e, rest);
        return all;
    }

    internal static byte[] Join(IReadOnlyList<ReadOnlyMemory<byte>> parts)
    {
        byte[] all = GC.AllocateUninitializedArray<byte>(parts.Sum(static p => p.Length));
        Span<byte> rest = all;
        foreach (ReadOnlyMemory<byte> part in parts) rest = Put(part.Span, rest);
        return all;
    }

    private static Span<byte> Put(ReadOnlySpan<byte> part, Span<byte> rest)
    {
        part.CopyTo(rest);
        return rest[part.Length..];
    }
}
