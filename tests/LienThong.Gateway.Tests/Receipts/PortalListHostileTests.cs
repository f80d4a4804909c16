using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Receipts.Reading;
using LienThong.Gateway.Tests.Catalogues;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Receipts;

/// <summary>Whatever comes as a list of the portal: a clear refusal, no exception, no endless work.</summary>
public sealed class PortalListHostileTests
{
    private static readonly CatalogueLimits Small = new() { FileBytes = 2 * 1024 * 1024, UnpackedBytes = 2 * 1024 * 1024, Rows = 1000, Columns = 50, CellCharacters = 500, Errors = 50 };

    [Fact]
    public void Workbook_that_unpacks_into_a_huge_one_is_refused() =>
        Assert.Contains("MiB", Refusal(ListFiles.Workbook("x", new string(' ', 3 * 1024 * 1024))), StringComparison.Ordinal);

    [Fact]
    public void Text_in_an_old_Vietnamese_encoding_is_told() =>
        Assert.Contains("UTF-8", Refusal(new MemoryStream([.. "MA_LK,MALOI,MOTALOI\nLK1,E1,"u8, 0xB5, 0xE8, 0x0A])), StringComparison.Ordinal);

    [Fact]
    public void Row_of_a_megabyte_is_refused()
    {
        MemoryStream file = ListFiles.Text("MA_LK,MALOI,MOTALOI\nLK1,E1," + new string('x', 1_100_000) + "\nLK2,E1,y\n");
        PortalListReading reading = new("x.csv", "99001", null, Small);
        List<PortalRow> rows = [.. reading.Read(file)];

        Assert.True(reading.Failed || rows.TrueForAll(r => r.Text.Length <= 2000), "A megabyte of text got through.");
        Assert.NotEmpty(reading.Problems.Told);
    }

    [Fact]
    public void Too_many_rows_are_refused() =>
        Assert.Contains("1000 dòng", Refusal(ListFiles.Text("MA_LK,MALOI\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"{i},a\n")))), StringComparison.Ordinal);

    [Theory]
    [InlineData("%PDF-1.7")]
    [InlineData("<html><table><tr><td>Mã liên kết</td></tr></table></html>")]
    [InlineData("a,b,c\n1,2,3\n")]
    [InlineData("")]
    public void What_is_no_list_is_refused_with_a_remedy(string content)
    {
        PortalListReading reading = new("x", "99001", null, Small);

        Assert.Empty(reading.Read(ListFiles.Text(content)));
        Assert.True(reading.Failed);
        Assert.NotEqual("", Assert.Single(reading.Problems.Told).Fix);
    }

    [Fact]
    public void Formulas_are_never_taken_as_keys_or_amounts()
    {
        PortalListReading reading = new("x", "99001", null, Small);

        List<PortalRow> rows = [.. reading.Read(ListFiles.Text("Mã liên kết,Ngày ra,Tổng chi\n=LK1,03/07/2026,1\nLK2,03/07/2026,=1+1\n=\"LK3\",03/07/2026,1\n"))];

        Assert.Equal("LK3", Assert.Single(rows).MaLk);
        Assert.Equal([2, 3], reading.Problems.Told.Select(p => p.Line!.Value));
    }

    [Fact]
    public void Damage_anywhere_in_a_file_is_a_refusal_or_a_problem_never_an_exception()
    {
        byte[] book = ListFiles.Workbook("x", ListFiles.Row(1, "MA_LK", "MALOI", "MOTALOI") + ListFiles.Row(2, "LK1", "E1", "Sai")).ToArray();
        byte[] csv = Encoding.UTF8.GetBytes("Danh sách\nMã liên kết;Ngày ra;Tổng chi\nLK1;03/07/2026 15:00;150.000\nLK2;202607031500;1,5\n");
        Prop.ForAll(ArbMap.Default.ArbFor<(int, byte, int)>(), damage =>
        {
            foreach (byte[] whole in (byte[][])[book, csv])
            {
                byte[] bytes = [.. whole];
                bytes[(int)((uint)damage.Item1 % bytes.Length)] = damage.Item2;
                int length = damage.Item3 % 3 == 0 ? (int)((uint)damage.Item3 % bytes.Length) : bytes.Length;
                _ = new PortalListReading("x", "99001", null, Small).Read(new MemoryStream(bytes, 0, length)).Count();
            }
        }).Check(Properties.Times(300));
    }

    private static string Refusal(Stream content)
    {
        PortalListReading reading = new("x", "99001", null, Small);
        _ = reading.Read(content).Count();
        Assert.True(reading.Failed);
        return Assert.Single(reading.Problems.Told, p => p.Severity == Severity.Block).Message;
    }
}
