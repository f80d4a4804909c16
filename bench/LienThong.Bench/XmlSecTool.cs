using System.Diagnostics;
using System.Globalization;
using System.Text;
using LienThong.Signing;

namespace LienThong.Bench;

/// <summary>Debian's <c>xmlsec1</c> with a key and its authority, in a folder of its own.</summary>
internal sealed class XmlSecTool : IDisposable
{
    private const string Ids = "--id-attr:Id TT_HOSO --id-attr:Id http://www.w3.org/2000/09/xmldsig#:Object";
    private readonly string signing;
    private readonly string verifying;

    public XmlSecTool(DemoKeys keys, DateTimeOffset at)
    {
        Folder = Directory.CreateTempSubdirectory("lienthong-xmlsec-").FullName;
        File.WriteAllBytes(PathOf("key.p12"), keys.Pfx);
        File.WriteAllText(PathOf("ca.pem"), keys.AuthorityPem);
        File.WriteAllText(PathOf("password"), keys.Password);
        signing = $"--sign {Ids} --pkcs12 {PathOf("key.p12")} --pwd {keys.Password}";
        // xmlsec1 takes local time.
        string moment = at.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
        verifying = $"--verify {Ids} --enabled-key-data x509 --trusted-pem {PathOf("ca.pem")} --verification-time \"{moment}\"";
    }

    /// <summary>True where it is installed.</summary>
    public static bool Present { get; } =
        Array.Exists((Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator), static folder => File.Exists(Path.Combine(folder, "xmlsec1")));

    public string Folder { get; }

    public string PathOf(string name) => Path.Combine(Folder, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(PathOf(name), bytes);
        return PathOf(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    /// <summary>Processor seconds of one signing: many in one process, less the process with two.</summary>
    public double SignSeconds(string file, int count) => Slope(signing, file, count);

    /// <summary>Processor seconds of one verification, likewise.</summary>
    public double VerifySeconds(string file, int count) => Slope(verifying, file, count);

    /// <summary>Signs templates in one process; the documents in the order of the files.</summary>
    public List<byte[]> Sign(IEnumerable<string> files)
    {
        (int exit, byte[] output, string errors) = Run("xmlsec1", (signing + " " + string.Join(' ', files)).Split(' '));
        if (exit != 0) throw new InvalidOperationException(errors);
        return Split(output);
    }

    /// <summary>How many of the files it accepts before the first it doesn't, and what it said.</summary>
    public (int Accepted, string Said) Verify(IEnumerable<string> files)
    {
        (_, byte[] output, string errors) = Run("xmlsec1", [.. Words(verifying), .. files]);
        string said = Encoding.UTF8.GetString(output) + errors;
        return (said.Split('\n').Count(static line => line == "OK"), said);
    }

    // Processor time, as the shell tells it: on a busy machine elapsed time says little.
    private static double Slope(string arguments, string file, int count)
    {
        double Seconds(int repeat)
        {
            string command = string.Create(CultureInfo.InvariantCulture, $"xmlsec1 {arguments} --repeat {repeat} {file} >/dev/null 2>&1 || exit 1; times");
            (int exit, byte[] output, string errors) = Run("bash", ["-c", command]);
            if (exit != 0) throw new InvalidOperationException(errors);
            string children = Encoding.ASCII.GetString(output).Trim().Split('\n')[^1];
            return children.Split(' ').Sum(static part => double.Parse(part[(part.IndexOf('m', StringComparison.Ordinal) + 1)..^1], CultureInfo.InvariantCulture)
                + 60 * double.Parse(part[..part.IndexOf('m', StringComparison.Ordinal)], CultureInfo.InvariantCulture));
        }

        double one = Seconds(2);
        return (Seconds(count + 2) - one) / count;
    }

    // It writes a declaration in front of each document, which our documents nowhere hold inside.
    private static List<byte[]> Split(byte[] output)
    {
        List<byte[]> documents = [];
        ReadOnlySpan<byte> head = "<?xml version="u8;
        int from = 0;
        while (from < output.Length)
        {
            int next = output.AsSpan(from + 1).IndexOf(head);
            int end = next < 0 ? output.Length : from + 1 + next;
            documents.Add(output[from..end]);
            from = end;
        }

        return documents;
    }

    // The moment is two words in quotes.
    private static IEnumerable<string> Words(string arguments) =>
        arguments.Split('"').SelectMany(static (part, i) => i % 2 == 1 ? [part] : part.Split(' ', StringSplitOptions.RemoveEmptyEntries));

    private static (int Exit, byte[] Output, string Errors) Run(string program, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        var output = new MemoryStream();
        process.StandardOutput.BaseStream.CopyTo(output);
        process.WaitForExit();
        return (process.ExitCode, output.ToArray(), errors.GetAwaiter().GetResult());
    }
}
