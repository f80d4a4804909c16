using System.Buffers;
using LienThong.Standard;

namespace LienThong.Gateway.Intake;

/// <summary>The stored form of a record: a package of its own, written canonically. It doesn't depend on the day it came: same content, same bytes, same hash.</summary>
internal static class StoredForm
{
    private const int KeptBytes = 8 * 1024 * 1024;
    private static readonly DateOnly NoDay = new(2000, 1, 1);

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    public static byte[] Of(string facility, Release release, Record record)
    {
        ArrayBufferWriter<byte> output = buffer ??= new ArrayBufferWriter<byte>(64 * 1024);
        output.ResetWrittenCount();
        PackageWriter.Write(output, PackageHeader.For(facility, NoDay, 1), release, record);
        byte[] content = output.WrittenSpan.ToArray();
        if (output.Capacity > KeptBytes)
            buffer = null;
        return content;
    }
}
