using LienThong.Extracts;
using LienThong.Standard;

namespace LienThong.Gateway.Catalogues;

/// <summary>Turns the rows of one sheet into rows of its list.</summary>
internal sealed class RowReading(HeaderMatch match, string sheet, ReadingOptions options, ProblemLog problems)
{
    private const string KeySeparator = "\u001F";
    private readonly Dictionary<(string Key, DateOnly? From), ListRow> seen = [];
    private readonly IReadOnlyList<LayoutColumn> columns = match.Layout.Columns;
    private readonly int known = match.Layout.Definition.Columns.Count;
    private readonly string?[] cells = new string?[match.Layout.Columns.Count];
    private readonly RowContent content = new();
    private readonly int[] needed = Places(match.Layout, Demand.Needed);
    private readonly int[] identity = Places(match.Layout, Demand.Identity);
    private readonly string?[] key = new string?[Places(match.Layout, Demand.Identity).Length];
    private readonly int marker = match.Layout.Definition.Find("marker");
    private int asked;

    /// <summary>Rows that may go in.</summary>
    public List<ListRow> Rows { get; } = [];

    /// <summary>Rows that may not.</summary>
    public int Refused { get; private set; }

    /// <summary>Takes a row or tells why not.</summary>
    public void Take(SheetRow row)
    {
        bool good = ReadCells(row);
        SplitMarker();
        good &= HasKey(row) & IsOwn(row) & ReadPeriod(row, out DateOnly? from, out DateOnly? to);
        good &= ReadAcceptance(row, out bool? accepted, out DateOnly? acceptedOn);
        if (!good)
        {
            Refused++;
            return;
        }
        ListRow made = new(row.Line, Key(), content.Write(columns, cells, IsUnconfirmed(row)), from, to, accepted, acceptedOn);
        if (seen.TryAdd((made.Key, from), made))
            Rows.Add(made);
        else
            Repeat(made, seen[(made.Key, from)]);
    }

    private bool ReadCells(SheetRow row)
    {
        bool good = true;
        for (int i = 0; i < cells.Length; i++)
        {
            (int place, string value) = match.FlagSource[i];
            SheetCell cell = row[match.Source[i]];
            CellResult result = place >= 0 ? CellResult.Of(row[place].Text == value ? "1" : "") : CellReading.Read(cell, columns[i].Kind, columns[i].Length);
            cells[i] = result.Text is "" ? null : result.Text;
            if (result.Failed && (i < known || columns[i].Demand.HasFlag(Demand.Identity)))
            {
                problems.Add(Severity.Block, sheet, row.Line, columns[i].Name, cell.Text, result.Message, result.Fix);
                good = false;
            }
            else if (result.Failed)
            {
                // No rule looks at it: kept as it was written.
                cells[i] = cell.Text;
                problems.Add(Severity.Warn, sheet, row.Line, columns[i].Name, cell.Text, result.Message, result.Fix);
            }
            else if (cells[i] is null && columns[i].Demand.HasFlag(Demand.Asked) && match.Source[i] >= 0 && ++asked <= 50)
                problems.Add(Severity.Warn, sheet, row.Line, columns[i].Name, "", "Mẫu bắt buộc ghi cột này", "Bổ sung trước khi gửi danh mục lên Cổng.");
        }
        return good;
    }

    // A17.0† and G01* carry their mark behind the code in the ministry's workbook.
    private void SplitMarker()
    {
        if (marker < 0 || cells[0] is not { Length: > 1 } code || code[^1] is not ('†' or '*' or '+'))
            return;
        cells[marker] ??= code[^1] == '*' ? "*" : "†";
        cells[0] = code[..^1].TrimEnd();
    }

    private bool HasKey(SheetRow row)
    {
        int missing = Array.FindIndex(needed, i => cells[i] is null && row[match.Source[i]].Form == CellForm.Empty);
        LayoutColumn? empty = missing < 0 ? null : columns[needed[missing]];
        if (empty is null && cells.AsSpan(0, match.Layout.Definition.KeyCount).IndexOfAnyExcept((string?)null) >= 0)
            return true;
        // A key that was refused has been told already.
        if (empty is not null || !columns.Take(match.Layout.Definition.KeyCount).Where((_, i) => row[match.Source[i]].Form != CellForm.Empty).Any())
            problems.Add(Severity.Block, sheet, row.Line, (empty ?? columns[0]).Name, "", "Thiếu mã", "Ghi mã, hoặc xóa dòng nếu không phải dữ liệu.");
        return false;
    }

