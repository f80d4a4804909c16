using System.Security.Cryptography;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;

namespace LienThong.Gateway.Tests.Archive;

/// <summary>What every archive promises.</summary>
public abstract class ArchiveContract
{
    protected abstract IArchive Archive { get; }

    /// <summary>File in which an object's bytes lie.</summary>
    protected abstract string FileOf(string name);

    /// <summary>Things that are left of unfinished work.</summary>
    protected abstract int Leftovers();

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(12_000_000)]
    public async Task Content_comes_back_as_it_went_in_under_its_hash(int bytes)
    {
        byte[] content = RandomNumberGenerator.GetBytes(bytes);

        Stored stored = await Archive.PutAsync(new MemoryStream(content), long.MaxValue, default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), stored.Reference.Sha256);
        Assert.Equal(bytes, stored.Bytes);
        Assert.Equal(content, await Archive.GetAsync(ArchiveRef.Parse(stored.Reference.ToString()), default));
        Assert.Equal(content, await ReadAsync(stored.Reference));
        Assert.Equal(stored.Reference.Sha256, await Archive.HashAsync(stored.Reference.Sha256, default));
        Assert.True(File.Exists(FileOf(stored.Reference.Sha256)));
        Assert.Equal(0, Leftovers());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(12_000_000)]
    public async Task Same_content_is_stored_once(int bytes)
    {
        byte[] content = RandomNumberGenerator.GetBytes(bytes);
        for (int i = 0; i < 3; i++)
            await Archive.PutAsync(new MemoryStream(content), long.MaxValue, default);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Archive.PutAsync(new MemoryStream(content), long.MaxValue, default)));

        Assert.Equal((1L, (long)bytes), ((await Archive.VerifyAsync(default)).Objects, (await Archive.VerifyAsync(default)).Bytes));
        Assert.Equal(0, Leftovers());
    }

    [Fact]
    public async Task Pack_holds_several_contents_and_explains_itself()
    {
        byte[][] contents = [[1], [], RandomNumberGenerator.GetBytes(5000), [1]];

        IReadOnlyList<ArchiveRef> references = await Archive.PutManyAsync([.. contents.Select(c => new ReadOnlyMemory<byte>(c))], default);

        for (int i = 0; i < contents.Length; i++)
        {
            Assert.Equal(contents[i], await Archive.GetAsync(ArchiveRef.Parse(references[i].ToString()), default));
            Assert.Equal(contents[i], await ReadAsync(references[i]));
        }
        string head = await File.ReadAllTextAsync(FileOf(references[0].Pack!));
        Assert.StartsWith($"LTPACK1\n{references[0].Sha256} 1\n", head, StringComparison.Ordinal);
        Assert.Empty(await Archive.PutManyAsync([], default));
    }

    [Fact]
    public async Task Many_and_large_contents_of_a_batch_all_come_back()
    {
        byte[][] contents = [.. Enumerable.Range(0, 40).Select(i => RandomNumberGenerator.GetBytes(i == 7 ? 9_000_000 : 300_000))];

        IReadOnlyList<ArchiveRef> references = await Archive.PutManyAsync([.. contents.Select(c => new ReadOnlyMemory<byte>(c))], default);

        for (int i = 0; i < contents.Length; i++)
            Assert.Equal(contents[i], await Archive.GetAsync(references[i], default));
        Assert.True((await Archive.VerifyAsync(default)).Intact);
    }

    [Fact]
    public async Task Changed_cut_and_missing_objects_are_noticed()
    {
        ArchiveRef changed = (await Archive.PutAsync(new MemoryStream([1, 2, 3]), long.MaxValue, default)).Reference;
        ArchiveRef packed = (await Archive.PutManyAsync([new byte[100], new byte[200]], default))[1];
        ArchiveRef gone = (await Archive.PutAsync(new MemoryStream([7]), long.MaxValue, default)).Reference;
        await File.WriteAllBytesAsync(FileOf(changed.Sha256), [1, 2, 4]);
        using (FileStream cut = File.OpenWrite(FileOf(packed.Pack!)))
            cut.SetLength(cut.Length - 1);
        File.Delete(FileOf(gone.Sha256));

        foreach (ArchiveRef reference in (ArchiveRef[])[changed, packed, gone])
            await Assert.ThrowsAsync<ArchiveDamagedException>(() => Archive.GetAsync(reference, default));
        await Assert.ThrowsAsync<ArchiveDamagedException>(() => Archive.HashAsync(gone.Sha256, default));
        await Assert.ThrowsAsync<ArchiveDamagedException>(() => Archive.OpenAsync(gone, default));
        ArchiveCheck check = await Archive.VerifyAsync(default);
        Assert.False(check.Intact);
        Assert.Equal(new[] { changed.Sha256, packed.Pack! }.Order(StringComparer.Ordinal), check.Damaged);
    }

    [Fact]
    public async Task Object_with_other_content_is_put_right_when_the_content_comes_again()
    {
        byte[][] contents = [[1, 2, 3], RandomNumberGenerator.GetBytes(12_000_000)];
        foreach (byte[] content in contents)
        {
            string name = (await Archive.PutAsync(new MemoryStream(content), long.MaxValue, default)).Reference.Sha256;
            await File.WriteAllBytesAsync(FileOf(name), [.. content.Reverse()]);

            await Archive.PutAsync(new MemoryStream(content), long.MaxValue, default);

            Assert.Equal(content, await Archive.GetAsync(new ArchiveRef(name), default));
        }
    }

    [Fact]
    public async Task Content_over_the_limit_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<ArchiveLimitException>(() => Archive.PutAsync(new MemoryStream(new byte[1001]), 1000, default));
        await Assert.ThrowsAsync<ArchiveLimitException>(() => Archive.PutAsync(new MemoryStream(new byte[12_000_000]), 11_000_000, default));

        Assert.Equal(0, (await Archive.VerifyAsync(default)).Objects);
        Assert.Equal(0, Leftovers());
    }

    [Fact]
    public async Task Content_that_breaks_off_while_it_is_read_leaves_nothing_behind_and_is_told_as_it_is()
    {
        await Assert.ThrowsAsync<EndOfStreamException>(() => Archive.PutAsync(new BreakingStream(12_000_000), long.MaxValue, default));

        Assert.Equal(0, (await Archive.VerifyAsync(default)).Objects);
        Assert.Equal(0, Leftovers());
    }

    [Fact]
    public async Task Objects_are_listed_in_order_and_a_check_can_be_taken_up()
    {
        for (int i = 0; i < 1100; i += 10)
            await Task.WhenAll(Enumerable.Range(i, 10).Select(n => Archive.PutAsync(new MemoryStream(BitConverter.GetBytes(n)), long.MaxValue, default)));

        List<ArchiveObject> all = await Archive.ListAsync(default).ToListAsync();
        List<ArchiveProgress> progress = [];
        ArchiveCheck rest = await ArchiveSweep.VerifyAsync(Archive, all[699].Name, null, progress.Add, default);

        Assert.Equal(1100, all.Count);
        Assert.Equal(all.Select(o => o.Name).Order(StringComparer.Ordinal), all.Select(o => o.Name));
        Assert.All(all, o => Assert.Equal(4, o.Bytes));
        Assert.Equal(400, rest.Objects);
        Assert.Equal((400L, all[^1].Name), (progress[^1].Objects, progress[^1].Last));
    }

    [Fact]
    public async Task A_probe_leaves_no_object()
    {
        await Archive.ProbeAsync(default);
        await Archive.ProbeAsync(default);

        Assert.Equal(0, (await Archive.VerifyAsync(default)).Objects);
        Assert.Equal(0, Leftovers());
    }

    [Fact]
    public async Task Archive_is_copied_object_by_object_and_addresses_stay_good()
    {
        ArchiveRef alone = (await Archive.PutAsync(new MemoryStream(RandomNumberGenerator.GetBytes(9_000_000)), long.MaxValue, default)).Reference;
        IReadOnlyList<ArchiveRef> packed = await Archive.PutManyAsync([new byte[] { 1 }, new byte[] { 2, 3 }], default);
        ArchiveRef broken = (await Archive.PutAsync(new MemoryStream([9]), long.MaxValue, default)).Reference;
        await File.WriteAllBytesAsync(FileOf(broken.Sha256), [8]);
        S3Server server = S3Server.Shared;
        using S3Archive target = new(server.Options(server.NewBucket()));

        ArchiveCopyResult first = await ArchiveCopy.RunAsync(Archive, target, null, default);
        ArchiveCopyResult second = await ArchiveCopy.RunAsync(Archive, target, null, default);

        Assert.Equal((3L, 2L, broken.Sha256), (first.Objects, first.Copied, Assert.Single(first.Damaged)));
        Assert.Equal((3L, 0L), (second.Objects, second.Copied));
        Assert.Equal(await Archive.GetAsync(alone, default), await target.GetAsync(alone, default));
        Assert.Equal([2, 3], await target.GetAsync(packed[1], default));
    }

    private async Task<byte[]> ReadAsync(ArchiveRef reference)
    {
        using MemoryStream copy = new();
        await using Stream stream = await Archive.OpenAsync(reference, default);
        await stream.CopyToAsync(copy);
        return copy.ToArray();
    }

    private sealed class BreakingStream(int bytes) : MemoryStream(new byte[bytes])
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position < Length ? base.ReadAsync(buffer, cancellationToken) : throw new EndOfStreamException("the client went away");
    }
}

