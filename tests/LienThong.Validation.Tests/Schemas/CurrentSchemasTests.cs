using LienThong.Standard;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>docs/xsd is written from the releases. After a change of their data run the tests once with LIENTHONG_UPDATE=1.</summary>
public sealed class CurrentSchemasTests
{
    private static readonly string Folder = Path.Combine(Repository.Root, "docs", "xsd");

    public static TheoryData<string> All => [.. Releases.All.Select(r => r.Id)];

    [Theory]
    [MemberData(nameof(All))]
    public void The_schemas_of_a_release_are_current(string release)
    {
        string folder = Path.Combine(Folder, release);
        var expected = new SortedDictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (SchemaFile file in XmlSchemas.Of(Releases.Get(release))) expected.Add(file.Name, Bytes(file));
        if (Repository.Updates) Write(folder, expected);

        Assert.Equal(expected.Keys, Directory.GetFiles(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach ((string name, byte[] bytes) in expected) Assert.True(bytes.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(folder, name))), $"{release}/{name} is stale");
    }

    [Fact]
    public void There_is_a_folder_per_release_and_no_other() =>
        Assert.Equal(Releases.All.Select(r => r.Id).Order(StringComparer.Ordinal), Directory.GetDirectories(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    private static byte[] Bytes(SchemaFile file)
    {
        var stream = new MemoryStream();
        file.Write(stream);
        return stream.ToArray();
    }

    private static void Write(string folder, SortedDictionary<string, byte[]> files)
    {
        Directory.CreateDirectory(folder);
        foreach (string old in Directory.GetFiles(folder)) File.Delete(old);
        foreach ((string name, byte[] bytes) in files) File.WriteAllBytes(Path.Combine(folder, name), bytes);
    }
}
