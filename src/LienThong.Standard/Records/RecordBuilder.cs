using System.Text;

namespace LienThong.Standard;

/// <summary>
/// Builds a record field by field: for what we make ourselves, for corrections of a stored record and for tests.
/// Text is normalised to NFC, because what we write is NFC.
/// </summary>
public sealed class RecordBuilder
{
    private readonly List<RowBuilder>[] tables = new List<RowBuilder>[TableNames.Count];

    /// <summary>An empty record.</summary>
    public RecordBuilder()
    {
        for (int i = 0; i < tables.Length; i++) tables[i] = [];
    }

    /// <summary>A builder that starts with everything a record holds (of the fields the standard knows).</summary>
    public static RecordBuilder From(Record record)
    {
        var builder = new RecordBuilder();
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is not { } table) continue;
            int columns = FieldNames.Of(table.Id).Length;
            for (int i = 0; i < table.Count; i++)
            {
                RowBuilder row = builder.AddRow(table.Id);
                for (int column = 0; column < columns; column++)
                {
                    Value value = table[i].At(column);
                    if (!value.IsAbsent) row.Set(new FieldId(table.Id, (byte)column), value.Text);
                }
            }
        }

        return builder;
    }

    /// <summary>The rows of a table, to change or remove.</summary>
    public IList<RowBuilder> Rows(TableId table) => tables[(int)table];

    /// <summary>Adds an empty row to a table.</summary>
    public RowBuilder AddRow(TableId table)
    {
        var row = new RowBuilder(table);
        tables[(int)table].Add(row);
        return row;
    }

    /// <summary>Sets a field in the first row of its table, which is added when there is none.</summary>
    public RecordBuilder Set(FieldId field, string? text)
    {
        List<RowBuilder> rows = tables[(int)field.Table];
        (rows.Count > 0 ? rows[0] : AddRow(field.Table)).Set(field, text);
        return this;
    }

    /// <summary>The record; tables without rows are left out.</summary>
    public Record Build()
    {
        var record = new Record { IsBuilt = true };
        foreach (List<RowBuilder> rows in tables)
        {
            foreach (RowBuilder row in rows) row.CopyTo(record);
        }

        return record;
    }
}

/// <summary>One row while it is being built.</summary>
public sealed class RowBuilder
{
    private readonly string?[] values;

    internal RowBuilder(TableId table)
    {
        Table = table;
        values = new string?[FieldNames.Of(table).Length];
    }

    /// <summary>The table the row belongs to.</summary>
    public TableId Table { get; }

    /// <summary>The text of a field; null when the element isn't there.</summary>
    public string? this[FieldId field] => values[Own(field).Column];

    /// <summary>Sets the text of a field; null takes the element away.</summary>
    /// <exception cref="ArgumentException">The field belongs to another table, or XML can't carry the text (<see cref="XmlText.IsAllowed"/>).</exception>
    public RowBuilder Set(FieldId field, string? text)
    {
        if (text is not null && !XmlText.IsAllowed(text)) throw new ArgumentException($"The text for {field} holds characters that XML can't carry.", nameof(text));
        values[Own(field).Column] = text?.Normalize(NormalizationForm.FormC);
        return this;
    }

    /// <summary>Gives every field of the release that isn't set yet an empty element, as the standard wants it.</summary>
    public RowBuilder FillWith(Release release)
    {
        if (release.Table(Table) is { } spec)
        {
            foreach (FieldSpec field in spec.Fields) values[field.Id.Column] ??= "";
        }

        return this;
    }

    internal void CopyTo(Record record)
    {
        Table table = record.Open(Table);
        int row = table.AddRow();
        for (int column = 0; column < values.Length; column++)
        {
            if (values[column] is not { } text) continue;
            int size = Encoding.UTF8.GetMaxByteCount(text.Length);
            int written = Encoding.UTF8.GetBytes(text, record.Reserve(size));
            table.Set(row, column, record.Used, written);
            record.Commit(written);
            if (row > 0) table.MarkPresent(column);
            if (row > 0) continue;
            table.Sequence.Add((byte)column);
            table.Ranks[column] = (byte)table.Sequence.Count;
        }
    }

    private FieldId Own(FieldId field) =>
        field.Table == Table ? field : throw new ArgumentException($"{field} is not a field of {Table.Code()}.", nameof(field));
}
