using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Gateway;
using LienThong.Standard;

namespace LienThong.Cli.Extracts;

/// <summary>Writes records as packages into a folder: one for each, or one for all.</summary>
internal sealed class PackageFolder : IDisposable
{
    private readonly string folder;
    private readonly DateOnly day;
    private readonly ArrayBufferWriter<byte> buffer = new(64 * 1024);
    private readonly FileStream? body;
    private PackageWriter? writer;
    private string facility = "";
    private long headBytes;
    private int count;

    /// <summary>Makes the folder.</summary>
    /// <exception cref="CommandFailure">It can't be made, or holds packages already: none is ever overwritten.</exception>
    public PackageFolder(string folder, bool single, DateOnly day)
    {
        this.folder = folder;
        this.day = day;
        try
        {
            Directory.CreateDirectory(folder);
            if (Directory.EnumerateFiles(folder, "*.xml").Any()) throw CommandFailure.Usage($"{folder} đã có gói hồ sơ; chọn thư mục khác, không ghi đè.");
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"{folder}: {Files.Explain(e)}");
        }

        if (single) body = TemporaryFile.Create();
    }

    /// <summary>Writes a record.</summary>
    public void Add(string visit, string facilityCode, Record record, Release release)
    {
        if (body is null)
        {
            Files.WriteAll(Path.Combine(folder, NameOf(visit)), PackageWriter.WriteSingle(record, release, facilityCode, day));
            return;
        }

        if (writer is null)
        {
            facility = facilityCode;
            writer = new PackageWriter(buffer, PackageHeader.For(facility, day, 0));
            headBytes = buffer.WrittenCount;
        }
        else if (facilityCode != facility)
        {
            throw CommandFailure.Usage($"--single chỉ dùng cho một cơ sở; tệp có cả {facility} và {facilityCode}.");
        }

        count++;
        writer.Add(record, release);
        Empty();
    }

    /// <summary>Writes the one package, now that the number of its records is known.</summary>
    public void Close()
    {
        if (writer is null || body is null) return;
        writer.End();
        Empty();
        ResultFile.Write(Path.Combine(folder, "ho-so.xml"), output =>
        {
            var head = new ArrayBufferWriter<byte>();
            _ = new PackageWriter(head, PackageHeader.For(facility, day, count));
            output.Write(head.WrittenSpan);
            body.Position = headBytes;
            body.CopyTo(output);
        });
    }

    /// <inheritdoc/>
    public void Dispose() => body?.Dispose();

    // Keys are any text; names of files aren't.
    private static string NameOf(string visit)
    {
        string plain = string.Concat(visit.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        if (plain == visit && plain.Length is > 0 and <= 100) return plain + ".xml";
        return $"{plain[..Math.Min(plain.Length, 60)]}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(visit)))[..12]}.xml";
    }

    private void Empty()
    {
        body!.Write(buffer.WrittenSpan);
        buffer.ResetWrittenCount();
    }
}
