using System.Security.Cryptography;
using System.Text;

namespace LienThong.Gateway.Audit;

internal readonly record struct AuditDraft(string Facility, string Actor, string Action, string Subject, string Detail);

/// <summary>One line of the log that is only ever appended to.</summary>
/// <param name="Sequence">1, 2, 3 …, without a gap.</param>
/// <param name="At">UTC milliseconds since 1970.</param>
/// <param name="Facility">Facility concerned; empty when it concerns the whole system.</param>
/// <param name="Actor">User or service that acted.</param>
/// <param name="Action">What was done, as a stable code (<c>record.held</c>).</param>
/// <param name="Subject">What it was done to, mostly a record id with version.</param>
/// <param name="Detail">More, without names or card numbers.</param>
/// <param name="PreviousHash">Hash of the entry before; empty for the first.</param>
/// <param name="Hash">SHA-256 over the previous hash and this entry's content, hexadecimal.</param>
public sealed record AuditEntry(
    long Sequence, long At, string Facility, string Actor, string Action, string Subject, string Detail, string PreviousHash, string Hash)
{
    /// <summary>The hash this entry should have.</summary>
    public string ComputeHash() => HashOf(Sequence, At, Facility, Actor, Action, Subject, Detail, PreviousHash);

    internal static string HashOf(
        long sequence, long at, string facility, string actor, string action, string subject, string detail, string previous)
    {
        // Each part is preceded by its length: no two different entries have the same canonical form.
        StringBuilder canonical = new(256);
        canonical.Append(previous).Append('|').Append(sequence).Append('|').Append(at);
        foreach (string part in (ReadOnlySpan<string>)[facility, actor, action, subject, detail])
            canonical.Append('|').Append(part.Length).Append(':').Append(part);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(canonical.ToString())));
    }
}

/// <summary>What a check of the whole chain found.</summary>
/// <param name="Entries">Entries read.</param>
/// <param name="BrokenAt">Sequence of the first entry that doesn't fit; null when all fit.</param>
/// <param name="Cause">What is wrong there, in English, for logs and programs.</param>
public sealed record AuditCheck(long Entries, long? BrokenAt, string? Cause)
{
    /// <summary>Whether every entry fits the one before.</summary>
    public bool Intact => BrokenAt is null;
}
