using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Archive;

/// <summary>What can go wrong between here and a store.</summary>
public sealed class S3ArchiveTests : IDisposable
{
    private readonly S3Server server = S3Server.Shared;
    private readonly string bucket;
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-s3-test-").FullName;
    private readonly Line line;

    public S3ArchiveTests() => (bucket, line) = (server.NewBucket(), new Line(server.Address));

    [Fact]
    public async Task Store_that_is_away_is_told_as_such_and_work_goes_on_when_it_is_back()
    {
        using S3Archive archive = Archive();
        ArchiveRef one = (await archive.PutAsync(new MemoryStream([1]), long.MaxValue, default)).Reference;
        line.IsBroken = true;
        line.Drop();

        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.GetAsync(one, default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 2 }], default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutAsync(new MemoryStream(new byte[12_000_000]), long.MaxValue, default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.VerifyAsync(default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.ProbeAsync(default));
        line.IsBroken = false;

        Assert.Equal([1], await archive.GetAsync(one, default));
        Assert.Equal([2], await archive.GetAsync((await archive.PutManyAsync([new byte[] { 2 }], default))[0], default));
        await archive.ProbeAsync(default);
        Assert.Equal(2, (await archive.VerifyAsync(default)).Objects);
    }

    [Fact]
    public async Task Store_whose_process_dies_and_comes_back_has_everything_that_was_reported()
    {
        using S3Server own = new();
        string name = own.NewBucket();
        List<ArchiveRef> reported = [];
        using (S3Archive archive = new(own.Options(name)))
        {
            Task killing = Task.Run(async () =>
            {
                await Task.Delay(300);
                own.Kill();
            });
            await Assert.ThrowsAsync<ArchiveUnavailableException>(async () =>
            {
                for (int i = 0; ; i++)
                    reported.Add((await archive.PutAsync(new MemoryStream(RandomNumberGenerator.GetBytes(20_000)), long.MaxValue, default)).Reference);
            });
            await killing;
        }
        own.Restart();

        using S3Archive again = new(own.Options(name));
        foreach (ArchiveRef reference in reported)
            Assert.Equal(20_000, (await again.GetAsync(reference, default)).Length);
    }

