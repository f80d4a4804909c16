namespace LienThong.Standard;

/// <summary>
/// A field of a table, whatever the release: its table and its column in the union of all releases' fields.
/// Use the generated identifiers (<c>Xml1.MA_LK</c>), so that a misspelt field doesn't compile.
/// </summary>
/// <param name="Table">The table the field belongs to.</param>
/// <param name="Column">Column in the union of the table's fields, from 0; stable, new releases only append.</param>
public readonly record struct FieldId(TableId Table, byte Column)
{
    /// <summary>Same table and same column. Written out, because the generated comparison would be compiled at every start.</summary>
    public bool Equals(FieldId other) => Table == other.Table && Column == other.Column;

    /// <inheritdoc/>
    public override int GetHashCode() => ((int)Table << 8) | Column;

    /// <summary>The official field code, e.g. <c>T_BHTT</c>.</summary>
    public string Name => FieldNames.Of(Table)[Column];

    /// <summary>Finds a field of a table by its official code, case-sensitive; false when no release knows it.</summary>
    public static bool TryParse(TableId table, ReadOnlySpan<char> name, out FieldId field)
    {
        string[] names = FieldNames.Of(table);
        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
            {
                field = new FieldId(table, (byte)i);
                return true;
            }
        }

        field = default;
        return false;
    }

    /// <summary>Table and field as people quote them, e.g. <c>XML3.T_BHTT</c>.</summary>
    public override string ToString() => $"{Table.Code()}.{Name}";
}
