using LienThong.Extracts;
using LienThong.Gateway.Intake.Pull;
using LienThong.Gateway.Storage.Sources;

namespace LienThong.Gateway.Tests.Intake.Pull;

/// <summary>A provider from an assembly of the site; the SQLite driver's own file, copied to a folder of its own, stands in for Oracle's or SQL Server's.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class AssemblySourceTests : IDisposable
{
    private const string Type = "Microsoft.Data.Sqlite.SqliteFactory";
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-test-").FullName;

    [Fact]
    public async Task Visits_are_read_through_a_provider_loaded_from_a_file()
    {
        PullPlanLoad load = Load(Provider(), Type, Hospital.Sqlite(folder, 25));

        List<VisitReading> visits = [];
        await foreach (PullPreviewBatch batch in PullPreview.ReadAsync(load, null, default)) visits.AddRange(batch.Visits);

        Assert.Equal(25, visits.Count);
        Assert.All(visits, v => Assert.True(v.IsUsable));
        Assert.NotSame(typeof(Microsoft.Data.Sqlite.SqliteFactory), ProviderAssembly.Load(load.Plan!.Assembly!).GetType());
    }

    [Fact]
    public async Task A_file_that_others_can_write_is_not_loaded()
    {
        string path = Provider();
        File.SetUnixFileMode(path, File.GetUnixFileMode(path) | UnixFileMode.OtherWrite);

        Assert.Contains("cho người khác ghi", await FailureAsync(path, Type), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_not_loaded()
    {
        string link = Path.Combine(folder, "lien-ket.dll");
        File.CreateSymbolicLink(link, Provider());

        Assert.Contains("liên kết", await FailureAsync(link, Type), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Khong.Co", "không có lớp «Khong.Co»")]
    [InlineData("Microsoft.Data.Sqlite.SqliteConnection", "không phải DbProviderFactory")]
    public async Task A_type_that_isn_t_a_provider_is_told_with_those_there_are(string type, string told)
    {
        string message = await FailureAsync(Provider(), type);

        Assert.Contains(told, message, StringComparison.Ordinal);
        Assert.Contains(Type, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_isn_t_an_assembly_is_told()
    {
        string path = Path.Combine(folder, "rac.dll");
        await File.WriteAllTextAsync(path, "rác");

        Assert.Contains("Không nạp được", await FailureAsync(path, Type), StringComparison.Ordinal);
        Assert.Contains("Không có tệp", await FailureAsync(Path.Combine(folder, "khong-co.dll"), Type), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Provider()
    {
        string place = Directory.CreateDirectory(Path.Combine(folder, Guid.NewGuid().ToString("N"))).FullName;
        foreach (string file in Directory.EnumerateFiles(AppContext.BaseDirectory, "*.dll").Where(f => Path.GetFileName(f) is var n && (n.StartsWith("Microsoft.Data.Sqlite", StringComparison.Ordinal) || n.StartsWith("SQLitePCL", StringComparison.Ordinal))))
        {
            string copy = Path.Combine(place, Path.GetFileName(file));
            File.Copy(file, copy);
            File.SetUnixFileMode(copy, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        return Path.Combine(place, "Microsoft.Data.Sqlite.dll");
    }

    private async Task<string> FailureAsync(string path, string type)
    {
        PullPlanLoad load = Load(path, type, Path.Combine(folder, "x.db"));
        await using IPullSource source = PullSourceFactory.Create(load.Plan!);
        return (await Assert.ThrowsAsync<PullException>(() => source.OpenAsync(default))).Message;
    }

    private static PullPlanLoad Load(string path, string type, string database)
    {
        PullPlanLoad load = PullPlanLoad.Read(Hospital.SqliteYaml(database).Replace("provider: sqlite", $"provider: assembly\n  assembly:\n    path: {path}\n    type: {type}\n    before: [\"PRAGMA query_only = 1\"]", StringComparison.Ordinal)
            .Replace($"Data Source={database}", $"Data Source={database};Mode=ReadOnly;Pooling=False", StringComparison.Ordinal));
        Assert.Empty(load.Errors);
        return load;
    }
}
