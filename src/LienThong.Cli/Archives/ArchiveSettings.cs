using LienThong.Cli.Terminal;
using LienThong.Gateway.Archive.S3;

namespace LienThong.Cli.Archives;

/// <summary>The S3-compatible archive as the environment names it. Never on the command line, where every user of the machine could read it.</summary>
internal static class ArchiveSettings
{
    private const string Prefix = "LIENTHONG_S3_";

    /// <summary>The archive of <c>LIENTHONG_S3_BUCKET</c> and its neighbours; null when no bucket is named.</summary>
    /// <exception cref="CommandFailure">A variable can't be used.</exception>
    public static S3Options? Read()
    {
        if (Value("BUCKET") is not { } bucket)
            return null;
        string? endpoint = Value("ENDPOINT");
        S3Options options = new()
        {
            Bucket = bucket,
            Prefix = Value("PREFIX") ?? "",
            Endpoint = endpoint is null ? null : Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? address) ? address : throw Wrong("ENDPOINT", "cần dạng https://máy-chủ[:cổng]"),
            Region = Value("REGION") ?? "us-east-1",
            PathStyle = Value("PATH_STYLE") switch
            {
                null => null,
                "true" or "1" => true,
                "false" or "0" => false,
                _ => throw Wrong("PATH_STYLE", "chỉ nhận true hoặc false"),
            },
            Encryption = Value("ENCRYPTION") switch
            {
                null or "none" => S3Encryption.None,
                "AES256" => S3Encryption.Aes256,
                "aws:kms" => S3Encryption.Kms,
                _ => throw Wrong("ENCRYPTION", "chỉ nhận none, AES256 hoặc aws:kms"),
            },
            KmsKey = Value("KMS_KEY"),
            AuthorityFile = Value("CA_FILE") is { } file ? File.Exists(file) ? file : throw Wrong("CA_FILE", $"không tìm thấy tệp «{Words.Plain(file, 200)}»") : null,
            Credentials = Credentials(),
        };
        return options.Problem() is { } problem ? throw CommandFailure.Usage($"{problem}.") : options;
    }

    private static S3Credentials Credentials()
    {
        if (Value("CREDENTIALS_FILE") is { } file)
        {
            try
            {
                return new S3Credentials(file);
            }
            catch (InvalidDataException e)
            {
                throw CommandFailure.Usage(e.Message);
            }
            catch (Exception e) when (Files.IsTrouble(e))
            {
                throw CommandFailure.Io($"{file}: {Files.Explain(e)}");
            }
        }
        return Value("ACCESS_KEY") is { } access && Value("SECRET_KEY") is { } secret
            ? new S3Credentials(access, secret)
            : throw CommandFailure.Usage($"thiếu khóa của kho S3: đặt {Prefix}CREDENTIALS_FILE, hoặc {Prefix}ACCESS_KEY và {Prefix}SECRET_KEY.");
    }

    private static string? Value(string name) => Environment.GetEnvironmentVariable(Prefix + name) is { Length: > 0 } value ? value : null;

    private static CommandFailure Wrong(string name, string why) => CommandFailure.Usage($"{Prefix}{name}: {why}.");
}
