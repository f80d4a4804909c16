using System.Globalization;
using System.Text;
using ExcelDataReader;
using LienThong.Extracts;
using LienThong.Gateway.Catalogues;
using CellForm = LienThong.Extracts.CellForm;

namespace LienThong.Gateway.Intake.Tables;

/// <summary>Rows of a sheet. Its first row that holds anything are the headers; formulas are never computed, the value stored with them is read.</summary>
internal sealed class ExcelRows : RowSource
{
    private readonly IExcelDataReader reader;
    private readonly Stream content;
    private readonly string file;
    private readonly string[] columns = [];
    private readonly string[] texts = [];
    private readonly CellForm[] forms = [];
    private int line;

    /// <summary>Opens a sheet and reads its headers.</summary>
    /// <param name="file">Name of the workbook, for messages.</param>
    /// <param name="sheet">Name of the sheet.</param>
    /// <param name="content">The workbook, measured already; closed with the rows.</param>
    /// <param name="limits">Bounds.</param>
    /// <exception cref="UnreadableExtractException">The workbook is damaged, or the sheet has no headers.</exception>
    public ExcelRows(string file, string sheet, Stream content, ExtractLimits limits)
        : base(sheet)
    {
        this.file = file;
        this.content = content;
        reader = ExcelTables.Readable(file, () => ExcelReaderFactory.CreateReader(content, new ExcelReaderConfiguration { LeaveOpen = true }));
        try
        {
            while (reader.Name != sheet && ExcelTables.Readable(file, reader.NextResult))
            {
            }

            if (reader.Name != sheet) throw ExcelTables.Unreadable(file, $"Không có trang «{ExtractProblem.Shown(sheet)}».", "Xem lại tên trang.");
            if ((long)reader.RowCount * reader.FieldCount > ExcelSheets.MostPlaces || reader.FieldCount > limits.MaxColumns)
                throw ExcelTables.Unreadable(sheet, $"Trang trải đến dòng {reader.RowCount}, cột {reader.FieldCount}.", "Xóa các dòng và cột thừa ngoài bảng rồi lưu lại.");
            texts = new string[reader.FieldCount];
            forms = new CellForm[reader.FieldCount];
            columns = Read() ? [.. texts.Select(t => t.ReplaceLineEndings(" ").Trim().Normalize(NormalizationForm.FormC))] : [];
        }
        catch
        {
            Dispose(disposing: true);
            throw;
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns => columns;

    /// <inheritdoc/>
    public override long Line => line;

    /// <inheritdoc/>
    public override string this[int column] => texts[column];

    /// <inheritdoc/>
    public override CellForm Form(int column) => forms[column];

    /// <inheritdoc/>
    public override bool Read()
    {
        while (ExcelTables.Readable(file, reader.Read))
        {
            line++;
            bool any = false;
            for (int i = 0; i < texts.Length; i++)
            {
                (texts[i], forms[i]) = Cell(i);
                any |= !string.IsNullOrWhiteSpace(texts[i]);
            }

            if (any) return true;
        }

        return false;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Dispose();
            content.Dispose();
        }

        base.Dispose(disposing);
    }

    private (string Text, CellForm Form) Cell(int column)
    {
        switch (reader.GetValue(column))
        {
            case null:
                return ("", CellForm.Text);
            case string text:
                return (text, ExcelSheets.IsError(text) ? CellForm.Broken : CellForm.Text);
            case DateTime moment:
                // Excel keeps moments as fractions of days: half past eight may be a thousandth of a second less.
                return (moment.AddMilliseconds(500).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), CellForm.Moment);
            case TimeSpan time:
                return (time.Add(TimeSpan.FromMilliseconds(500)).ToString("hh\\:mm", CultureInfo.InvariantCulture), CellForm.Text);
            case bool flag:
                return (flag ? "1" : "0", CellForm.Text);
            case double or int or decimal:
                SheetCell number = ExcelSheets.Number(Convert.ToDouble(reader.GetValue(column), CultureInfo.InvariantCulture), reader.GetNumberFormatString(column));
                return (number.Text, number.Form == Catalogues.CellForm.Number ? CellForm.Number : CellForm.Text);
            case var other:
                return (Convert.ToString(other, CultureInfo.InvariantCulture) ?? "", CellForm.Text);
        }
    }
}
