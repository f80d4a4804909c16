using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LienThong.Samples;
using LienThong.Signing;
using Microsoft.Win32.SafeHandles;

namespace LienThong.Bench;

/// <summary>
/// Signing and verifying in processor time: ours in this process and steady state, each time from the file (read into a kept buffer) to the signed
/// pieces, against <c>xmlsec1</c> doing the same many times in one process (its start taken off, its result not written), and against the bare SHA-256
/// and RSA; then the peak memory of whole processes.
/// </summary>
internal sealed class SigningCost(TextWriter output, string lienthong)
{
    private const int Pairs = 9;
    private const int OneRecord = 1;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private readonly byte[] buffer = new byte[12_000_000];
    private readonly DateTimeOffset now = DateTimeOffset.UtcNow;

    public void Run()
    {
        DemoKeys keys = DemoKeys.Create("99001", now);
        using IKeySource key = keys.OpenKey();
        using X509Certificate2 authority = keys.OpenAuthority();
        using var tool = new XmlSecTool(keys, now);
        output.WriteLine("| measure | size | median ratio (min–max) | ours |");
        output.WriteLine("|---|---|---|---|");
        foreach (int size in new[] { OneRecord, 1024 * 1024, 9_500_000 })
        {
            byte[] document = Sized(size);
            string name = string.Create(CultureInfo.InvariantCulture, $"{document.Length / 1024} KB");
            Against(tool, key, authority, document, name);
            Raw(key, document, name);
            // Not canonical: what other systems hand over takes the general route.
            byte[] broken = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace("><", ">\r\n<", StringComparison.Ordinal).Replace(">\r\n</CHUKYDONVI", "></CHUKYDONVI", StringComparison.Ordinal));
            Against(tool, key, authority, broken, name + " with CRLF line breaks");
        }

        if (File.Exists(lienthong)) Memory(tool);
    }

    /// <summary>A package of at least this size and one record, as our writer makes it.</summary>
    private static byte[] Sized(int size)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 7, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 10, 31) });
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new Standard.PackageWriter(buffer, Standard.PackageHeader.For("99001", new DateOnly(2026, 11, 1), 1));
        for (int i = 0; i == 0 || buffer.WrittenCount < size; i++)
        {
            Standard.RecordBuilder builder = factory.Create(SampleKind.Outpatient, i);
            using Standard.Record record = builder.Build();
            writer.Add(record, factory.ReleaseOf(builder));
        }

        writer.End();
        return buffer.WrittenSpan.ToArray();
    }

    private void Against(XmlSecTool tool, IKeySource key, X509Certificate2 authority, byte[] document, string size)
    {
        var options = new SignOptions { At = now };
        var policy = new VerificationPolicy { At = now, Trust = [authority], RegisteredSerials = [key.Certificate.SerialNumber] };
        string file = tool.Write("document.xml", document);
        string template = tool.Write("template.xml", Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace("<CHUKYDONVI></CHUKYDONVI>", "<CHUKYDONVI>" + Template + "</CHUKYDONVI>", StringComparison.Ordinal)));
        string signed = tool.Write("signed.xml", ((SignResult.Signed)PackageSigner.Sign(document, key, options)).Bytes);
        int count = Math.Clamp(40_000_000 / document.Length, 10, 400);
        Paired("sign ÷ xmlsec1", size, count, () => PackageSigner.Sign(Read(file), key, options), () => tool.SignSeconds(template, count));
        Paired("verify ÷ xmlsec1", size, count, () => Valid(SignatureVerifier.Verify(Read(signed), policy)), () => tool.VerifySeconds(signed, count));
    }

    private void Raw(IKeySource key, byte[] document, string size)
    {
        var options = new SignOptions { At = now };
        int count = Math.Clamp(40_000_000 / document.Length, 10, 400);
        Paired("sign ÷ raw SHA-256 + RSA", size, count, () => PackageSigner.Sign(document, key, options), () => Seconds(count, () => key.SignData(SHA256.HashData(document))) / count);
    }

    private static void Valid(VerificationReport report)
    {
        if (!report.Valid) throw new InvalidOperationException(report.Message);
    }

    private void Paired(string measure, string size, int count, Action ours, Func<double> theirs)
    {
        // The compiler improves hot code in steps, some seconds after it got hot.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;) ours();
        var ratios = new double[Pairs];
        var own = new double[Pairs];
        for (int i = 0; i < Pairs; i++)
        {
            double other = theirs();
            own[i] = Seconds(count, ours) / count;
            ratios[i] = own[i] / other;
        }

        Array.Sort(ratios);
        Array.Sort(own);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measure} | {size} | {ratios[Pairs / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) | {own[Pairs / 2] * 1000:F2} ms |"));
        output.Flush();
    }

    private void Memory(XmlSecTool tool)
    {
        output.WriteLine();
        output.WriteLine("| peak memory, whole process | sign | verify |");
        output.WriteLine("|---|---|---|");
        foreach (int size in new[] { OneRecord, 10_000_000 })
        {
            byte[] document = Sized(size);
            (string file, string signed) = (tool.Write("document.xml", document), tool.PathOf("signed.xml"));
            double sign = Peak("sign", file, signed, "--pfx", tool.PathOf("key.p12"), "--password-file", tool.PathOf("password"));
            double verify = Peak("verify", signed, "--trust", tool.PathOf("ca.pem"));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {document.Length / 1024} KB | {sign:F0} MiB | {verify:F0} MiB |"));
        }
    }

    private double Peak(params string[] arguments)
    {
        var peaks = new double[5];
        for (int i = 0; i < peaks.Length; i++) peaks[i] = WholeProcess.Start("dotnet", [lienthong, .. arguments], watchMemory: true).Peak / 1024.0 / 1024;
        Array.Sort(peaks);
        return peaks[peaks.Length / 2];
    }

    private ReadOnlyMemory<byte> Read(string file)
    {
        using SafeFileHandle handle = File.OpenHandle(file);
        return buffer.AsMemory(0, RandomAccess.Read(handle, buffer, 0));
    }

    private static double Seconds(int count, Action action)
    {
        TimeSpan start = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < count; i++) action();
        return (Environment.CpuUsage.TotalTime - start).TotalSeconds;
    }

    private const string Template = "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
        + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/><Reference URI=\"\"><Transforms>"
        + "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Transforms>"
        + "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference></SignedInfo><SignatureValue/>"
        + "<KeyInfo><X509Data/></KeyInfo></Signature>";
}
