using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>The bytes of a visit: as kept in the archive, and its fingerprint.</summary>
internal static class VisitBytes
{
    // What a hospital system says about its own sending, not about the visit.
    private static readonly VisitField[] AboutSending = [VisitFields.Visit.Revision, VisitFields.Visit.Reason];

    [ThreadStatic]
    private static ArrayBufferWriter<byte>? buffer;

    /// <summary>JSON of the visit with the places of its rows.</summary>
    public static byte[] Source(Visit visit)
    {
        using MemoryStream stream = new();
        VisitJsonWriter.Write(stream, visit, places: true);
        return stream.ToArray();
    }

    /// <summary>Reads what <see cref="Source"/> wrote.</summary>
    /// <exception cref="InvalidDataException">It is no visit: it was one when it was stored, so this is a bug.</exception>
    public static Visit Read(byte[] source)
    {
        using MemoryStream stream = new(source, writable: false);
        return VisitJsonReader.Read(stream, ExtractLimits.Default).FirstOrDefault()?.Visit ?? throw new InvalidDataException("A stored visit can't be read.");
    }

    /// <summary>SHA-256 over every value, 64 hexadecimal characters: equal for visits that say the same, whatever they were read from.</summary>
    public static string Fingerprint(Visit visit)
    {
        ArrayBufferWriter<byte> output = buffer ??= new ArrayBufferWriter<byte>(16 * 1024);
        output.ResetWrittenCount();
        foreach (SectionSpec section in VisitModel.Sections)
        {
            foreach (VisitRow row in visit[section.Id])
            {
                Add(output, 1, (byte)section.Id);
                foreach (VisitFieldSpec field in section.Fields)
                {
                    if (!row.Has(field.Id) || Array.IndexOf(AboutSending, field.Id) >= 0)
                        continue;
                    Add(output, 2, field.Id.Column);
                    Encoding.UTF8.GetBytes(row[field.Id], output);
                }
            }
        }
        string hash = Convert.ToHexStringLower(SHA256.HashData(output.WrittenSpan));
        if (output.Capacity > 4 * 1024 * 1024)
            buffer = null;
        return hash;
    }

    private static void Add(ArrayBufferWriter<byte> output, byte mark, byte number)
    {
        Span<byte> span = output.GetSpan(2);
        (span[0], span[1]) = (mark, number);
        output.Advance(2);
    }
}