    [Fact]
    public async Task Silent_store_costs_the_time_limits_and_no_more()
    {
        using S3Archive archive = Archive(o => new S3Options
        {
            Bucket = o.Bucket,
            Endpoint = o.Endpoint,
            Credentials = o.Credentials,
            RequestTimeout = TimeSpan.FromMilliseconds(300),
            Retries = 1,
        });
        line.IsSilent = true;
        long start = Stopwatch.GetTimestamp();

        ArchiveUnavailableException e = await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 2 }], default));

        Assert.Contains("no answer within 0.3 s", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, line.Connections);
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Caller_who_gives_up_is_not_told_that_the_store_is_away()
    {
        using S3Archive archive = Archive();
        line.IsSilent = true;
        using CancellationTokenSource stop = new(200);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => archive.PutManyAsync([new byte[] { 2 }], stop.Token));
    }

    [Fact]
    public async Task Answers_that_break_off_are_asked_for_again()
    {
        using S3Archive archive = Archive();
        byte[] content = RandomNumberGenerator.GetBytes(3_000_000);
        ArchiveRef one = (await archive.PutAsync(new MemoryStream(content), long.MaxValue, default)).Reference;

        line.CutAnswers(2, 1_000_000);
        Assert.Equal(content, await archive.GetAsync(one, default));
        line.CutAnswers(2, 1_000_000);
        await using Stream stream = await archive.OpenAsync(one, default);
        Assert.Equal(one.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream)));
        // A download goes on where it ended.
        Assert.Contains(line.Sent, s => s.Contains("bytes=9", StringComparison.OrdinalIgnoreCase) || s.Contains("bytes=1", StringComparison.OrdinalIgnoreCase));
        line.CutAnswers(20, 1_000_000);
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.GetAsync(one, default));
    }

    [Fact]
    public async Task Large_upload_that_breaks_off_is_taken_back()
    {
        using S3Archive archive = Archive();
        Task<Stored> put = archive.PutAsync(new MemoryStream(RandomNumberGenerator.GetBytes(40_000_000)), long.MaxValue, default);
        while (server.CountParts(bucket) == 0)
            await Task.Delay(5);
        line.IsBroken = true;
        line.Drop();

        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => put);
        Assert.Equal(0, server.Count(bucket));
        line.IsBroken = false;
        Assert.Equal(0, (await archive.VerifyAsync(default)).Objects);
    }

    [Theory]
    [InlineData("nguoi-la", "SECRET-WORD")]
    [InlineData(S3Server.AccessKey, "SECRET-WORD")]
    public async Task Wrong_credentials_are_told_once_without_telling_them(string access, string secret)
    {
        using S3Archive archive = new(server.Options(bucket, line.Address, credentials: new S3Credentials(access, secret)));

        ArchiveUnavailableException put = await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 2 }], default));
        ArchiveUnavailableException get = await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.GetAsync(new ArchiveRef(new string('a', 64)), default));

        Assert.Equal(2, line.Sent.Count(s => s.Contains("HTTP/1.1", StringComparison.Ordinal)));
        Assert.Contains("check the credentials", put.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("SECRET-WORD", put + get.ToString() + archive.Place, StringComparison.Ordinal);
        Assert.DoesNotContain(line.Sent, s => s.Contains("SECRET-WORD", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Missing_bucket_is_no_missing_object()
    {
        using S3Archive archive = new(server.Options("khong-co-bucket"));

        ArchiveUnavailableException e = await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.GetAsync(new ArchiveRef(new string('a', 64)), default));
        Assert.Contains("create the bucket", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 2 }], default));
    }

    [Fact]
    public async Task Objects_lie_as_in_a_folder_and_strangers_under_the_prefix_are_left_alone()
    {
        using S3Archive archive = Archive();
        string name = (await archive.PutAsync(new MemoryStream([1]), long.MaxValue, default)).Reference.Sha256;
        File.Copy(server.FileOf(bucket, name), Path.Combine(Path.GetDirectoryName(server.FileOf(bucket, name))!, "ghi-chu._S3rver_object"));

        Assert.EndsWith($"/lt/kho/{name[..2]}/{name[2..4]}/{name}._S3rver_object", server.FileOf(bucket, name), StringComparison.Ordinal);
        Assert.Equal($"s3://{bucket}/lt/kho", archive.Place);
        Assert.Equal(name, Assert.Single(await archive.ListAsync(default).ToListAsync()).Name);
    }

    [Theory]
    [InlineData(S3Encryption.Aes256, "x-amz-server-side-encryption: AES256")]
    [InlineData(S3Encryption.Kms, "x-amz-server-side-encryption: aws:kms")]
    public async Task Encryption_is_asked_for_with_every_object(S3Encryption encryption, string header)
    {
        using S3Archive archive = new(server.Options(bucket, line.Address, encryption: encryption));

        await archive.PutAsync(new MemoryStream([1]), long.MaxValue, default);
        await archive.PutAsync(new MemoryStream(new byte[9_000_000]), long.MaxValue, default);

        string[] begins = [.. line.Sent.Where(s => s.StartsWith("PUT /", StringComparison.Ordinal) && !s.Contains("partNumber", StringComparison.Ordinal)
            || (s.StartsWith("POST /", StringComparison.Ordinal) && s.Contains("?uploads", StringComparison.Ordinal)))];
        Assert.Equal(2, begins.Length);
        Assert.All(begins, b => Assert.Contains(header, b, StringComparison.OrdinalIgnoreCase));
        Assert.Equal(encryption == S3Encryption.Kms, begins[0].Contains("khoa-thu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Certificate_of_the_store_is_checked_and_a_private_authority_can_be_named()
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=kho thử", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        SubjectAlternativeNameBuilder names = new();
        names.AddIpAddress(System.Net.IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using X509Certificate2 certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        string keyFile = Path.Combine(folder, "key.pem"), file = Path.Combine(folder, "cert.pem");
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(file, certificate.ExportCertificatePem());
        using S3Server secure = new(keyFile, file);
        S3Options options = secure.Options(secure.NewBucket());
        using S3Archive strict = new(options);
        using S3Archive trusting = new(new S3Options { Bucket = options.Bucket, Endpoint = options.Endpoint, Credentials = options.Credentials, AuthorityFile = file });

        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => strict.PutManyAsync([new byte[] { 1 }], default));
        ArchiveRef one = (await trusting.PutManyAsync([new byte[] { 1 }], default))[0];

        Assert.Equal([1], await trusting.GetAsync(one, default));
    }

    [Theory]
    [InlineData("http://kho.example.vn", "HTTPS")]
    [InlineData("ftp://kho.example.vn", "https://")]
    [InlineData("https://ai:mat-khau@kho.example.vn", "không kèm tài khoản")]
    public void Store_is_spoken_to_over_tls_unless_it_is_this_machine(string endpoint, string told)
    {
        S3Options options = server.Options(bucket, new Uri(endpoint));

        Assert.Contains(told, options.Problem(), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new S3Archive(options));
    }

    [Theory]
    [InlineData("HOA", "")]
    [InlineData("ab", "")]
    [InlineData("tot-lanh", "../ngoai")]
    [InlineData("tot-lanh", "có dấu")]
    public void Names_that_no_store_takes_are_refused(string name, string prefix) =>
        Assert.NotNull(new S3Options { Bucket = name, Prefix = prefix, Credentials = new S3Credentials("a", "b") }.Problem());

    [Fact]
    public async Task Credentials_in_a_file_are_exchanged_without_a_restart()
    {
        string file = Path.Combine(folder, "khoa");
        await File.WriteAllTextAsync(file, "[default]\naws_access_key_id = cu\naws_secret_access_key=het-han\n");
        S3Credentials credentials = new(file);
        using S3Archive archive = new(server.Options(bucket, credentials: credentials));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 1 }], default));

        await File.WriteAllTextAsync(file, $"[default]\naws_access_key_id = {S3Server.AccessKey}\naws_secret_access_key={S3Server.SecretKey}\n");
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(5));
        await archive.PutManyAsync([new byte[] { 1 }], default);
        File.Delete(file);
        await archive.PutManyAsync([new byte[] { 2 }], default);

        Assert.DoesNotContain(S3Server.SecretKey, credentials.ToString(), StringComparison.Ordinal);
        await File.WriteAllTextAsync(file, "aws_access_key_id = mot-nua\n");
        Assert.Throws<InvalidDataException>(() => new S3Credentials(file));
    }

    public void Dispose()
    {
        line.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private S3Archive Archive(Func<S3Options, S3Options>? change = null)
    {
        S3Options options = server.Options(bucket, line.Address);
        return new S3Archive(change?.Invoke(options) ?? options);
    }
}
