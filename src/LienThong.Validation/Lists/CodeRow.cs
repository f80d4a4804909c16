using System.Buffers.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>A row of a code list. A view into the list: valid as long as the list is.</summary>
public readonly struct CodeRow
{
    private readonly CodeTable table;
    private readonly int row;

    internal CodeRow(CodeTable table, int row)
    {
        this.table = table;
        this.row = row;
    }

    /// <summary>First day it is valid, inclusive; null when it always was.</summary>
    public DateOnly? ValidFrom => table.From(row) is var day && day == DateOnly.MinValue ? null : day;

    /// <summary>Last day it is valid, inclusive; null while nothing ends it.</summary>
    public DateOnly? ValidTo => table.To(row) is var day && day == DateOnly.MaxValue ? null : day;

    /// <summary>The portal took it (true), refused it (false), or nothing is known (null).</summary>
    public bool? Accepted => table.Accepted(row);

    /// <summary>The code or its meaning rests on one secondary source: it may be right, and never blocks.</summary>
    public bool IsUnconfirmed => table.IsUnconfirmed(row);

    /// <summary>A cell, UTF-8 in NFC, trimmed; empty when the list has nothing there. Columns as in <see cref="ListDefinition.Columns"/>.</summary>
    public ReadOnlySpan<byte> this[int column] => table.Cell(row, column);

    /// <summary>A cell as text, for messages and pages.</summary>
    public string Text(int column) => System.Text.Encoding.UTF8.GetString(this[column]);

    /// <summary>True when a flag column says yes.</summary>
    public bool Is(int column) => this[column].SequenceEqual("1"u8);

    /// <summary>A number; absent when the cell is empty, malformed when it holds something else.</summary>
    public Read<decimal> Number(int column)
    {
        ReadOnlySpan<byte> text = this[column];
        if (text.IsEmpty) return Read<decimal>.Absent;
        return Utf8Parser.TryParse(text, out decimal number, out int used) && used == text.Length ? Read<decimal>.Of(number) : Read<decimal>.Malformed;
    }
}

/// <summary>The rows of one code; a <c>foreach</c> over them allocates nothing.</summary>
public struct CodeRows
{
    private const int AnyDay = -1;
    private readonly CodeTable? table;
    private readonly int day;
    private int next;
    private int current;

    internal CodeRows(CodeTable table, int first, DateOnly? day)
    {
        this.table = table;
        this.day = day?.DayNumber ?? AnyDay;
        next = first;
    }

    /// <summary>The row that <see cref="MoveNext"/> found.</summary>
    public readonly CodeRow Current => new(table!, current);

    /// <summary>True when there is none.</summary>
    public readonly bool IsEmpty
    {
        get
        {
            CodeRows rest = this;
            return !rest.MoveNext();
        }
    }

    /// <summary>Itself.</summary>
    public readonly CodeRows GetEnumerator() => this;

    /// <summary>Goes to the next row.</summary>
    public bool MoveNext()
    {
        while (next >= 0)
        {
            current = table!.RowAt(next);
            next = table.NextOf(next);
            if (day == AnyDay || table.IsInForce(current, day)) return true;
        }

        return false;
    }
}
