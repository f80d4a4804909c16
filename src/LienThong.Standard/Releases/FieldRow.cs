namespace LienThong.Standard;

/// <summary>A line of a release's field list: a line of the data, or a change laid over the line of the parent.</summary>
/// <param name="name">Field name in this release.</param>
/// <param name="cells">The line; of a change, an empty cell means "unchanged" and a dash "cleared".</param>
/// <param name="under">What the change is laid over; null for a line of its own.</param>
internal sealed class FieldRow(string name, DataRow cells, FieldRow? under)
{
    public string Name { get; } = name;

    public string this[string column]
    {
        get
        {
            string own = cells.Has(column) ? cells[column] : "";
            if (under is null) return own;
            return own switch { "" => under[column], "-" => "", _ => own };
        }
    }
}
