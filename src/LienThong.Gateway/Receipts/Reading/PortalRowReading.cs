using System.Globalization;
using LienThong.Extracts;
using LienThong.Gateway.Catalogues;
using LienThong.Standard;
using CellForm = LienThong.Gateway.Catalogues.CellForm;

namespace LienThong.Gateway.Receipts.Reading;

/// <summary>Turns the rows of a sheet into rows of a list.</summary>
internal sealed class PortalRowReading(ListColumns columns, PortalListKind kind, string sheet, string facility, ProblemLog problems)
{
    private const int LongestKey = 100;
    private const int LongestCode = 200;
    private const int LongestText = 2000;
    private const string Export = "Xuất lại danh sách từ Cổng; đừng sửa tay tệp đã xuất.";
    private int numeric;

    /// <summary>Rows refused so far.</summary>
    public int Refused { get; private set; }

    /// <summary>The row; null when it is no data (headings, totals, column numbers) or wrong, which is told.</summary>
    public PortalRow? Read(SheetRow row)
    {
        SheetCell maLk = columns.Cell(row, ListColumn.MA_LK);
        if (ListColumns.IsHeading(maLk.Text, ListColumn.MA_LK) || HeaderMatch.IsNumbers(row) || IsTotal(row))
            return null;
        bool good = Key(row, maLk, ListColumn.MA_LK, out string key) & Key(row, columns.Cell(row, ListColumn.MA_GIAO_DICH), ListColumn.MA_GIAO_DICH, out string transaction);
        if (good && key.Length == 0 && (transaction.Length == 0 || kind != PortalListKind.Reception))
        {
            Tell(row, kind == PortalListKind.Reception ? ListColumn.MA_GIAO_DICH : ListColumn.MA_LK, "", "Thiếu mã để đối chiếu", Export);
            good = false;
        }
        good &= IsOwn(row);
        good &= Time(row, ListColumn.TIEP_NHAN, out string received) & Time(row, ListColumn.NGAY_RA, out string ngayRa);
        good &= Amount(row, ListColumn.TONG_CHI, out decimal? total) & Amount(row, ListColumn.QUY_TRA, out decimal? fund);
        good &= Count(row, ListColumn.SO_HO_SO, out int? packed) & Count(row, ListColumn.SO_LOI, out int? faulty);
        if (good && key.Length == 0 && packed > 1)
        {
            Tell(row, ListColumn.SO_HO_SO, Text(row, ListColumn.SO_HO_SO, 20), "Một giao dịch nhiều hồ sơ mà không có mã liên kết nên không biết hồ sơ nào", "Xuất chi tiết của giao dịch này (có cột mã liên kết) rồi nhập.");
            good = false;
        }
        if (!good)
        {
            Refused++;
            return null;
        }
        (string code, string text) = (Text(row, ListColumn.MA_LOI, LongestCode), Text(row, ListColumn.MO_TA_LOI, LongestText));
        return new PortalRow(row.Line, key, transaction, received, ngayRa, total, fund, Verdict(row, code, text, faulty), code, text);
    }

    /// <summary>Tells what concerns the sheet as a whole, after its last row.</summary>
    public void Tell()
    {
        if (numeric > 0)
            problems.Add(Severity.Warn, sheet, null, nameof(ListColumn.MA_LK), "", $"{numeric} mã liên kết là ô số, có thể đã mất số 0 ở đầu", "Nếu mã có số 0 ở đầu, xuất lại danh sách với cột dạng Text.");
    }

    private RowVerdict Verdict(SheetRow row, string code, string text, int? faulty)
    {
        string state = FoldedName.Of(columns.Cell(row, ListColumn.TRANG_THAI).Text);
        if (kind == PortalListKind.Payment)
            return RowVerdict.Confirmed;
        bool fault = code.Length > 0 && code.Trim('0').Length > 0 && code != "200";
        if (fault || (code.Length == 0 && text.Length > 0) || faulty > 0 || (state.Contains("LOI", StringComparison.Ordinal) && !state.Contains("KHONGLOI", StringComparison.Ordinal)))
            return RowVerdict.Faulty;
        if (state.Contains("CHO", StringComparison.Ordinal) || state.Contains("DANGXULY", StringComparison.Ordinal) || state.Contains("CHUAXULY", StringComparison.Ordinal))
            return RowVerdict.Pending;
        bool done = (state.Contains("DAXULY", StringComparison.Ordinal) && (faulty == 0 || !columns.Has(ListColumn.SO_LOI)) && kind != PortalListKind.Reception)
            || state is "DUNG" or "HOSODUNG" or "HOPLE" or "THANHCONG" || state.Contains("KHONGLOI", StringComparison.Ordinal) || state.Contains("DADENGHI", StringComparison.Ordinal);
        // A transaction that was worked through and counts no faulty record is as good as a confirmation.
        return done || (faulty == 0 && state.Contains("DAXULY", StringComparison.Ordinal)) ? RowVerdict.Confirmed : RowVerdict.Seen;
    }