public sealed class FolderArchiveTests : ArchiveContract, IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-archive-").FullName;
    private readonly FolderArchive archive;

    public FolderArchiveTests() => archive = new FolderArchive(folder);

    protected override IArchive Archive => archive;

    [Fact]
    public async Task File_left_by_a_crash_is_no_object()
    {
        await File.WriteAllBytesAsync(Path.Combine(folder, "incoming", "nua-chung"), [1]);

        Assert.Equal(0, (await archive.VerifyAsync(default)).Objects);
    }

    [Fact]
    public async Task Folder_that_is_away_as_a_whole_is_no_damage()
    {
        ArchiveRef one = (await archive.PutAsync(new MemoryStream([1]), long.MaxValue, default)).Reference;
        Directory.Move(folder, folder + "-away");

        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.GetAsync(one, default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.OpenAsync(one, default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutAsync(new MemoryStream([2]), long.MaxValue, default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.PutManyAsync([new byte[] { 2 }], default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.ProbeAsync(default));
        await Assert.ThrowsAsync<ArchiveUnavailableException>(() => archive.VerifyAsync(default));
        Directory.Move(folder + "-away", folder);
        Assert.Equal([1], await archive.GetAsync(one, default));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCD")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000@x:1+2")]
    public void Address_that_is_no_hash_is_refused(string text) => Assert.Throws<FormatException>(() => ArchiveRef.Parse(text));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    protected override string FileOf(string name) => Path.Combine(folder, name[..2], name[2..4], name);

    protected override int Leftovers() => Directory.GetFiles(Path.Combine(folder, "incoming")).Length;
}

/// <summary>A store that keeps conditions, as Amazon's does.</summary>
public sealed class S3ArchiveContractTests() : S3Contract("test");

/// <summary>A store that overlooks conditions.</summary>
public sealed class S3WithoutConditionsTests() : S3Contract("plain");

/// <summary>A store that refuses conditions.</summary>
public sealed class S3RefusingConditionsTests() : S3Contract("refusing");

public abstract class S3Contract : ArchiveContract, IDisposable
{
    private readonly S3Server server = S3Server.Shared;
    private readonly string bucket;
    private readonly S3Archive archive;

    protected S3Contract(string kind)
    {
        bucket = server.NewBucket(kind);
        archive = new S3Archive(server.Options(bucket));
    }

    protected override IArchive Archive => archive;

    public void Dispose() => archive.Dispose();

    protected override string FileOf(string name) => server.FileOf(bucket, name);

    protected override int Leftovers() => server.CountParts(bucket);
}
