using System.Buffers;

namespace LienThong.Extracts;

/// <summary>Cuts a stream of JSON into its visits without parsing them: one object, an array of objects, or objects one after the other (NDJSON).</summary>
internal sealed class JsonSplitter(Stream stream, int maxBytes)
{
    private readonly byte[] chunk = new byte[64 * 1024];
    private readonly ArrayBufferWriter<byte> current = new(64 * 1024);
    private int at;
    private int end;
    private long line = 1;
    private bool inArray;
    private bool begun;

    /// <summary>Line at which the piece cut last begins, or at which cutting went wrong.</summary>
    public long Line { get; private set; } = 1;

    /// <summary>What ended the cutting early, in Vietnamese; null while nothing did.</summary>
    public string? Failure { get; private set; }

    /// <summary>The bytes of the next visit; empty at the end or after a failure. Valid until the next call.</summary>
    public ReadOnlyMemory<byte> Next()
    {
        if (Failure is not null || !FindStart()) return default;
        current.ResetWrittenCount();
        Line = line;
        int depth = 0;
        bool inText = false, escaped = false;
        do
        {
            byte b = chunk[at++];
            if (b == '\n') line++;
            if (current.WrittenCount >= maxBytes) return Fail($"Một lượt khám lớn hơn {maxBytes / (1024 * 1024)} MiB.");
            current.GetSpan(1)[0] = b;
            current.Advance(1);
            if (inText)
            {
                if (escaped) escaped = false;
                else if (b == '\\') escaped = true;
                else if (b == '"') inText = false;
            }
            else if (b == '"') inText = true;
            else if (b is (byte)'{' or (byte)'[') depth++;
            else if (b is (byte)'}' or (byte)']') depth--;
            if (depth == 0) return current.WrittenMemory;
        }
        while (Fill());
        return Fail("Nội dung JSON bị cắt cụt giữa một lượt khám.");
    }

    // Stops at the brace that opens a visit.
    private bool FindStart()
    {
        while (Fill())
        {
            byte b = chunk[at];
            if (b == '{')
            {
                begun = true;
                return true;
            }

            at++;
            if (b == '\n') line++;
            if (b is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0xEF or 0xBB or 0xBF) continue;
            if (b == '[' && !begun && !inArray) inArray = true;
            else if (b == ']' && inArray) inArray = false;
            else if (!(b == ',' && inArray && begun))
            {
                Line = line;
                Fail("Nội dung không phải JSON của các lượt khám.");
                return false;
            }
        }

        if (inArray) Fail("Mảng các lượt khám chưa đóng: nội dung bị cắt cụt.");
        return false;
    }

    private bool Fill()
    {
        if (at < end) return true;
        at = 0;
        end = stream.Read(chunk);
        return end > 0;
    }

    private ReadOnlyMemory<byte> Fail(string why)
    {
        Failure = why;
        return default;
    }
}
