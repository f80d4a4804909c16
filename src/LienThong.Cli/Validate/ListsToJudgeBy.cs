using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>Finds the code lists that <c>validate</c> judges by, when it was given any.</summary>
internal static class ListsToJudgeBy
{
    private const int MostTold = 20;
    private static readonly string[] Kinds = [".csv", ".csv.gz", ".xlsx", ".xls"];

    /// <summary>Lists from files and folders; what can't be used is told on the error stream.</summary>
    /// <exception cref="CommandFailure">Nothing usable is there, or a path can't be read.</exception>
    public static CodeLists FromFiles(IReadOnlyList<string> paths, string facility)
    {
        List<string> files = [.. paths.SelectMany(Walk)];
        if (files.Count == 0) throw CommandFailure.Usage("--catalog không có tệp danh mục nào (.csv, .csv.gz, .xlsx, .xls).");
        (CodeLists lists, IReadOnlyList<CatalogueProblem> problems) = CatalogueFiles.Load(files, facility, new CatalogueLimits());
        CatalogueProblem[] wrong = [.. problems.Where(p => p.Severity == Severity.Block)];
        foreach (CatalogueProblem p in wrong.Take(MostTold))
            Screen.Fail($"{Words.Plain(p.File, 80)}: {Words.Plain(p.Place, 80)} {Words.Plain(p.Message, 300)}. {p.Fix}");
        if (wrong.Length > MostTold) Screen.Fail($"còn {wrong.Length - MostTold} dòng danh mục sai nữa; xem đủ bằng lienthong catalog import --dry-run.");
        return lists;
    }

    /// <summary>Judges with the lists of a facility as a data folder holds them; the store stays open as long as rows may still be fetched.</summary>
    public static async Task<int> FromStoreAsync(string data, string facility, Func<CodeLists, int> judge, CancellationToken ct)
    {
        (House house, _) = await House.OpenAsync(data, null, create: false, ct);
        await using House owned = house;
        return judge(house.Lists.Of(facility));
    }

    private static IEnumerable<string> Walk(string path)
    {
        if (!Directory.Exists(path)) return [path];
        return Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => Kinds.Any(k => f.EndsWith(k, StringComparison.OrdinalIgnoreCase))).Order(StringComparer.Ordinal);
    }
}
