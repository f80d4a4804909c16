using LienThong.Gateway.Records.Comparing;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Records.Comparing;

/// <summary>A record as rows of filled cells, and the same after the changes of a comparison were made to it.</summary>
internal static class Rows
{
    public static Dictionary<string, List<SortedDictionary<string, string>>> Of(Record record)
    {
        Dictionary<string, List<SortedDictionary<string, string>>> tables = [];
        for (int i = 0; i < TableNames.Count; i++)
        {
            TableId id = (TableId)i;
            List<SortedDictionary<string, string>> rows = [];
            for (int r = 0; r < (record[id]?.Count ?? 0); r++)
            {
                SortedDictionary<string, string> row = new(StringComparer.Ordinal);
                foreach (FieldId field in TableColumns.Of(id).Fields.Select(f => f.Id))
                {
                    if (!record[id]![r][field].IsEmpty)
                        row[field.Name] = record[id]![r][field].Text;
                }
                rows.Add(row);
            }
            if (rows.Count > 0)
                tables[id.Code()] = rows;
        }
        return tables;
    }

    public static Dictionary<string, List<SortedDictionary<string, string>>> Apply(Record record, RecordDiff diff)
    {
        Dictionary<string, List<SortedDictionary<string, string>>> tables = Of(record);
        foreach (TableDiff table in diff.Tables)
        {
            List<SortedDictionary<string, string>> old = tables.GetValueOrDefault(table.Table) ?? [];
            Assert.Equal(table.OldRows, old.Count);
            SortedDictionary<string, string>?[] made = new SortedDictionary<string, string>?[table.NewRows];
            HashSet<int> named = [.. table.Rows.Where(r => r.OldRow is not null).Select(r => r.OldRow!.Value)];
            foreach (RowDiff row in table.Rows.Where(r => r.NewRow is not null))
            {
                SortedDictionary<string, string> cells = row.OldRow is { } from ? new(old[from - 1], StringComparer.Ordinal) : new(StringComparer.Ordinal);
                foreach (CellDiff cell in row.Cells)
                {
                    Assert.Equal(cell.Old ?? "", cells.GetValueOrDefault(cell.Field, ""));
                    if (string.IsNullOrEmpty(cell.New))
                        cells.Remove(cell.Field);
                    else
                        cells[cell.Field] = cell.New;
                }
                Assert.Null(made[row.NewRow!.Value - 1]);
                made[row.NewRow!.Value - 1] = cells;
            }
            Queue<SortedDictionary<string, string>> still = new(Enumerable.Range(1, old.Count).Where(n => !named.Contains(n)).Select(n => old[n - 1]));
            for (int i = 0; i < made.Length; i++)
                made[i] ??= still.Dequeue();
            Assert.Empty(still);
            if (made.Length == 0)
                tables.Remove(table.Table);
            else
                tables[table.Table] = [.. made.Select(m => m!)];
        }
        return tables;
    }
}
