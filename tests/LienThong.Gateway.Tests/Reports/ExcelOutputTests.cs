using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using LienThong.Gateway.Reports.Findings;
using LienThong.Gateway.Reports.Findings.Excel;
using Sheet = DocumentFormat.OpenXml.Spreadsheet.Sheet;

namespace LienThong.Gateway.Tests.Reports;

public sealed class ExcelOutputTests
{
    [Fact]
    public void The_workbook_is_valid_and_shows_groups_findings_and_faulty_rows()
    {
        using MemoryStream file = Write(FindingGrouping.Rule);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(file, false);

        Assert.Equal([], new OpenXmlValidator(FileFormatVersions.Office2019).Validate(document).Select(e => $"{e.Part?.Uri} {e.Path?.XPath}: {e.Description}"));
        Golden.AssertSame("findings.xlsx.txt", Dump(document));
    }

    [Fact]
    public void Every_text_is_text_and_nothing_is_a_formula()
    {
        using MemoryStream file = Write(FindingGrouping.Department);
        using SpreadsheetDocument document = SpreadsheetDocument.Open(file, false);
        List<Cell> cells = [.. document.WorkbookPart!.WorksheetParts.SelectMany(p => p.Worksheet.Descendants<Cell>())];

        Assert.All(cells, c => Assert.Null(c.CellFormula));
        Assert.Contains(cells, c => c.InnerText == "001190000017" || c.InnerText == PersonalFields.Hidden);
        Assert.Contains(cells, c => c.InnerText == "0010" && c.DataType?.Value == CellValues.InlineString);
        Assert.Contains(cells, c => c.InnerText == "-2+3" && c.DataType?.Value == CellValues.InlineString);
        Assert.DoesNotContain(cells, c => c.InnerText == "001190000017");
    }

    [Fact]
    public void A_full_sheet_goes_on_in_another()
    {
        using var series = new SheetSeries("Lỗi", [("A", 10)], most: 3);
        for (int i = 0; i < 5; i++)
        {
            LienThong.Gateway.Reports.Findings.Excel.Sheet sheet = series.Next();
            sheet.BeginRow();
            sheet.Add("x");
            sheet.EndRow();
        }

        Assert.Equal(["Lỗi 3", "Lỗi (2) 3", "Lỗi (3) 2"], series.Sheets.Select(s => $"{s.Name} {s.Rows}"));
    }

    private static MemoryStream Write(FindingGrouping by)
    {
        var file = new MemoryStream();
        using var workbook = new ExcelFindings(by);
        using LienThong.Standard.Record record = Lines.Record();
        workbook.Add(Lines.OfRecord, record);
        workbook.Add([Lines.OfFile], null);
        workbook.Save(file);
        file.Position = 0;
        return file;
    }

    private static string Dump(SpreadsheetDocument document)
    {
        var text = new StringBuilder();
        WorkbookPart book = document.WorkbookPart!;
        foreach (Sheet sheet in book.Workbook.Descendants<Sheet>())
        {
            text.Append(CultureInfo.InvariantCulture, $"== {sheet.Name}\n");
            var part = (WorksheetPart)book.GetPartById(sheet.Id!);
            Dictionary<string, string> notes = part.WorksheetCommentsPart?.Comments.Descendants<Comment>().ToDictionary(c => c.Reference!.Value!, c => c.InnerText) ?? [];
            foreach (Cell cell in part.Worksheet.Descendants<Cell>())
            {
                text.Append(CultureInfo.InvariantCulture, $"{cell.CellReference} [{(SheetStyle)(int)cell.StyleIndex!.Value}] {cell.InnerText}\n");
                if (notes.TryGetValue(cell.CellReference!.Value!, out string? note)) text.Append(CultureInfo.InvariantCulture, $"    {note.Replace("\n", "\n    ", StringComparison.Ordinal)}\n");
            }
        }

        return text.ToString();
    }
}
