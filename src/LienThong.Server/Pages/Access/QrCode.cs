using System.Collections;
using System.Globalization;
using System.Text;
using QRCoder;

namespace LienThong.Server.Pages.Access;

/// <summary>A QR code as one path of an SVG, which needs neither script nor style.</summary>
/// <param name="Size">Width and height in modules, the quiet zone included.</param>
/// <param name="Path">What is dark.</param>
internal sealed record QrCode(int Size, string Path)
{
    /// <summary>Encodes a text.</summary>
    public static QrCode Of(string text)
    {
        using QRCodeGenerator generator = new();
        using QRCodeData data = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        StringBuilder path = new();
        for (int y = 0; y < data.ModuleMatrix.Count; y++)
        {
            BitArray row = data.ModuleMatrix[y];
            for (int x = 0; x < row.Length; x++)
            {
                int from = x;
                while (x < row.Length && row[x]) x++;
                if (x > from)
                    path.Append(CultureInfo.InvariantCulture, $"M{from} {y}h{x - from}v1h-{x - from}z");
            }
        }
        return new QrCode(data.ModuleMatrix.Count, path.ToString());
    }
}
