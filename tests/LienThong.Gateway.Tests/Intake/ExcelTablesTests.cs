using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Validation;
using LienThong.Extracts;
using LienThong.Gateway.Intake.Tables;
using LienThong.Gateway.Reports.Findings.Excel;

namespace LienThong.Gateway.Tests.Intake;

/// <summary>Workbooks as extracts, and the template that clinics fill in.</summary>
public sealed class ExcelTablesTests
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    [Fact]
    public void The_sample_extract_as_a_workbook_gives_the_same_visits_as_its_CSV_files()
    {
        string[] files = Directory.GetFiles(Repository.At("samples", "extract", "csv"), "*.csv");
        List<ExtractTable> csv = [.. files.Select(f => new ExtractTable(Path.GetFileName(f), form => new CsvRows(Path.GetFileName(f), File.OpenRead(f), ExtractLimits.Default, form)))];

        List<VisitReading> fromBook = Read(ExcelTables.Of("mau.xlsx", () => new MemoryStream(Book(csv))));

        Assert.All(fromBook, r => Assert.Empty(r.Problems));
        Assert.Equal(Read(csv).Select(r => Json(r.Visit!)), fromBook.Select(r => Json(r.Visit!)));
    }

    [Fact]
    public void The_template_is_a_valid_workbook_whose_examples_are_left_out()
    {
        byte[] bytes = Template();
        using (SpreadsheetDocument document = SpreadsheetDocument.Open(new MemoryStream(bytes), false))
        {
            Assert.Empty(new OpenXmlValidator(DocumentFormat.OpenXml.FileFormatVersions.Office2016).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath} {e.Description}"));
        }

        var assembly = new VisitAssembly(ExtractMapping.ByName, new AssemblyOptions(static () => new MemoryStream()));
        List<VisitReading> read = [.. assembly.Read(ExcelTables.Of("mau.xlsx", () => new MemoryStream(bytes)))];

        Assert.Empty(read.SelectMany(r => r.Problems));
        Assert.Empty(read);
        Assert.True(assembly.Remarks >= 8);
    }

    [Fact]
    public void The_template_filled_in_like_its_examples_gives_visits()
    {
        List<ExtractTable> tables = [.. ExcelTables.Of("mau.xlsx", () => new MemoryStream(Template()))];
        byte[] filled = Book(tables, text => text.StartsWith("#VD", StringComparison.Ordinal) ? "LK-" + text[3..] : text);

        List<VisitReading> read = Read(ExcelTables.Of("mau.xlsx", () => new MemoryStream(filled)));

        Assert.All(read, r => Assert.Empty(r.Problems));
        Visit first = read[0].Visit!;
        Assert.Equal(("LK-1", "1", "1.1", "202608150800"), (first.Key, first[VisitFields.Patient.GIOI_TINH], first[VisitFields.Visit.MA_DOITUONG_KCB], first[VisitFields.Visit.NGAY_VAO]));
        Assert.Equal(["I10", "E11", "K29"], first[SectionId.Diagnoses].Select(d => d[VisitFields.Diagnoses.MA_BENH]));
        Assert.Equal("1200.5", first[VisitFields.Drugs.DON_GIA]);
        Assert.Empty(read[1].Visit![SectionId.Cards]);
    }

    [Fact]
    public void A_number_in_a_column_of_codes_and_a_damaged_workbook_are_told()
    {
        using var sheet = new Sheet("luot_kham", [("MA_LK", 10), ("MA_CSKCB", 10), ("MA_LOAI_KCB", 10), ("MA_DOITUONG_KCB", 10), ("NGAY_VAO", 20), ("MA_BN", 10), ("HO_TEN", 10)]);
        sheet.BeginRow();
        foreach (string text in (string[])["LK1", "99001", "", "9", "15/08/2026 08:00", "B1", "Trần Mẫu An"])
        {
            if (text.Length == 0) sheet.Add(1m);
            else sheet.Add(text);
        }

        sheet.EndRow();
        using var book = new MemoryStream();
        Workbook.Write(book, [sheet]);

        VisitReading read = Assert.Single(Read(ExcelTables.Of("a.xlsx", () => new MemoryStream(book.ToArray()))));
        ExtractProblem problem = Assert.Single(read.Problems);

        Assert.Equal(("luot_kham", 2, "MA_LOAI_KCB", "1"), (problem.File, problem.Line, problem.Column, problem.Value));
        Assert.Contains("số 0", problem.Message, StringComparison.Ordinal);
        Assert.Throws<UnreadableExtractException>(() => ExcelTables.Of("a.xlsx", () => new MemoryStream(book.ToArray()[..200])));
    }

    private static byte[] Template()
    {
        using var stream = new MemoryStream();
        ExcelTemplate.Write(stream, Day);
        return stream.ToArray();
    }

    internal static byte[] Book(IEnumerable<ExtractTable> tables, Func<string, string>? change = null)
    {
        var sheets = new List<Sheet>();
        foreach (ExtractTable table in tables)
        {
            using RowSource rows = table.Open(null);
            var sheet = new Sheet(table.Name.Replace(".csv", "", StringComparison.Ordinal), [.. rows.Columns.Select(c => (c, 12))]);
            sheets.Add(sheet);
            while (rows.Read())
            {
                sheet.BeginRow();
                for (int i = 0; i < rows.Columns.Count; i++) sheet.Add(change?.Invoke(rows[i]) ?? rows[i]);
                sheet.EndRow();
            }
        }

        using var stream = new MemoryStream();
        Workbook.Write(stream, sheets);
        sheets.ForEach(s => s.Dispose());
        return stream.ToArray();
    }

    private static List<VisitReading> Read(IReadOnlyList<ExtractTable> tables) =>
        [.. new VisitAssembly(ExtractMapping.ByName, new AssemblyOptions(static () => new MemoryStream())).Read(tables)];

    private static string Json(Visit visit)
    {
        using var stream = new MemoryStream();
        VisitJsonWriter.Write(stream, visit);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
