using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.Samples;
using LienThong.Signing;

namespace LienThong.Bench;

/// <summary>Paired runs in one process, steady state, one thread: ratios to the floor and garbage per record.</summary>
internal static class InProcess
{
    private const int Pairs = 9;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);

    public static void Run(TextWriter output)
    {
        output.WriteLine("| measure | size | median ratio (min–max) | garbage per record |");
        output.WriteLine("|---|---|---|---|");
        foreach ((SampleKind kind, int count) in new[] { (SampleKind.Outpatient, 200), (SampleKind.Inpatient, 6), (SampleKind.LongStay, 2) })
        {
            byte[][] files = Subjects.Batch(kind, count);
            long bytes = files.Sum(f => (long)f.Length);
            double[] read = Paired(() => Each(files, f => Subjects.Read(f)), () => Each(files, f => Floor.Read(f)));
            double[] judge = Paired(() => Each(files, f => Subjects.Judge(f)), () => Each(files, f => Floor.Read(f)));
            string size = string.Create(CultureInfo.InvariantCulture, $"{kind}, {bytes / count / 1024} KB");
            Line(output, "read ÷ floor", size, read, Garbage(files, f => Subjects.Read(f)));
            Line(output, "read + validate ÷ floor", size, judge, Garbage(files, f => Subjects.Judge(f)));
        }

        DemoKeys keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        using IKeySource key = keys.OpenKey();
        using RSA rsa = key.Certificate.GetRSAPublicKey()!;
        foreach (int size in new[] { 20 * 1024, 1024 * 1024, 9_500_000 }) Sign(output, key, rsa, Sized(size));
    }

    private static byte[] Sized(int size)
    {
        var factory = new SampleFactory(new SampleOptions { Seed = 7, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 10, 31) });
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
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

    private static void Sign(TextWriter output, IKeySource key, RSA publicKey, byte[] document)
    {
        var options = new SignOptions { At = DateTimeOffset.UtcNow };
        int repeat = Math.Max(3, 2_000_000 / document.Length);
        byte[] signed = ((SignResult.Signed)PackageSigner.Sign(document, key, options)).Bytes;
        byte[] signature = key.SignData(document);
        var policy = new VerificationPolicy { At = options.At, Trust = [key.Certificate] };
        double[] sign = Paired(() => Times(repeat, () => PackageSigner.Sign(document, key, options)), () => Times(repeat, () => RawSign(document, key)));
        double[] verify = Paired(() => Times(repeat, () => SignatureVerifier.Verify(signed, policy)), () => Times(repeat, () => RawVerify(document, publicKey, signature)));
        string size = string.Create(CultureInfo.InvariantCulture, $"{document.Length / 1024} KB");
        Line(output, "sign ÷ raw SHA-256 + RSA", size, sign, null);
        Line(output, "verify ÷ raw SHA-256 + RSA", size, verify, null);
    }

    private static void RawSign(byte[] document, IKeySource key)
    {
        byte[] digest = SHA256.HashData(document);
        key.SignData(digest);
    }

    private static void RawVerify(byte[] document, RSA key, byte[] signature) =>
        key.VerifyData(document, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    private static void Each(byte[][] files, Func<byte[], long> action)
    {
        foreach (byte[] file in files) action(file);
    }

    private static void Times(int count, Action action)
    {
        for (int i = 0; i < count; i++) action();
    }

    private static double[] Paired(Action ours, Action floor)
    {
        // The compiler improves hot code in steps, some seconds after it got hot.
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < WarmUp;)
        {
            floor();
            ours();
        }

        var ratios = new double[Pairs];
        for (int i = 0; i < Pairs; i++)
        {
            double theirs = Seconds(floor);
            ratios[i] = Seconds(ours) / theirs;
        }

        Array.Sort(ratios);
        return ratios;
    }

    private static double Seconds(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private static long Garbage(byte[][] files, Func<byte[], long> action)
    {
        Each(files, action);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Each(files, action);
        return (GC.GetAllocatedBytesForCurrentThread() - before) / files.Length;
    }

    private static void Line(TextWriter output, string measure, string size, double[] ratios, long? garbage) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {measure} | {size} | {ratios[Pairs / 2]:F2} ({ratios[0]:F2}–{ratios[^1]:F2}) | {(garbage is { } bytes ? $"{bytes / 1024.0:F1} KB" : "")} |"));
}