    private bool Key(SheetRow row, SheetCell cell, ListColumn column, out string key)
    {
        key = cell.Text;
        if (cell.Form == CellForm.Empty)
            return true;
        if (cell.Form is CellForm.Error or CellForm.Day || key.Length > LongestKey)
        {
            Tell(row, column, key, "Ô lỗi, là công thức, ngày tháng hoặc quá dài", Export);
            return false;
        }
        if (cell.Form != CellForm.Number)
            return true;
        // Fifteen digits are what Excel keeps; beyond it another record would be meant.
        if (key.Length > 15 || !key.All(char.IsAsciiDigit))
        {
            Tell(row, column, key, "Excel đã làm tròn mã thành số", "Xuất lại danh sách với cột mã dạng Text.");
            return false;
        }
        numeric += column == ListColumn.MA_LK ? 1 : 0;
        return true;
    }

    private bool IsOwn(SheetRow row)
    {
        string named = columns.Cell(row, ListColumn.MA_CSKCB).Text;
        if (named.Length == 0 || named == facility)
            return true;
        Tell(row, ListColumn.MA_CSKCB, named, $"Dòng của cơ sở khác, đang đối soát cho {facility}", "Chọn đúng cơ sở, hoặc xuất lại danh sách của cơ sở này.");
        return false;
    }

    private bool Time(SheetRow row, ListColumn column, out string time)
    {
        SheetCell cell = columns.Cell(row, column);
        time = ListValues.Time(cell.Text) ?? "";
        if (cell.Form == CellForm.Empty || time.Length > 0)
            return true;
        Tell(row, column, cell.Text, "Ngày giờ không đọc được", "Ghi dạng dd/MM/yyyy HH:mm:ss hoặc yyyyMMddHHmmss.");
        return false;
    }

    private bool Amount(SheetRow row, ListColumn column, out decimal? amount)
    {
        SheetCell cell = columns.Cell(row, column);
        amount = ListValues.Amount(cell);
        if (cell.Form == CellForm.Empty || amount is not null)
            return true;
        Tell(row, column, cell.Text, "Số tiền không đọc được", "Ghi số tiền bằng chữ số, ví dụ 150000 hoặc 150.000,5.");
        return false;
    }

    private bool Count(SheetRow row, ListColumn column, out int? count)
    {
        SheetCell cell = columns.Cell(row, column);
        count = int.TryParse(cell.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
        if (cell.Form == CellForm.Empty || count is not null)
            return true;
        Tell(row, column, cell.Text, "Không phải số đếm", Export);
        return false;
    }

    // The sum under a list has no key.
    private bool IsTotal(SheetRow row) =>
        columns.Cell(row, ListColumn.MA_GIAO_DICH).Form == CellForm.Empty
        && (columns.Cell(row, ListColumn.MA_LK).Form == CellForm.Empty || FoldedName.Of(columns.Cell(row, ListColumn.MA_LK).Text).StartsWith("TONGCONG", StringComparison.Ordinal))
        && Array.Find(row.Cells, c => c.Form != CellForm.Empty).Text is { } first
        && (FoldedName.Of(first) is "TONG" or "CONG" or "TONGSO" || FoldedName.Of(first).StartsWith("TONGCONG", StringComparison.Ordinal) || FoldedName.Of(first).StartsWith("NGUOILAP", StringComparison.Ordinal));

    private string Text(SheetRow row, ListColumn column, int most)
    {
        SheetCell cell = columns.Cell(row, column);
        // A formula is kept as the text it is, never computed, and only ever written out so that no spreadsheet takes it for one.
        if (cell.Form == CellForm.Error)
            problems.Add(Severity.Warn, sheet, row.Line, column.ToString(), cell.Text, "Ô quá dài, lỗi hoặc là công thức; chỉ giữ phần đọc được", Export);
        return cell.Text.Length <= most ? cell.Text : cell.Text[..most];
    }

    private void Tell(SheetRow row, ListColumn column, string value, string message, string fix) =>
        problems.Add(Severity.Block, sheet, row.Line, column.ToString(), value, message, fix);
}
