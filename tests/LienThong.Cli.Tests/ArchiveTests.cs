using LienThong.Cli.Tests.Support;
using LienThong.Gateway.Archive.S3;

namespace LienThong.Cli.Tests;

/// <summary><c>archive verify</c> and <c>archive copy</c>, and the settings of an S3-compatible archive.</summary>
public sealed class ArchiveTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly string bucket = S3Server.Shared.NewBucket();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Archive_is_checked_moved_into_a_bucket_and_damage_is_told_by_record()
    {
        // Rules of code lists that aren't there keep nothing from being stored.
        Outcome filled = await FillAsync([], 1);
        Outcome sound = await RunAsync([], "archive", "verify");
        Outcome copied = await RunAsync(S3(), "archive", "copy", "--to", "s3");
        Outcome early = await RunAsync(S3(), "archive", "verify");
        Outcome switched = await RunAsync(S3(), "archive", "copy", "--to", "s3", "--switch");
        Outcome late = await RunAsync([], "archive", "verify");
        Outcome moved = await RunAsync(S3(byFile: true), "archive", "verify", "--output", "json");
        Outcome more = await FillAsync(S3(), 2);

        Assert.True(filled.Exit is 0 or 1, filled.ToString());
        Assert.True(sound.Exit == 0, sound.ToString());
        Assert.Contains("thiếu 0, hỏng 0", sound.Out, StringComparison.Ordinal);
        Assert.True(copied.Exit == 0, copied.ToString());
        Assert.Contains("--switch", copied.Out, StringComparison.Ordinal);
        Assert.True(early.Exit == 3 && early.Error.Contains("kho trong thư mục dữ liệu", StringComparison.Ordinal), early.ToString());
        Assert.True(switched.Exit == 0 && switched.Out.Contains("chép 0", StringComparison.Ordinal), switched.ToString());
        Assert.True(late.Exit == 3 && late.Error.Contains($"s3://{bucket}", StringComparison.Ordinal), late.ToString());
        Assert.True(moved.Exit == 0, moved.ToString());
        Assert.True(moved.Json.GetProperty("references").GetInt32() > 0, moved.ToString());
        Assert.True(more.Exit is 0 or 1, more.ToString());
        Assert.DoesNotContain(S3Server.SecretKey, copied + switched.ToString() + moved, StringComparison.Ordinal);

        S3Options options = S3Server.Shared.Options(bucket);
        using S3Archive archive = new(options);
        string name = (await archive.ListAsync(default).FirstAsync()).Name;
        await File.WriteAllTextAsync(S3Server.Shared.FileOf(bucket, name), "khác");
        Outcome damaged = await RunAsync(S3(), "archive", "verify");
        Assert.True(damaged.Exit == 1, damaged.ToString());
        Assert.Contains("HỎNG 99001 ", damaged.Out, StringComparison.Ordinal);
        Assert.Contains(name, damaged.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("LIENTHONG_S3_ENDPOINT", "http://kho.example.vn", "HTTPS")]
    [InlineData("LIENTHONG_S3_ENDPOINT", "kho", "LIENTHONG_S3_ENDPOINT")]
    [InlineData("LIENTHONG_S3_ENCRYPTION", "rot13", "AES256")]
    [InlineData("LIENTHONG_S3_PATH_STYLE", "có", "true hoặc false")]
    [InlineData("LIENTHONG_S3_SECRET_KEY", "", "LIENTHONG_S3_CREDENTIALS_FILE")]
    [InlineData("LIENTHONG_S3_CA_FILE", "/khong/co", "LIENTHONG_S3_CA_FILE")]
    public async Task Settings_that_can_not_be_are_refused_before_anything_is_done(string name, string value, string told)
    {
        Outcome refused = await RunAsync([.. S3().Where(s => s.Name != name), (name, value)], "migrate");

        Assert.True(refused.Exit == 2 && refused.Error.Contains(told, StringComparison.Ordinal), refused.ToString());
    }

    [Fact]
    public async Task Store_that_is_away_ends_in_one_sentence()
    {
        Outcome away = await FillAsync([.. S3().Where(s => s.Name != "LIENTHONG_S3_ENDPOINT"), ("LIENTHONG_S3_ENDPOINT", "http://127.0.0.1:1")], 1);

        Assert.True(away.Exit == 3 && away.Error.Contains("kho lưu trữ tạm thời không dùng được", StringComparison.Ordinal), away.ToString());
        Assert.DoesNotContain("   at ", away.Error, StringComparison.Ordinal);
    }

    private (string Name, string Value)[] S3(bool byFile = false) =>
    [
        ("LIENTHONG_S3_BUCKET", bucket), ("LIENTHONG_S3_PREFIX", "lt/kho"), ("LIENTHONG_S3_ENDPOINT", S3Server.Shared.Address.ToString()),
        .. byFile
            ? ((string, string)[])[("LIENTHONG_S3_CREDENTIALS_FILE", folder.Write("khoa", $"aws_access_key_id = {S3Server.AccessKey}\naws_secret_access_key = {S3Server.SecretKey}\n"))]
            : [("LIENTHONG_S3_ACCESS_KEY", S3Server.AccessKey), ("LIENTHONG_S3_SECRET_KEY", S3Server.SecretKey)],
    ];

    private Task<Outcome> RunAsync((string Name, string Value)[] environment, params string[] arguments) =>
        Command.RunAsync(environment, [.. arguments, "--data", folder.At("data")]);

    // A portal that isn't there: records are taken in and signed, and wait.
    private async Task<Outcome> FillAsync((string Name, string Value)[] environment, int index)
    {
        var keys = LienThong.Signing.DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        return await RunAsync(
            environment, "send", folder.Write($"in/{index}.xml", Made.Good(index)), "--portal", "http://127.0.0.1:1", "--facility", "99001", "--account", "99001_BV",
            "--password-file", folder.Write("portal.txt", "x"), "--pfx", folder.Write("key.pfx", keys.Pfx), "--pfx-password-file", folder.Write("key.txt", keys.Password), "--wait", "0");
    }
}
