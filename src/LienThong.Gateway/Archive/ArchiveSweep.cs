namespace LienThong.Gateway.Archive;

/// <summary>Result of reading the whole archive.</summary>
/// <param name="Objects">Objects read.</param>
/// <param name="Bytes">Bytes read.</param>
/// <param name="Damaged">Names of objects whose content doesn't have the hash they are named by.</param>
public sealed record ArchiveCheck(long Objects, long Bytes, IReadOnlyList<string> Damaged)
{
    /// <summary>Whether every object is as it was stored.</summary>
    public bool Intact => Damaged.Count == 0;
}

/// <summary>How far work on a whole archive has come.</summary>
/// <param name="Objects">Objects done.</param>
/// <param name="Bytes">Bytes done.</param>
/// <param name="Last">Name up to which everything is done; the work can be taken up behind it.</param>
public sealed record ArchiveProgress(long Objects, long Bytes, string Last);

/// <summary>Goes through all objects of an archive in the order of names, a few side by side.</summary>
public static class ArchiveSweep
{
    private const int Page = 64;
    private const int Parallelism = 4;

    /// <summary>Reads every object and compares it with its name.</summary>
    public static Task<ArchiveCheck> VerifyAsync(this IArchive archive, CancellationToken ct) => VerifyAsync(archive, null, null, null, ct);

    /// <summary>Reads every object behind a name and compares it with its name.</summary>
    /// <param name="archive">The archive.</param>
    /// <param name="after">Name to go on behind; null for all.</param>
    /// <param name="seen">Told every object, also those that aren't read; null for nobody.</param>
    /// <param name="progress">Told after every page; null for nobody.</param>
    /// <param name="ct">Stops the work.</param>
    public static async Task<ArchiveCheck> VerifyAsync(
        IArchive archive, string? after, Action<ArchiveObject>? seen, Action<ArchiveProgress>? progress, CancellationToken ct)
    {
        List<string> damaged = [];
        (long objects, long bytes) = await RunAsync(Behind(archive, after, seen, ct), async (found, stop) =>
        {
            string? real;
            try
            {
                real = await archive.HashAsync(found.Name, stop);
            }
            catch (ArchiveDamagedException)
            {
                real = null;
            }
            if (real == found.Name)
                return;
            lock (damaged)
                damaged.Add(found.Name);
        }, progress, ct);
        damaged.Sort(StringComparer.Ordinal);
        return new ArchiveCheck(objects, bytes, damaged);
    }

    /// <summary>Does something with every object of a list.</summary>
    internal static async Task<(long Objects, long Bytes)> RunAsync(
        IAsyncEnumerable<ArchiveObject> objects, Func<ArchiveObject, CancellationToken, ValueTask> work, Action<ArchiveProgress>? progress, CancellationToken ct)
    {
        (long count, long bytes) = (0, 0);
        ParallelOptions side = new() { MaxDegreeOfParallelism = Parallelism, CancellationToken = ct };
        await foreach (ArchiveObject[] page in objects.Chunk(Page).WithCancellation(ct))
        {
            await Parallel.ForEachAsync(page, side, work);
            (count, bytes) = (count + page.Length, bytes + page.Sum(o => o.Bytes));
            progress?.Invoke(new ArchiveProgress(count, bytes, page[^1].Name));
        }
        return (count, bytes);
    }

    private static async IAsyncEnumerable<ArchiveObject> Behind(
        IArchive archive, string? after, Action<ArchiveObject>? seen, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (ArchiveObject found in archive.ListAsync(ct))
        {
            seen?.Invoke(found);
            if (after is null || string.CompareOrdinal(found.Name, after) > 0)
                yield return found;
        }
    }
}
