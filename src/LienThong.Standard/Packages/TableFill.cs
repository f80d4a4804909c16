using System.Text;

namespace LienThong.Standard;

/// <summary>Puts rows into a table for both reading routes, and notes what deviates; so that the routes can't differ in it.</summary>
internal struct TableFill
{
    private readonly Record record;
    private readonly Table table;
    private readonly byte[] ranks;
    private readonly int firstRow;
    private int row;
    private int lastRank;

    public TableFill(Record record, Table table)
    {
        this.record = record;
        this.table = table;
        ranks = table.Ranks;
        firstRow = table.Count;
        row = -1;
    }

    /// <summary>Rows this document gave so far.</summary>
    public readonly int Rows => table.Count - firstRow;

    public void BeginRow()
    {
        row = table.AddRow();
        lastRank = -1;
    }

    public void Field(int column, int start, int length)
    {
        if (table.Has(row, column))
        {
            Once(DeviationKind.DuplicateField, new FieldId(table.Id, (byte)column).Name);
            return;
        }

        table.Set(row, column, start, length);
        int rank = ranks[column];
        if (row == 0)
        {
            table.Sequence.Add((byte)column);
            ranks[column] = (byte)table.Sequence.Count;
        }
        else if (rank == Table.NoRank)
        {
            table.MarkPresent(column);
        }
        else if (rank < lastRank)
        {
            Once(DeviationKind.FieldOrderChanges, "");
        }
        else
        {
            lastRank = rank;
        }
    }

    public readonly void Unknown(ReadOnlySpan<byte> name) => Once(DeviationKind.UnknownField, Encoding.UTF8.GetString(name));

    public readonly void Note(DeviationKind kind) => Once(kind, "");

    // One note per kind and field is enough: a mistake of the source repeats in every row.
    private readonly void Once(DeviationKind kind, string field)
    {
        foreach (Deviation known in record.Deviations)
        {
            if (known.Kind == kind && known.Table == table.Id && known.Field == field) return;
        }

        record.Report(kind, table.Id, row < 0 ? null : row + 1, field);
    }
}
