using System.Xml.Linq;

namespace LienThong.Architecture.Tests;

/// <summary>Rooms reference only rooms below them, and the library rooms know neither database nor network.</summary>
public sealed class DependencyTests
{
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["LienThong.Standard"] = [],
        ["LienThong.Validation"] = ["LienThong.Standard"],
        ["LienThong.Signing"] = ["LienThong.Standard"],
        ["LienThong.Portal"] = ["LienThong.Standard"],
        ["LienThong.PortalSimulator"] = ["LienThong.Standard", "LienThong.Signing"],
        ["LienThong.Extracts"] = ["LienThong.Standard", "LienThong.Validation"],
        ["LienThong.Samples"] = ["LienThong.Standard", "LienThong.Signing", "LienThong.Extracts"],
        ["LienThong.Gateway"] = ["LienThong.Standard", "LienThong.Validation", "LienThong.Extracts", "LienThong.Signing", "LienThong.Portal"],
        ["LienThong.Server"] = ["LienThong.Gateway"],
        ["LienThong.Cli"] = ["LienThong.Server", "LienThong.PortalSimulator", "LienThong.Samples"],
    };

    private static readonly string[] Quiet = ["LienThong.Standard", "LienThong.Validation", "LienThong.Signing", "LienThong.Extracts"];

    public static TheoryData<string> Rooms => [.. Allowed.Keys];

    [Theory]
    [MemberData(nameof(Rooms))]
    public void A_room_references_only_rooms_below_it(string room)
    {
        IEnumerable<string> references = Project(room).Descendants("ProjectReference")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')));

        Assert.Empty(references.Except(Allowed[room]));
    }

    [Fact]
    public void Every_room_is_known()
    {
        IEnumerable<string> rooms = SourceTree.Files.Where(f => f.StartsWith("src/", StringComparison.Ordinal) && f.EndsWith(".csproj", StringComparison.Ordinal)).Select(Path.GetFileNameWithoutExtension)!;

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), rooms.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Library_rooms_know_no_database_no_network_and_no_clock()
    {
        string[] banned = ["System.Net.Http", "System.Data", "Npgsql", "Microsoft.Data", "Microsoft.AspNetCore", "File.Open", "File.Read", "TimeProvider.System"];
        foreach (string file in Sources(Quiet))
        {
            string text = SourceTree.Read(file);
            Assert.All(banned, word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} mentions {word}"));
        }
    }

    [Fact]
    public void Only_the_storage_folder_knows_a_database()
    {
        foreach (string file in Sources(Allowed.Keys).Where(f => !f.StartsWith("src/LienThong.Gateway/Storage/", StringComparison.Ordinal)))
        {
            string text = SourceTree.Read(file);
            Assert.All(["using Dapper", "using Npgsql", "using Microsoft.Data.Sqlite", "SELECT * "], word => Assert.False(text.Contains(word, StringComparison.Ordinal), $"{file} mentions {word}"));
        }
    }

    [Fact]
    public void Only_the_jobs_know_Quartz_so_that_commands_start_without_it()
    {
        string[] places = ["src/LienThong.Gateway/Jobs/", "src/LienThong.Gateway/Storage/JobStore.cs"];
        foreach (string file in Sources(Allowed.Keys).Where(f => !places.Any(p => f.StartsWith(p, StringComparison.Ordinal))))
            Assert.DoesNotContain("using Quartz", SourceTree.Read(file), StringComparison.Ordinal);
        // The command line knows no more of it than that a server runs it.
        Assert.All(Sources(["LienThong.Cli"]), file => Assert.DoesNotContain("JobScheduler", SourceTree.Read(file), StringComparison.Ordinal));
    }

    private static IEnumerable<string> Sources(IEnumerable<string> rooms) =>
        SourceTree.Files.Where(f => f.EndsWith(".cs", StringComparison.Ordinal) && rooms.Any(r => f.StartsWith($"src/{r}/", StringComparison.Ordinal)));

    private static XDocument Project(string room) => XDocument.Parse(SourceTree.Read($"src/{room}/{room}.csproj"));
}
