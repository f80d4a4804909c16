using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using LienThong.Bench;

switch (args)
{
    case ["floor", .. string[] paths]:
        long characters = 0;
        foreach (string path in paths.SelectMany(p => Directory.Exists(p) ? Directory.EnumerateFiles(p, "*.xml").Order(StringComparer.Ordinal) : (IEnumerable<string>)[p])) characters += Floor.Read(File.ReadAllBytes(path));
        Console.WriteLine(characters);
        return 0;
    case ["ratios"]:
        InProcess.Run(Console.Out);
        return 0;
    case ["lists"]:
        LargeLists.Run(Console.Out);
        return 0;
    case ["visits"]:
        VisitCost.Run(Console.Out);
        return 0;
    case ["extract", string lienthong, .. string[] size]:
        ExtractCost.Run(Console.Out, lienthong, size is [var megabytes] ? int.Parse(megabytes, System.Globalization.CultureInfo.InvariantCulture) : 1000);
        return 0;
    case ["intake", .. string[] count]:
        await IntakeCost.RunAsync(Console.Out, count is [var text] ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : 3000);
        return 0;
    case ["throughput", string lienthong, .. string[] how]:
        int packages = how is [var many, ..] ? int.Parse(many, System.Globalization.CultureInfo.InvariantCulture) : 3000;
        await new Throughput(Console.Out, lienthong).RunAsync(packages, 100, how is [_, var only] ? [only == "postgres"] : [false, true]);
        return 0;
    case ["queue"]:
        await new QueueCost(Console.Out).RunAsync();
        return 0;
    case ["rejudge", .. string[] how]:
        await Rescan.RunAsync(
            Console.Out, how is [var number, ..] ? int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) : 100_000, postgres: how is [_, "postgres"]);
        return 0;
    case ["archive"]:
        await ArchiveCost.RunAsync(Console.Out);
        return 0;
    case ["check"]:
        await CheckLatency.RunAsync(Console.Out);
        return 0;
    case ["signing", string lienthong]:
        new SigningCost(Console.Out, lienthong).Run();
        return 0;
    case ["signing-fuzz", .. string[] how]:
        int[] numbers = [.. how.Select(static text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture))];
        return SigningFuzz.Run(Console.Out, numbers is [var documents, ..] ? documents : 100_000, numbers is [_, var seed] ? seed : 1);
    case ["process", string lienthong, string empty]:
        new WholeProcess(Console.Out, lienthong, empty).Run();
        return 0;
    case ["steady", ..]:
        ManualConfig config = DefaultConfig.Instance.AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance));
        BenchmarkRunner.Run<Steady>(config);
        return 0;
    default:
        Console.Error.WriteLine("usage: ratios | lists | visits | extract LIENTHONG_DLL [MB] | intake [RECORDS] | rejudge [RECORDS [postgres]] | archive | throughput LIENTHONG_DLL [PACKAGES [sqlite|postgres]] | queue | check | signing LIENTHONG_DLL | signing-fuzz [DOCUMENTS [SEED]] | process LIENTHONG_DLL EMPTY_DLL | steady | floor PATH…");
        return 2;
}
