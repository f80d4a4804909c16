namespace LienThong.Validation;

/// <summary>Codes of departments: <c>K02</c>, its part <c>K02.D51</c>, and <c>K282930</c>, one department of three specialities.</summary>
internal static class DepartmentCodes
{
    /// <summary>The department without the part behind the dot.</summary>
    public static ReadOnlySpan<byte> Whole(ReadOnlySpan<byte> code)
    {
        int point = code.IndexOf((byte)'.');
        return point < 0 ? code : code[..point];
    }

    /// <summary>True when both have a speciality in common.</summary>
    public static bool Overlap(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.SequenceEqual(b)) return true;
        a = Whole(a);
        b = Whole(b);
        for (int at = 1; at + 2 <= a.Length; at += 2)
        {
            if (Has(b, a.Slice(at, 2))) return true;
        }

        return false;
    }

    /// <summary>True when a row of the code, of the department it is part of, or of one of its specialities is valid.</summary>
    public static bool IsIn(CodeList departments, ReadOnlySpan<byte> code, DateOnly day)
    {
        if (departments.Contains(code, day)) return true;
        code = Whole(code);
        if (code.Length < 3 || code.Length % 2 == 0 || code[0] != (byte)'K') return false;
        Span<byte> one = [(byte)'K', 0, 0];
        for (int at = 1; at < code.Length; at += 2)
        {
            code.Slice(at, 2).CopyTo(one[1..]);
            if (!departments.Contains(one, day)) return false;
        }

        return true;
    }

    private static bool Has(ReadOnlySpan<byte> code, ReadOnlySpan<byte> speciality)
    {
        for (int at = 1; at + 2 <= code.Length; at += 2)
        {
            if (code.Slice(at, 2).SequenceEqual(speciality)) return true;
        }

        return false;
    }
}
