using System.Security.Cryptography;
using LienThong.Gateway.Archive;

namespace LienThong.Gateway.Tests.Archive;

public sealed class FolderArchiveTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-archive-").FullName;
    private readonly FolderArchive archive;

    public FolderArchiveTests() => archive = new FolderArchive(folder);

    [Fact]
    public async Task Content_comes_back_as_it_went_in_under_its_hash()
    {
        byte[] content = RandomNumberGenerator.GetBytes(300_000);

        Stored stored = await archive.PutAsync(new MemoryStream(content), long.MaxValue, default);

        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), stored.Reference.Sha256);
        Assert.Equal(300_000, stored.Bytes);
        Assert.Equal(content, await archive.GetAsync(ArchiveRef.Parse(stored.Reference.ToString()), default));
        string sha = stored.Reference.Sha256;
        Assert.True(File.Exists(Path.Combine(folder, sha[..2], sha[2..4], sha)));
    }

    [Fact]
    public async Task Same_content_is_stored_once()
    {
        for (int i = 0; i < 3; i++)
            await archive.PutAsync(new MemoryStream([1, 2, 3]), long.MaxValue, default);

        Assert.Equal(1, (await archive.VerifyAsync(default)).Objects);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "incoming")));
    }

    [Fact]
    public async Task Pack_holds_several_contents_and_explains_itself()
    {
        byte[][] contents = [[1], [], RandomNumberGenerator.GetBytes(5000), [1]];

        IReadOnlyList<ArchiveRef> references = await archive.PutManyAsync([.. contents.Select(c => new ReadOnlyMemory<byte>(c))], default);

        for (int i = 0; i < contents.Length; i++)
        {
            Assert.Equal(contents[i], await archive.GetAsync(ArchiveRef.Parse(references[i].ToString()), default));
            using MemoryStream copy = new();
            using Stream stream = archive.Open(references[i]);
            stream.CopyTo(copy);
            Assert.Equal(contents[i], copy.ToArray());
        }
        string pack = references[0].Pack!;
        string head = File.ReadAllText(Path.Combine(folder, pack[..2], pack[2..4], pack));
        Assert.StartsWith($"LTPACK1\n{references[0].Sha256} 1\n", head, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changed_cut_and_missing_objects_are_noticed()
    {
        ArchiveRef changed = (await archive.PutAsync(new MemoryStream([1, 2, 3]), long.MaxValue, default)).Reference;
        ArchiveRef packed = (await archive.PutManyAsync([new byte[100], new byte[200]], default))[1];
        ArchiveRef gone = (await archive.PutAsync(new MemoryStream([7]), long.MaxValue, default)).Reference;
        File.WriteAllBytes(PathOf(changed.Sha256), [1, 2, 4]);
        using (FileStream cut = File.OpenWrite(PathOf(packed.Pack!)))
            cut.SetLength(cut.Length - 1);
        File.Delete(PathOf(gone.Sha256));

        foreach (ArchiveRef reference in (ArchiveRef[])[changed, packed, gone])
            await Assert.ThrowsAsync<ArchiveDamagedException>(() => archive.GetAsync(reference, default));
        ArchiveCheck check = await archive.VerifyAsync(default);
        Assert.False(check.Intact);
        Assert.Equal(new[] { changed.Sha256, packed.Pack! }.Order(), check.Damaged.Order());
    }

    [Fact]
    public async Task Content_over_the_limit_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<ArchiveLimitException>(() => archive.PutAsync(new MemoryStream(new byte[1001]), 1000, default));

        Assert.Equal(0, (await archive.VerifyAsync(default)).Objects);
        Assert.Empty(Directory.GetFiles(Path.Combine(folder, "incoming")));
    }

    [Fact]
    public async Task File_left_by_a_crash_is_no_object()
    {
        File.WriteAllBytes(Path.Combine(folder, "incoming", "nua-chung"), [1]);

        Assert.True((await archive.VerifyAsync(default)).Intact);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../etc/passwd")]
    [InlineData("ABCD")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000@x:1+2")]
    public void Address_that_is_no_hash_is_refused(string text) => Assert.Throws<FormatException>(() => ArchiveRef.Parse(text));

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string PathOf(string sha) => Path.Combine(folder, sha[..2], sha[2..4], sha);
}
