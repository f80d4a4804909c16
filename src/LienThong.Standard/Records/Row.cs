namespace LienThong.Standard;

/// <summary>One row of a table; valid as long as its record is.</summary>
public readonly struct Row
{
    private readonly int index;

    internal Row(Table table, int index)
    {
        Table = table;
        this.index = index;
    }

    /// <summary>The table the row belongs to.</summary>
    public Table Table { get; }

    /// <summary>Position in its table, from 1.</summary>
    public int Position => index + 1;

    /// <summary>The value of a field of this table; absent when the row doesn't have the element.</summary>
    public Value this[FieldId field] => Table.ValueAt(index, field.Column);

    /// <summary>The value in a column of the union of fields.</summary>
    public Value At(int column) => Table.ValueAt(index, column);
}
