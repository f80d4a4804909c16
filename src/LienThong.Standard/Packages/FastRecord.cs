namespace LienThong.Standard;

/// <summary>Reads a <c>HOSO</c> of the plain shape (base64 tables, no attributes, comments or CDATA) straight over its bytes.</summary>
internal ref struct FastRecord
{
    private readonly TableContent content;
    private ReadOnlySpan<byte> text;

    private FastRecord(Record record, ReadOnlySpan<byte> text, ReaderLimits limits)
    {
        content = new TableContent(record, limits, strictOnly: false);
        this.text = text;
    }

    /// <summary>Reads from <c>&lt;HOSO&gt;</c> to <c>&lt;/HOSO&gt;</c>; false when it isn't plain (the caller resets the record).</summary>
    public static bool TryRead(Record record, ReadOnlySpan<byte> hoso, ReaderLimits limits)
    {
        var reading = new FastRecord(record, hoso, limits);
        return reading.Hoso();
    }

    private bool Hoso()
    {
        if (!Take("<HOSO>"u8)) return false;
        while (Take("<FILEHOSO>"u8))
        {
            if (!Take("<LOAIHOSO>"u8) || !Until(out ReadOnlySpan<byte> loai) || !Take("</LOAIHOSO>"u8)) return false;
            if (!IsPlain(loai) || Blank.Trim(loai).Contains((byte)'\r')) return false;
            TableId? id = content.TableOf(loai);
            if (Take("<NOIDUNGFILE/>"u8))
            {
                if (id is { } none) content.Empty(none);
            }
            else
            {
                if (!Take("<NOIDUNGFILE>"u8) || !Until(out ReadOnlySpan<byte> table) || !Take("</NOIDUNGFILE>"u8)) return false;
                if (!Table(id, table)) return false;
            }

            if (!Take("</FILEHOSO>"u8)) return false;
        }

        return Take("</HOSO>"u8) && text.IsEmpty;
    }

    private readonly bool Table(TableId? id, ReadOnlySpan<byte> table)
    {
        if (Blank.Skip(table) == table.Length)
        {
            if (id is { } none) content.Empty(none);
            return true;
        }

        // Content of a table that isn't judged still has to be well-formed text.
        return id is { } known ? content.Base64(known, table) : IsPlain(table);
    }

    // White space in front of a tag is passed over.
    private bool Take(ReadOnlySpan<byte> tag)
    {
        ReadOnlySpan<byte> rest = text;
        if (!rest.StartsWith(tag))
        {
            int skipped = Blank.Skip(rest);
            if (skipped == 0) return false;
            rest = rest[skipped..];
            if (!rest.StartsWith(tag)) return false;
        }

        text = rest[tag.Length..];
        return true;
    }

    private bool Until(out ReadOnlySpan<byte> content)
    {
        int end = text.IndexOf((byte)'<');
        content = end < 0 ? default : text[..end];
        if (end >= 0) text = text[end..];
        return end >= 0;
    }

    private static bool IsPlain(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (b is < 0x20 and not (9 or 10 or 13) or >= 0x7F or (byte)'&' or (byte)']') return false;
        }

        return true;
    }
}
