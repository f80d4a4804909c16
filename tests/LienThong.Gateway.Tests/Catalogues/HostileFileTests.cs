using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;

namespace LienThong.Gateway.Tests.Catalogues;

/// <summary>Whatever comes as a file: a clear refusal, no exception, no endless work.</summary>
public sealed class HostileFileTests
{
    private static readonly CatalogueLimits Small = new() { FileBytes = 1024 * 1024, UnpackedBytes = 2 * 1024 * 1024, Rows = 1000, Columns = 50, CellCharacters = 500 };

    [Fact]
    public void File_that_unpacks_into_a_huge_one_is_refused() =>
        Assert.Contains("MiB", Refusal(ListFiles.Gzip("MA_KHOA,TEN_KHOA\n" + new string('\n', 3 * 1024 * 1024))), StringComparison.Ordinal);

    [Fact]
    public void Workbook_that_unpacks_into_a_huge_one_is_refused() =>
        Assert.Contains("MiB", Refusal(ListFiles.Workbook("x", new string(' ', 3 * 1024 * 1024))), StringComparison.Ordinal);

    [Fact]
    public void Workbook_with_a_document_type_is_refused() =>
        Assert.Contains("hỏng", Refusal(ListFiles.Workbook("x", "</sheetData></worksheet><!DOCTYPE a [<!ENTITY b \"c\">]>")), StringComparison.Ordinal);

    [Fact]
    public void Zip_that_is_no_workbook_is_refused()
    {
        MemoryStream packed = new();
        using (ZipArchive zip = new(packed, ZipArchiveMode.Create, leaveOpen: true))
            zip.CreateEntry("a.csv");
        packed.Position = 0;

        Assert.Contains("không phải sổ Excel", Refusal(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void Sheet_that_stretches_to_its_last_cell_is_refused_before_it_is_read() =>
        Assert.Contains("cột thừa", Fix(ListFiles.Workbook("x", "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")), StringComparison.Ordinal);

    [Theory]
    [InlineData("%PDF-1.7")]
    [InlineData("<html><table><tr><td>Mã</td></tr></table></html>")]
    public void Other_kinds_of_files_are_named(string content) => Assert.Contains("không phải bảng CSV hay Excel", Refusal(ListFiles.Text(content)), StringComparison.Ordinal);

    [Fact]
    public void Text_in_an_old_Vietnamese_encoding_is_told() =>
        Assert.Contains("UTF-8", Refusal(new MemoryStream([.. "MA_KHOA,TEN_KHOA\nK01,"u8, 0xB5, 0xE8, 0x0A])), StringComparison.Ordinal);

    [Fact]
    public void Too_many_rows_are_refused() =>
        Assert.Contains("1000 dòng", Refusal(ListFiles.Text("MA_KHOA,TEN_KHOA\n" + string.Concat(Enumerable.Range(0, 1001).Select(i => $"{i},a\n")))), StringComparison.Ordinal);

    [Fact]
    public void Formulas_are_never_computed_and_their_text_never_taken()
    {
        ListReading reading = Reading(ListFiles.Text("MA_KHOA,TEN_KHOA\n=\"K01\",Khám\n=K01,Nội\nK03,=cmd|'/c calc'!A0\n"), out List<ReadSheet> lists);

        Assert.Equal("K01", Assert.Single(Assert.Single(lists).Rows).Key);
        Assert.Equal([3, 4], reading.Problems.Told.Where(p => p.Severity == Severity.Block).Select(p => p.Line!.Value));
    }

    [Fact]
    public void Error_of_a_formula_refuses_its_row()
    {
        string rows = ListFiles.Row(1, "MA_KHOA", "TEN_KHOA") + ListFiles.Row(2, "<c r=\"A2\" t=\"e\"><f>B9</f><v>#REF!</v></c>", "Khám");
        ListReading reading = Reading(ListFiles.Workbook("MAU_01", rows), out List<ReadSheet> lists);

        Assert.Empty(Assert.Single(lists).Rows);
        Assert.Equal(2, Assert.Single(reading.Problems.Told, p => p.Severity == Severity.Block).Line);
    }

    [Fact]
    public void Quote_that_never_closes_refuses_its_row()
    {
        ListReading reading = Reading(ListFiles.Text("MA_KHOA,TEN_KHOA\nK01,Khám\nK02,\"Nội\nK03,Ngoại\n"), out List<ReadSheet> lists);

        Assert.Equal(["K01"], Assert.Single(lists).Rows.Select(r => r.Key));
        Assert.Contains(reading.Problems.Told, p => p is { Severity: Severity.Block, Line: 3 });
    }

    [Fact]
    public void Damage_anywhere_in_a_file_is_a_refusal_or_a_problem_never_an_exception()
    {
        byte[] book = ListFiles.Workbook("MAU_01", ListFiles.Row(1, "MA_KHOA", "TEN_KHOA") + ListFiles.Row(2, "K01", "Khám")).ToArray();
        byte[] old = ListFiles.OldWorkbook(["MA_KHOA", "TEN_KHOA"], ["K01", "Kham"]).ToArray();
        byte[] csv = Encoding.UTF8.GetBytes(ListFiles.Drugs(ListFiles.Drug("40.1"), ListFiles.Drug("40.2")));
        Prop.ForAll(ArbMap.Default.ArbFor<(int, byte, int)>(), damage =>
        {
            foreach (byte[] whole in (byte[][])[book, old, csv])
            {
                byte[] bytes = [.. whole];
                bytes[(int)((uint)damage.Item1 % bytes.Length)] = damage.Item2;
                int length = damage.Item3 % 3 == 0 ? (int)((uint)damage.Item3 % bytes.Length) : bytes.Length;
                Reading(new MemoryStream(bytes, 0, length), out _);
            }
        }).Check(Properties.Times(300));
    }

    [Fact]
    public void What_is_written_as_csv_is_read_back_cell_by_cell()
    {
        Gen<string> text = ArbMap.Default.ArbFor<NonNull<string>>().Generator.Select(s => new string([.. s.Get.Where(c => c >= ' ' && c is not ('\uFEFF' or '\u00A0' or '\u200B') && !char.IsSurrogate(c))]).Trim().Normalize());
        Prop.ForAll(text.ToArbitrary(), name =>
        {
            if (name.StartsWith('=') || name.Length > 400)
                return;
            Reading(ListFiles.Text($"MA_KHOA,TEN_KHOA\n\"K01\",\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"\n"), out List<ReadSheet> lists);
            Dictionary<string, string> cells = RowContent.Read(Assert.Single(Assert.Single(lists).Rows).Content);
            Assert.Equal(name, cells.GetValueOrDefault("TEN_KHOA", ""));
        }).Check(Properties.Times(300));
    }

    private static string Refusal(Stream content) => Assert.Single(Reading(content, out _).Problems.Told, p => p.Severity == Severity.Block).Message;

    private static string Fix(Stream content) => Assert.Single(Reading(content, out _).Problems.Told, p => p.Severity == Severity.Block).Fix;

    private static ListReading Reading(Stream content, out List<ReadSheet> lists)
    {
        ListReading reading = new(new ReadingOptions("01_DM.csv", "", null, null, null), Small);
        lists = reading.Read(content, null, default);
        return reading;
    }
}
