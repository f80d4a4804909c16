using System.Security.Cryptography;
using System.Text;

namespace LienThong.Gateway.Archive;

/// <summary>Several contents in one object: an index in plain text, so that the archive explains itself without the database, then the contents.</summary>
/// <param name="head">Mark and index.</param>
/// <param name="hashes">SHA-256 of each content.</param>
/// <param name="contents">The contents.</param>
internal sealed class Pack(byte[] head, string[] hashes, IReadOnlyList<ReadOnlyMemory<byte>> contents)
{
    private static readonly byte[] Mark = "LTPACK1\n"u8.ToArray();

    /// <summary>SHA-256 of the whole object.</summary>
    public string Name { get; } = NameOf(head, contents);

    /// <summary>Size of the whole object.</summary>
    public long Bytes { get; } = head.Length + contents.Sum(c => (long)c.Length);

    /// <summary>The object in pieces, in order.</summary>
    public IEnumerable<ReadOnlyMemory<byte>> Pieces => contents.Prepend(head);

    /// <summary>Packs contents.</summary>
    public static Pack Of(IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        string[] hashes = new string[contents.Count];
        StringBuilder index = new();
        for (int i = 0; i < hashes.Length; i++)
        {
            hashes[i] = Convert.ToHexStringLower(SHA256.HashData(contents[i].Span));
            index.Append(hashes[i]).Append(' ').Append(contents[i].Length).Append('\n');
        }
        return new Pack([.. Mark, .. Encoding.ASCII.GetBytes(index.Append('\n').ToString())], hashes, contents);
    }

    /// <summary>Addresses of the contents, in order.</summary>
    public ArchiveRef[] References()
    {
        ArchiveRef[] references = new ArchiveRef[hashes.Length];
        long offset = head.Length;
        for (int i = 0; i < hashes.Length; i++)
        {
            references[i] = new ArchiveRef(hashes[i], Name, offset, contents[i].Length);
            offset += contents[i].Length;
        }
        return references;
    }

    private static string NameOf(byte[] head, IReadOnlyList<ReadOnlyMemory<byte>> contents)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(head);
        foreach (ReadOnlyMemory<byte> content in contents)
            hash.AppendData(content.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
