using System.IO.Compression;
using LienThong.Standard;

namespace LienThong.Gateway.Catalogues;

/// <summary>Opens the file of a list, whatever its kind: what it is stands in its first bytes, not in its name.</summary>
internal static class SheetFile
{
    /// <summary>The sheets of a file.</summary>
    /// <param name="content">A stream that can seek; stays open.</param>
    /// <param name="limits">How much is taken.</param>
    /// <exception cref="UnreadableFileException">It isn't a list, is damaged or is over the limits; also thrown while rows are read.</exception>
    public static IEnumerable<Sheet> Open(Stream content, CatalogueLimits limits)
    {
        if (content.Length == 0)
            throw new UnreadableFileException("Tệp rỗng.", "Xuất lại bảng rồi nhập lại.");
        if (content.Length > limits.FileBytes)
            throw TooLarge(limits.FileBytes);
        Span<byte> head = stackalloc byte[8];
        int read = content.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        content.Position = 0;
        return head[..read] switch
        {
            [0x1F, 0x8B, ..] => CsvSheets.Read(new BoundedStream(new GZipStream(content, CompressionMode.Decompress, leaveOpen: true), limits.UnpackedBytes), limits),
            [0x50, 0x4B, 0x03, 0x04, ..] => ExcelSheets.ReadZipped(content, limits),
            [0xD0, 0xCF, 0x11, 0xE0, ..] or [0x09, 0x00 or 0x02 or 0x04 or 0x08, ..] => ExcelSheets.Read(content, limits),
            [0x25, 0x50, 0x44, 0x46, ..] => throw NotAList("PDF"),
            [0x3C, ..] => throw NotAList("XML/HTML"),
            _ => CsvSheets.Read(content, limits),
        };
    }

    public static UnreadableFileException TooLarge(long most) => new(
        $"Tệp lớn hơn {most / (1024 * 1024)} MiB (tính cả sau khi giải nén).", "Kiểm tra lại tệp; nếu đúng thì chia nhỏ rồi nhập từng phần.");

    private static UnreadableFileException NotAList(string what) => new($"Tệp là {what}, không phải bảng CSV hay Excel.", "Lưu bảng dưới dạng .xlsx hoặc .csv (UTF-8) rồi nhập lại.");
}

/// <summary>Reads at most so many bytes of a stream; more is an error, so that a small file can't unpack into a huge one.</summary>
internal sealed class BoundedStream(Stream inner, long most) : ReadOnlyStream
{
    private long total;

    public override long Position { get => total; set => throw new NotSupportedException(); }

    public override int Read(Span<byte> buffer)
    {
        int read = inner.Read(buffer);
        total += read;
        return total <= most ? read : throw SheetFile.TooLarge(most);
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            inner.Dispose();
        base.Dispose(disposing);
    }
}
