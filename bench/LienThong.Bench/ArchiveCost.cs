using System.Diagnostics;
using System.Security.Cryptography;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Archive.S3;
using LienThong.Tests;

namespace LienThong.Bench;

/// <summary>Objects per second into and out of an archive: one after the other, as intake and sending do, and four side by side.</summary>
internal static class ArchiveCost
{
    public static async Task RunAsync(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-archive-").FullName;
        using S3Server server = new();
        using S3Archive bucket = new(server.Options(server.NewBucket()));
        try
        {
            foreach ((string name, IArchive archive) in ((string, IArchive)[])[("folder", new FolderArchive(folder)), ("s3", bucket)])
            {
                foreach ((string size, int bytes, int count) in ((string, int, int)[])[("20 KB", 20_000, 400), ("10 MB", 10_000_000, 12)])
                {
                    foreach (int side in (int[])[1, 4])
                        await MeasureAsync(output, $"{name}, {size}, {side} side by side", archive, bytes, count, side);
                }
                byte[][] batch = [.. Enumerable.Range(0, 50).Select(_ => RandomNumberGenerator.GetBytes(20_000))];
                long start = Stopwatch.GetTimestamp();
                for (int i = 0; i < 10; i++)
                {
                    batch[0][0]++;
                    await archive.PutManyAsync([.. batch.Select(b => new ReadOnlyMemory<byte>(b))], default);
                }
                output.WriteLine($"{name}, 20 KB, put in packs of 50: {500 / Stopwatch.GetElapsedTime(start).TotalSeconds:0} contents/s");
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task MeasureAsync(TextWriter output, string what, IArchive archive, int bytes, int count, int side)
    {
        byte[][] contents = [.. Enumerable.Range(0, count).Select(_ => RandomNumberGenerator.GetBytes(bytes))];
        ArchiveRef[] references = new ArchiveRef[count];
        ParallelOptions options = new() { MaxDegreeOfParallelism = side };
        long start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, options, async (i, ct) => references[i] = (await archive.PutAsync(new MemoryStream(contents[i]), long.MaxValue, ct)).Reference);
        double put = count / Stopwatch.GetElapsedTime(start).TotalSeconds;
        start = Stopwatch.GetTimestamp();
        await Parallel.ForAsync(0, count, options, async (i, ct) => await archive.GetAsync(references[i], ct));
        output.WriteLine($"{what}: put {put:0.0}/s, get {count / Stopwatch.GetElapsedTime(start).TotalSeconds:0.0}/s");
    }
}
