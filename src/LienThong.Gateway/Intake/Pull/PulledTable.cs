using LienThong.Extracts;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>The rows a query gave, in memory. Bounded by rows and by characters: a batch that doesn't fit is refused, not swapped to disk.</summary>
internal sealed class PulledTable(string name, IReadOnlyList<string> columns) : RowSource(name)
{
    /// <summary>Most characters of one query's rows.</summary>
    public const long MostCharacters = 64L * 1024 * 1024;

    private readonly List<Row> rows = [];
    private long characters;
    private int at = -1;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Columns { get; } = columns;

    /// <summary>Rows so far.</summary>
    public int Count => rows.Count;

    /// <inheritdoc/>
    public override long Line => rows[at].Line;

    /// <inheritdoc/>
    public override RowFault? Fault => rows[at].Fault;

    /// <inheritdoc/>
    public override string this[int column] => rows[at].Cells[column];

    /// <inheritdoc/>
    public override CellForm Form(int column) => rows[at].Forms is { } forms ? forms[column] : CellForm.Text;

    /// <inheritdoc/>
    public override bool Read() => ++at < rows.Count;

    /// <summary>Adds a row.</summary>
    /// <param name="cells">A text per column.</param>
    /// <param name="forms">What they were; null when all are text.</param>
    /// <param name="mostRows">Most rows.</param>
    /// <param name="line">Its line; 0 for the next.</param>
    /// <param name="fault">Why it can't be trusted.</param>
    /// <exception cref="PullException">It is one row, or too many characters, over the bounds.</exception>
    public void Add(string[] cells, CellForm[]? forms, int mostRows, long line = 0, RowFault? fault = null)
    {
        if (rows.Count >= mostRows) throw new PullException($"Truy vấn «{Name}» cho hơn {mostRows} dòng trong một lô.", "Kiểm tra điều kiện nối bảng; nếu đúng thì giảm batch hoặc tăng max-rows.");
        foreach (string cell in cells) characters += cell.Length;
        if (characters > MostCharacters) throw new PullException($"Truy vấn «{Name}» cho hơn {MostCharacters / (1024 * 1024)} triệu ký tự trong một lô.", "Giảm batch.");
        rows.Add(new Row(cells, forms, line == 0 ? rows.Count + 1 : line, fault));
    }

    /// <summary>Index of a column, whatever the case.</summary>
    /// <exception cref="PullException">There is none of this name.</exception>
    public int Find(string column)
    {
        for (int i = 0; i < Columns.Count; i++)
        {
            if (string.Equals(Columns[i], column, StringComparison.OrdinalIgnoreCase)) return i;
        }

        throw new PullException($"Truy vấn «{Name}» không có cột «{column}» (có: {string.Join(", ", Columns.Take(20))}).", "Sửa tên cột trong visits hoặc thêm AS vào câu truy vấn.");
    }

    /// <summary>Puts the rows of another answer of the same query behind these.</summary>
    /// <exception cref="PullException">Too many rows, or other columns.</exception>
    public void Append(PulledTable more, int mostRows)
    {
        if (!more.Columns.SequenceEqual(Columns, StringComparer.Ordinal)) throw new PullException($"Truy vấn «{Name}» cho các cột khác nhau ở hai lượt khám.", "Ghi rõ tên cột, không dùng SELECT *.");
        foreach (Row row in more.rows) Add(row.Cells, row.Forms, mostRows, rows.Count + 1, row.Fault);
    }

    private sealed record Row(string[] Cells, CellForm[]? Forms, long Line, RowFault? Fault);
}
