namespace LienThong.Standard;

/// <summary>Collects what a conversion did to one record.</summary>
internal sealed class ChangeLog
{
    private readonly HashSet<(FieldId Field, int Row)> emptied = [];

    public List<Change> Changes { get; } = [];

    /// <summary>A value that stands in the record again, maybe under another name or in another coding.</summary>
    public void Moved(ChangeKind kind, ConversionRule rule, FieldId target, int row, string old, string now) =>
        Changes.Add(new Change(kind, target.Table, row + 1, rule.Name.Length > 0 ? rule.Name : target.Name, target.Name, old, now, rule.Why, rule.Basis));

    /// <summary>A value that has no place; <paramref name="target"/> stays empty for it.</summary>
    public void Dropped(FieldId field, FieldId target, int row, string old, string why, string basis)
    {
        Changes.Add(new Change(ChangeKind.Dropped, field.Table, row + 1, field.Name, "", old, "", why, basis));
        emptied.Add((target, row));
    }

    /// <summary>True when the conversion itself left the field empty though the record held something for it.</summary>
    public bool IsEmptied(FieldId field, int row) => emptied.Contains((field, row));
}
