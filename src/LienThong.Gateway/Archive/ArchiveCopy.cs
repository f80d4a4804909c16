namespace LienThong.Gateway.Archive;

/// <summary>Result of copying an archive.</summary>
/// <param name="Objects">Objects of the source that were looked at.</param>
/// <param name="Copied">Objects copied now; the others were there.</param>
/// <param name="Bytes">Bytes copied now.</param>
/// <param name="Damaged">Objects of the source that don't hold what their name stands for, and weren't copied as such.</param>
public sealed record ArchiveCopyResult(long Objects, long Copied, long Bytes, IReadOnlyList<string> Damaged);

/// <summary>Copies all objects of one archive into another. What is there already is left alone, so a copy that ended early is taken up by copying again.</summary>
public static class ArchiveCopy
{
    /// <summary>Copies.</summary>
    /// <param name="source">Where the objects are.</param>
    /// <param name="target">Where they go.</param>
    /// <param name="progress">Told after every page; null for nobody.</param>
    /// <param name="ct">Stops the work; what is copied stays.</param>
    /// <exception cref="ArchiveUnavailableException">One of the two can't be reached.</exception>
    public static async Task<ArchiveCopyResult> RunAsync(IArchive source, IArchive target, Action<ArchiveProgress>? progress, CancellationToken ct)
    {
        HashSet<(UInt128 Name, long Bytes)> there = [];
        await foreach (ArchiveObject found in target.ListAsync(ct))
            there.Add((ArchiveAudit.KeyOf(found.Name), found.Bytes));
        List<string> damaged = [];
        (long copied, long bytes) = (0, 0);
        (long objects, _) = await ArchiveSweep.RunAsync(source.ListAsync(ct), async (found, stop) =>
        {
            if (there.Contains((ArchiveAudit.KeyOf(found.Name), found.Bytes)))
                return;
            if (await IsCopiedAsync(source, target, found.Name, stop))
            {
                Interlocked.Increment(ref copied);
                Interlocked.Add(ref bytes, found.Bytes);
                return;
            }
            lock (damaged)
                damaged.Add(found.Name);
        }, progress, ct);
        damaged.Sort(StringComparer.Ordinal);
        return new ArchiveCopyResult(objects, copied, bytes, damaged);
    }

    private static async Task<bool> IsCopiedAsync(IArchive source, IArchive target, string name, CancellationToken ct)
    {
        try
        {
            await using Stream content = await source.OpenAsync(new ArchiveRef(name), ct);
            return (await target.PutAsync(content, long.MaxValue, ct)).Reference.Sha256 == name;
        }
        catch (ArchiveDamagedException)
        {
            return false;
        }
    }
}
