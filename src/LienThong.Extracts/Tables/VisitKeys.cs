using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace LienThong.Extracts;

/// <summary>Numbers visits by their keys in a fixed few bytes each: millions of them have to fit beside their rows.</summary>
internal sealed class VisitKeys
{
    // A hash of 128 bits of SHA-256 stands for its key: that two keys of an extract share one isn't going to happen.
    private readonly Dictionary<UInt128, int> numbers = [];

    /// <summary>Visits so far.</summary>
    public int Count => numbers.Count;

    /// <summary>Numbers a key; false when it has a number already.</summary>
    public bool Add(string key, out int number)
    {
        UInt128 hash = Hash(key);
        if (numbers.TryGetValue(hash, out number)) return false;
        number = numbers.Count;
        numbers.Add(hash, number);
        return true;
    }

    /// <summary>The number of a key; -1 when it has none.</summary>
    public int Find(string key) => numbers.TryGetValue(Hash(key), out int number) ? number : -1;

    private static UInt128 Hash(string key)
    {
        Span<byte> text = stackalloc byte[512];
        int length = key.Length <= 170 ? Encoding.UTF8.GetBytes(key, text) : -1;
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(length >= 0 ? text[..length] : Encoding.UTF8.GetBytes(key), hash);
        return BinaryPrimitives.ReadUInt128LittleEndian(hash);
    }
}
