using System.Collections.Frozen;
using LienThong.Extracts;
using LienThong.Gateway.Catalogues;
using CellForm = LienThong.Gateway.Catalogues.CellForm;

namespace LienThong.Gateway.Receipts.Reading;

/// <summary>Columns of the portal's lists that are read.</summary>
internal enum ListColumn
{
    MA_LK,
    MA_LOI,
    MO_TA_LOI,
    MA_GIAO_DICH,
    TIEP_NHAN,
    NGAY_RA,
    TONG_CHI,
    QUY_TRA,
    TRANG_THAI,
    SO_HO_SO,
    SO_DUNG,
    SO_LOI,
    MA_CSKCB,
}

/// <summary>Where the columns of a list stand in a sheet. Headings are compared without accents, case, blanks and signs.</summary>
internal sealed class ListColumns
{
    /// <summary>Rows looked at for the heading: exports have titles above it.</summary>
    public const int HeadRows = 20;

    private static readonly FrozenDictionary<string, ListColumn> Known = EmbeddedTable.Read("Receipts/columns.csv")
        .Select(c => (Header: FoldedName.Of(c[1]), Column: Enum.Parse<ListColumn>(c[0]))).DistinctBy(c => c.Header, StringComparer.Ordinal)
        .ToFrozenDictionary(c => c.Header, c => c.Column, StringComparer.Ordinal);

    private readonly int[] places = [.. Enumerable.Repeat(-1, Enum.GetValues<ListColumn>().Length)];

    private ListColumns(SheetRow head, SheetRow? below)
    {
        FirstLine = head.Line;
        LastLine = head.Line;
        for (int i = 0; i < head.Cells.Length; i++)
            Take(head.Cells[i], i);
        // A heading over two rows: «Chi phí» above, «Tổng chi» and «BHYT thanh toán» below. A row with a key is no heading.
        if (below is not { } second || Cell(second, ListColumn.MA_LK).Form != CellForm.Empty || Cell(second, ListColumn.MA_GIAO_DICH).Form != CellForm.Empty)
            return;
        int before = Count;
        for (int i = 0; i < second.Cells.Length; i++)
            Take(second.Cells[i], i);
        if (Count > before)
            LastLine = second.Line;
    }

    /// <summary>First line of the heading.</summary>
    public int FirstLine { get; }

    /// <summary>Last line of the heading; rows follow.</summary>
    public int LastLine { get; }

    /// <summary>Columns found.</summary>
    public int Count => places.Count(p => p >= 0);

    /// <summary>Whether the sheet has the column.</summary>
    public bool Has(ListColumn column) => places[(int)column] >= 0;

    /// <summary>The cell of a column; empty when the sheet doesn't have it.</summary>
    public SheetCell Cell(SheetRow row, ListColumn column) => row[places[(int)column]];

    /// <summary>Whether a text is a heading of this column: exports repeat theirs on every printed page.</summary>
    public static bool IsHeading(string text, ListColumn column) => Known.TryGetValue(FoldedName.Of(text), out ListColumn found) && found == column;

    /// <summary>What kind of list these columns make; null when none.</summary>
    public PortalListKind? Kind =>
        Has(ListColumn.MA_LK) && (Has(ListColumn.MA_LOI) || Has(ListColumn.MO_TA_LOI)) ? PortalListKind.Results
        : Has(ListColumn.MA_GIAO_DICH) && (Has(ListColumn.TIEP_NHAN) || Has(ListColumn.SO_HO_SO) || Has(ListColumn.SO_LOI)) ? PortalListKind.Reception
        : Has(ListColumn.MA_LK) && (Has(ListColumn.NGAY_RA) || Has(ListColumn.TONG_CHI) || Has(ListColumn.QUY_TRA)) ? PortalListKind.Payment
        : null;

    /// <summary>Whether the sheet can be read as this kind at all.</summary>
    public bool Fits(PortalListKind kind) => kind switch
    {
        PortalListKind.Reception => Has(ListColumn.MA_GIAO_DICH) || Has(ListColumn.MA_LK),
        _ => Has(ListColumn.MA_LK),
    };

    /// <summary>The heading among the first rows of a sheet with the most columns; null when none fits.</summary>
    /// <param name="rows">First rows.</param>
    /// <param name="said">The kind somebody said it is; null to find out.</param>
    public static ListColumns? Find(IReadOnlyList<SheetRow> rows, PortalListKind? said)
    {
        ListColumns? best = null;
        for (int i = 0; i < rows.Count; i++)
        {
            ListColumns columns = new(rows[i], i + 1 < rows.Count ? rows[i + 1] : null);
            if ((said is { } kind ? columns.Fits(kind) : columns.Kind is not null) && columns.Count > (best?.Count ?? 0))
                best = columns;
        }
        return best;
    }

    private void Take(SheetCell cell, int place)
    {
        if (cell.Form == CellForm.Text && Known.TryGetValue(FoldedName.Of(cell.Text), out ListColumn column) && places[(int)column] < 0)
            places[(int)column] = place;
    }
}
