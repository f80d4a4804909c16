using System.Text;

namespace LienThong.Validation;

/// <summary>What one row is worth besides its cells.</summary>
[Flags]
internal enum RowState : byte
{
    None = 0,
    Accepted = 1,
    Refused = 2,
    Unconfirmed = 4,
}

/// <summary>
/// The content of a code list: all cells in one block of bytes, and an index from codes to rows. Immutable. Codes are compared byte by
/// byte without the case of ASCII letters.
/// </summary>
internal sealed class CodeTable
{
    private readonly byte[] text;
    private readonly int[] cells;
    private readonly int[] from;
    private readonly int[] to;
    private readonly RowState[] states;
    private readonly int width;
    private readonly CodeIndex index;

    // The text holds all cells, one behind the other, and behind them codes that differ from their cell; the cells say where each
    // starts, row by row, and at the end where the last one ends.
    public CodeTable(byte[] text, int[] cells, int[] from, int[] to, RowState[] states, int width, CodeIndex index)
    {
        this.text = text;
        this.cells = cells;
        this.from = from;
        this.to = to;
        this.states = states;
        this.width = width;
        this.index = index;
    }

    public int Count => states.Length;

    public ReadOnlySpan<byte> Cell(int row, int column)
    {
        int at = (row * width) + column;
        return text.AsSpan(cells[at], cells[at + 1] - cells[at]);
    }

    public DateOnly From(int row) => DateOnly.FromDayNumber(from[row]);

    public DateOnly To(int row) => DateOnly.FromDayNumber(to[row]);

    public bool? Accepted(int row) =>
        (states[row] & RowState.Refused) != RowState.None ? false : (states[row] & RowState.Accepted) != RowState.None ? true : null;

    public bool IsUnconfirmed(int row) => (states[row] & RowState.Unconfirmed) != RowState.None;

    /// <summary>Valid on the day and not refused by the portal.</summary>
    public bool IsInForce(int row, int day) => from[row] <= day && day <= to[row] && (states[row] & RowState.Refused) == RowState.None;

    /// <summary>The first link to a row of this code; −1 when there is none.</summary>
    public int First(ReadOnlySpan<byte> code)
    {
        if (code.IsEmpty) return -1;
        int first = index.Find(text, code);
        if (first >= 0 || !HasOtherLetters(code)) return first;

        // Rare: an accented code that isn't in NFC.
        string plain = Encoding.UTF8.GetString(code);
        return plain.IsNormalized() ? first : index.Find(text, Encoding.UTF8.GetBytes(plain.Normalize()));
    }

    public int RowAt(int link) => index.Row(link);

    public int NextOf(int link) => index.Next(link);

    private static bool HasOtherLetters(ReadOnlySpan<byte> code) => code.IndexOfAnyExceptInRange((byte)0, (byte)0x7F) >= 0;
}
