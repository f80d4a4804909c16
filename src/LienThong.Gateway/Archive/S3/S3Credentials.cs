using Amazon.Runtime;

namespace LienThong.Gateway.Archive.S3;

/// <summary>Access key and secret of a store, given directly or by a file that is read again when it changes, so that they can be exchanged without a restart.</summary>
public sealed class S3Credentials : AWSCredentials
{
    private const int MostBytes = 64 * 1024;
    private readonly string? path;
    private readonly Lock gate = new();
    private ImmutableCredentials? current;
    private DateTime seen;

    /// <summary>Fixed credentials.</summary>
    /// <param name="accessKey">Access key id.</param>
    /// <param name="secretKey">Its secret.</param>
    public S3Credentials(string accessKey, string secretKey) => current = new ImmutableCredentials(accessKey, secretKey, null);

    /// <summary>Credentials in a file, as AWS tools keep them: <c>aws_access_key_id = …</c>, <c>aws_secret_access_key = …</c>, first profile.</summary>
    /// <param name="file">The file; read now.</param>
    /// <exception cref="InvalidDataException">It has no such lines.</exception>
    /// <exception cref="IOException">It can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public S3Credentials(string file)
    {
        path = file;
        (current, seen) = (Read(file), File.GetLastWriteTimeUtc(file));
    }

    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials()
    {
        if (path is null)
            return current!;
        lock (gate)
        {
            // One that vanished or is half written leaves the credentials as they were.
            try
            {
                if (File.GetLastWriteTimeUtc(path) is var now && now != seen)
                    (current, seen) = (Read(path), now);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
            {
            }
            return current!;
        }
    }

    /// <summary>Never the keys.</summary>
    public override string ToString() => path is null ? "given" : $"from {path}";

    private static ImmutableCredentials Read(string file)
    {
        if (new FileInfo(file).Length > MostBytes)
            throw new InvalidDataException($"{file}: quá lớn để là tệp khóa S3.");
        string? access = null, secret = null, session = null;
        foreach (string line in File.ReadLines(file))
        {
            int equals = line.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0)
                continue;
            (string name, string value) = (line[..equals].Trim(), line[(equals + 1)..].Trim());
            if (name.Equals("aws_access_key_id", StringComparison.OrdinalIgnoreCase))
                access ??= value;
            else if (name.Equals("aws_secret_access_key", StringComparison.OrdinalIgnoreCase))
                secret ??= value;
            else if (name.Equals("aws_session_token", StringComparison.OrdinalIgnoreCase))
                session ??= value;
        }
        return string.IsNullOrEmpty(access) || string.IsNullOrEmpty(secret)
            ? throw new InvalidDataException($"{file}: cần hai dòng aws_access_key_id = … và aws_secret_access_key = ….")
            : new ImmutableCredentials(access, secret, string.IsNullOrEmpty(session) ? null : session);
    }
}