    private bool IsOwn(SheetRow row)
    {
        string facility = row[match.Facility].Text;
        if (options.Facility.Length == 0 || facility.Length == 0 || facility == options.Facility)
            return true;
        problems.Add(Severity.Block, sheet, row.Line, "MA_CSKCB", facility, $"Dòng của cơ sở khác, đang nhập cho {options.Facility}", "Chọn đúng cơ sở, hoặc bỏ dòng này.");
        return false;
    }

    private bool ReadPeriod(SheetRow row, out DateOnly? from, out DateOnly? to)
    {
        bool good = ReadDay(row, match.From, "TU_NGAY", out from) & ReadDay(row, match.To, "DEN_NGAY", out to);
        if (good && from is null && match.From >= 0 && match.Layout.DemandsStart)
        {
            problems.Add(Severity.Block, sheet, row.Line, "TU_NGAY", "", "Thiếu ngày bắt đầu áp dụng", "Ghi TU_NGAY dạng yyyymmdd.");
            good = false;
        }
        from ??= options.From;
        if (!good || !(to < from))
            return good;
        problems.Add(Severity.Block, sheet, row.Line, "DEN_NGAY", row[match.To].Text, "Ngày kết thúc trước ngày bắt đầu", "Xem lại TU_NGAY và DEN_NGAY.");
        return false;
    }

    private bool ReadAcceptance(SheetRow row, out bool? accepted, out DateOnly? on)
    {
        accepted = options.AcceptedOn is null ? null : true;
        bool good = ReadDay(row, match.AcceptedOn, "NGAY_CHAP_NHAN", out on);
        on ??= options.AcceptedOn;
        SheetCell cell = row[match.Accepted];
        if (cell.Form == CellForm.Empty)
            return good;
        accepted = CellReading.YesNo(cell.Text);
        if (accepted is not null)
            return good;
        problems.Add(Severity.Block, sheet, row.Line, "CHAP_NHAN", cell.Text, "Chỉ nhận 1 (Cổng chấp nhận), 0 (từ chối) hoặc để trống", "Sửa ô này rồi nhập lại.");
        return false;
    }

    private bool ReadDay(SheetRow row, int place, string column, out DateOnly? day)
    {
        SheetCell cell = row[place];
        day = cell.Form == CellForm.Empty ? null : CellReading.Day(cell);
        if (cell.Form == CellForm.Empty || day is not null)
            return true;
        CellResult wrong = CellReading.WrongDay();
        problems.Add(Severity.Block, sheet, row.Line, column, cell.Text, wrong.Message, wrong.Fix);
        return false;
    }

    private bool IsUnconfirmed(SheetRow row) => FoldedName.Of(row[match.Status].Text) is "UNCONFIRMED" or "INFERRED";

    private string Key()
    {
        for (int i = 0; i < identity.Length; i++)
            key[i] = cells[identity[i]]?.ToUpperInvariant();
        // Files of an older layout may lack what tells rows apart today (staff without SO_DINH_DANH): then the codes do.
        return Array.TrueForAll(key, k => k is null)
            ? string.Join(KeySeparator, cells.Take(match.Layout.Definition.KeyCount).Select(c => c?.ToUpperInvariant()))
            : string.Join(KeySeparator, key);
    }

    private static int[] Places(ListLayout layout, Demand demand) =>
        [.. Enumerable.Range(0, layout.Columns.Count).Where(i => layout.Columns[i].Demand.HasFlag(demand))];

    private void Repeat(ListRow row, ListRow first)
    {
        if (row.Content == first.Content && row.To == first.To)
        {
            problems.Add(Severity.Info, sheet, row.Line, "", "", $"Giống hệt dòng {first.Line}", "Chỉ lấy một dòng.");
            return;
        }
        Refused++;
        problems.Add(Severity.Block, sheet, row.Line, columns[0].Name, cells[0] ?? "", $"Cùng khóa và ngày bắt đầu với dòng {first.Line} nhưng khác nội dung", "Giữ một dòng, hoặc ghi ngày kết thúc cho dòng cũ và ngày bắt đầu cho dòng mới.");
    }
}
