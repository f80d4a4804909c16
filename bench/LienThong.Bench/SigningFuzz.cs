using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using LienThong.Signing;
using LienThong.Signing.Tests;

namespace LienThong.Bench;

/// <summary>Generated documents against <c>xmlsec1</c>, both ways: it verifies what we sign, and we verify what it signs. Same seed, same documents.</summary>
internal static class SigningFuzz
{
    private const int Batch = 250;
    private const int MostTold = 20;

    private const string Methods = "<SignedInfo><CanonicalizationMethod Algorithm=\"http://www.w3.org/TR/2001/REC-xml-c14n-20010315\"/>"
        + "<SignatureMethod Algorithm=\"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256\"/>";

    private const string Digest = "<DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/><DigestValue/></Reference>";
    private const string Rest = "</SignedInfo><SignatureValue/><KeyInfo><X509Data/></KeyInfo>";

    public static int Run(TextWriter output, int count, int seed)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        DemoKeys keys = DemoKeys.Create("99001", now);
        using IKeySource key = keys.OpenKey();
        using X509Certificate2 authority = keys.OpenAuthority();
        using var tool = new XmlSecTool(keys, now);
        SignatureProfile form = FormProfiles.Named("09/BH")!;
        (int wrong, int forms, int plain, long bytes) = (0, 0, 0, 0);
        long start = Stopwatch.GetTimestamp();
        for (int from = 0; from < count; from += Batch)
        {
            int size = Math.Min(Batch, count - from);
            var documents = new RandomDocument[size];
            var profiles = new SignatureProfile[size];
            string[] ours = new string[size];
            string[] templates = new string[size];
            for (int i = 0; i < size; i++)
            {
                int number = from + i;
                bool isForm = number % 3 == 2;
                bool isPlain = number % 4 == 0;
                documents[i] = new RandomDocument(seed + number, isPlain, isForm);
                profiles[i] = isForm ? form : SignatureProfile.EnvelopedPackage;
                (forms, plain) = (forms + (isForm ? 1 : 0), plain + (isPlain ? 1 : 0));
                byte[] signed = ((SignResult.Signed)PackageSigner.Sign(documents[i].Bytes, key, new SignOptions { At = now, Profile = profiles[i] })).Bytes;
                bytes += signed.Length;
                ours[i] = tool.Write($"o{i}.xml", signed);
                templates[i] = tool.Write($"t{i}.xml", Encoding.UTF8.GetBytes(documents[i].Before + "<CHUKYDONVI>" + Template(documents[i], isForm, now) + "</CHUKYDONVI>" + documents[i].After));
            }

            wrong += Refused(output, tool, ours, seed + from);
            List<byte[]> theirs = tool.Sign(templates);
            if (theirs.Count != size) throw new InvalidOperationException($"{theirs.Count} of {size} documents came back signed");
            for (int i = 0; i < size; i++)
            {
                VerificationReport report = SignatureVerifier.Verify(theirs[i], new VerificationPolicy { At = now, Trust = [authority], Profile = profiles[i] });
                if (report.Valid) continue;
                if (++wrong <= MostTold) output.WriteLine($"seed {seed + from + i}: xmlsec1 signed it, we say {report.Reason}: {report.Message}");
            }

            if (from / Batch % 40 == 39) Console.Error.WriteLine($"{from + size} done, {wrong} wrong");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{count} documents ({forms} forms, {plain} plainly canonical, {bytes / 1024.0 / count:F1} KB on average), seed {seed}, both ways: {wrong} disagreements, {Stopwatch.GetElapsedTime(start).TotalMinutes:F1} minutes"));
        return wrong == 0 ? 0 : 1;
    }

    // One call for all; it stops at the first it refuses, which is told and passed over.
    private static int Refused(TextWriter output, XmlSecTool tool, string[] files, int seed)
    {
        int wrong = 0;
        for (int from = 0; from < files.Length;)
        {
            (int accepted, string said) = tool.Verify(files.Skip(from));
            from += accepted;
            if (from >= files.Length) break;
            output.WriteLine($"seed {seed + from}: we signed it, xmlsec1 says {said[^Math.Min(said.Length, 300)..]}");
            wrong++;
            from++;
        }

        return wrong;
    }

    private static string Template(RandomDocument document, bool isForm, DateTimeOffset at)
    {
        if (!isForm)
        {
            return "<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\">" + Methods + "<Reference URI=\"\"><Transforms>"
                + "<Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\"/></Transforms>" + Digest + Rest + "</Signature>";
        }

        int start = document.Before.IndexOf(" Id=\"", StringComparison.Ordinal) + 5;
        string id = document.Before[start..document.Before.IndexOf('"', start)];
        return $"<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\" Id=\"CHUKYDONVI-{id}\">" + Methods
            + $"<Reference URI=\"#Object-CHUKYDONVI-{id}\">" + Digest + $"<Reference URI=\"#{id}\">" + Digest + Rest
            + $"<Object Id=\"Object-CHUKYDONVI-{id}\"><SignatureProperties xmlns=\"\"><SignatureProperty Id=\"SignatureProperty-CHUKYDONVI-{id}\" Target=\"#CHUKYDONVI-{id}\">"
            + $"<SigningTime>{at.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}</SigningTime></SignatureProperty></SignatureProperties></Object></Signature>";
    }
}
