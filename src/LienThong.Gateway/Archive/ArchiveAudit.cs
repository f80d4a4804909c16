using System.Globalization;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Archive;

/// <summary>A content that the archive should hold and doesn't.</summary>
/// <param name="Missing">Whether its object is gone; otherwise it was changed.</param>
/// <param name="ObjectName">Name of the object.</param>
/// <param name="Use">Who needs it; null when no row of the database does.</param>
public sealed record ArchiveDamage(bool Missing, string ObjectName, ArchiveUse? Use);

/// <summary>Result of an audit.</summary>
/// <param name="Objects">Objects read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="References">Contents the database names.</param>
/// <param name="Missing">Contents whose object is gone.</param>
/// <param name="Damaged">Contents that were changed, and changed objects nothing names.</param>
public sealed record ArchiveAuditResult(long Objects, long Bytes, long References, long Missing, long Damaged)
{
    /// <summary>Whether everything the database names is there as it was stored.</summary>
    public bool Intact => Missing + Damaged == 0;
}

/// <summary>Holds the archive against the database: every object against its name, every content a row names against the objects.</summary>
public sealed class ArchiveAudit(IArchive archive, Database database)
{
    /// <summary>Audits. Takes 16 bytes of memory per object.</summary>
    /// <param name="after">Objects up to this name were read before and are only looked for; null for all.</param>
    /// <param name="damage">Told everything that is missing or changed.</param>
    /// <param name="progress">Told how far the reading of objects has come; null for nobody.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="ArchiveUnavailableException">The archive can't be reached; nothing can be said.</exception>
    public async Task<ArchiveAuditResult> RunAsync(string? after, Action<ArchiveDamage> damage, Action<ArchiveProgress>? progress, CancellationToken ct)
    {
        HashSet<UInt128> there = [];
        ArchiveCheck check = await ArchiveSweep.VerifyAsync(archive, after, found => there.Add(KeyOf(found.Name)), progress, ct);
        HashSet<string> changed = new(check.Damaged, StringComparer.Ordinal), told = new(StringComparer.Ordinal);
        (long references, long missing, long damaged) = (0, 0, 0);
        await foreach (ArchiveUse use in ArchiveReferences.StreamAsync(database, ct))
        {
            references++;
            string name = use.Reference.Pack ?? use.Reference.Sha256;
            // What was stored after the list was read isn't in it.
            bool isThere = there.Contains(KeyOf(name));
            if (isThere && !changed.Contains(name))
                continue;
            if (await FaultAsync(use.Reference, ct) is not { } fault)
                continue;
            told.Add(name);
            (missing, damaged) = isThere ? (missing, damaged + 1) : (missing + 1, damaged);
            damage(new ArchiveDamage(!isThere, fault, use));
        }
        foreach (string name in check.Damaged.Where(n => !told.Contains(n)))
        {
            damaged++;
            damage(new ArchiveDamage(false, name, null));
        }
        return new ArchiveAuditResult(check.Objects, check.Bytes, references, missing, damaged);
    }

    /// <summary>The object at fault when the content can't be had; null when it can.</summary>
    private async Task<string?> FaultAsync(ArchiveRef reference, CancellationToken ct)
    {
        try
        {
            // A large file that changed is known as such by its object; one stored meanwhile is worth the reading.
            if (reference.Pack is not null)
                await archive.GetAsync(reference, ct);
            else if (await archive.HashAsync(reference.Sha256, ct) != reference.Sha256)
                return reference.Sha256;
            return null;
        }
        catch (ArchiveDamagedException)
        {
            return reference.Pack ?? reference.Sha256;
        }
    }

    internal static UInt128 KeyOf(string name) => UInt128.Parse(name.AsSpan(0, 32), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
