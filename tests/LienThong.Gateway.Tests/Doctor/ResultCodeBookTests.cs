using LienThong.Gateway.Facilities;
using LienThong.Gateway.Records;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Doctor;

/// <summary>Codes of the portal are told with what to do, and a site can add its own.</summary>
public sealed class ResultCodeBookTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("lienthong-codes-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Every_code_of_the_shipped_table_says_what_it_means_and_what_to_do()
    {
        Assert.Superset(
            new HashSet<string> { "200", "401", "402", "403", "408", "500", "10", "123", "124", "125", "201", "202", "204", "205", "701", "1001" },
            PortalResultCodes.Default.All.Select(c => c.Code).ToHashSet());
        Assert.All(PortalResultCodes.Default.All, c => Assert.True(c.Meaning.Length > 5 && c.Remedy.Length > 5 && c.Source.Length > 0, c.Code));
    }

    [Fact]
    public void A_file_in_the_data_folder_adds_and_replaces_codes()
    {
        File.WriteAllText(Path.Combine(folder, ResultCodeBook.FileName), "code,handling,meaning,remedy,source\n777,stop_facility,Cổng bảo trì,\"Chờ, rồi gửi lại\",BHXH tỉnh\n125,rejected,Chữ ký sai,Ký lại,BHXH tỉnh\n");

        ResultCodeBook book = new(folder, PortalResultCodes.Default);

        Assert.Null(book.Problem);
        Assert.Equal((PortalHandling.StopFacility, "Chờ, rồi gửi lại"), (book.Codes.Get("777").Handling, book.Codes.Get("777").Remedy));
        Assert.Equal("Ký lại", book.Codes.Get("125").Remedy);
        Assert.Equal(PortalHandling.Accepted, book.Codes.Get("200").Handling);
    }

    [Theory]
    [InlineData("code,handling,meaning,remedy,source\n777,nonsense,a,b,c\n")]
    [InlineData("code,handling,meaning,remedy,source\n777,rejected\n")]
    public void A_file_that_cannot_be_read_leaves_the_shipped_table_and_says_so(string content)
    {
        File.WriteAllText(Path.Combine(folder, ResultCodeBook.FileName), content);

        ResultCodeBook book = new(folder, PortalResultCodes.Default);

        Assert.Contains("ma-ket-qua.csv", book.Problem, StringComparison.Ordinal);
        Assert.Equal(PortalResultCodes.Default.All.Count, book.Codes.All.Count);
    }

    [Fact]
    public async Task A_refused_call_carries_the_remedy_of_its_code()
    {
        await using World w = await World.CreateAsync(Db.Sqlite);
        Guid id = await w.IngestOneAsync("LK1");
        w.Portal.Script.Enqueue(FakePortal.Rejection("125"));
        await w.DrainAsync();

        SubmissionView call = Assert.Single((await w.DetailAsync(id)).Submissions);

        Assert.Contains("chứng thư", call.Meaning, StringComparison.Ordinal);
        Assert.Contains("số sê-ri", call.Remedy, StringComparison.Ordinal);
    }
}
