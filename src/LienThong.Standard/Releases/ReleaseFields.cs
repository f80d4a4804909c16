namespace LienThong.Standard;

/// <summary>
/// The field lists of a release, table by table: read from a full list, or a layer of changes merged over the parent's.
/// A record holds few of the tables, so each list is made when it is asked for.
/// </summary>
/// <param name="file">Embedded file: the full list, or the changes.</param>
/// <param name="parent">What the changes are laid over; null for a full list.</param>
internal sealed class ReleaseFields(string file, ReleaseFields? parent)
{
    private CsvData? data;

    /// <summary>The merged field list of a table, in official order; also the source of the generated identifiers.</summary>
    /// <exception cref="FormatException">A change names a field that the parent doesn't have.</exception>
    public List<FieldRow> Of(TableId table)
    {
        CsvData lines = data ??= ReleaseLoader.Read(file);
        string code = table.Code();
        List<FieldRow> fields = parent?.Of(table) ?? [];
        for (int i = 0; i < lines.Count; i++)
        {
            if (!lines[i].Is("table", code)) continue;
            if (parent is null) fields.Add(new FieldRow(lines[i]["field"], lines[i], null));
            else Change(fields, lines[i]);
        }

        return fields;
    }

    /// <summary>The renames that this layer of changes makes; none for a full list.</summary>
    public IEnumerable<DataRow> OwnRenames()
    {
        CsvData lines = data ??= ReleaseLoader.Read(file);
        for (int i = 0; i < lines.Count; i++)
        {
            if (parent is not null && lines[i]["op"] == "rename") yield return lines[i];
        }
    }

    private void Change(List<FieldRow> fields, DataRow change)
    {
        string name = change["field"];
        int at = fields.FindIndex(f => f.Name == name);
        string operation = change["op"];
        if (at < 0 && operation != "add") throw new FormatException($"{file} changes {change["table"]}.{name}, which the parent doesn't have.");
        switch (operation)
        {
            case "modify":
                fields[at] = new FieldRow(name, change, fields[at]);
                break;
            case "rename":
                fields[at] = new FieldRow(change["new_field"], change, fields[at]);
                break;
            case "remove":
                fields.RemoveAt(at);
                break;
            case "add":
                string after = change["after"];
                fields.Insert(fields.FindIndex(f => f.Name == after) + 1, new FieldRow(name, change, null));
                break;
            default:
                throw new FormatException($"{file}: unknown operation {operation}.");
        }
    }
}
