using System.Collections.Concurrent;
using LienThong.Standard;

namespace LienThong.Samples.Building;

/// <summary>Brings a record into the shape of a release: all of its fields present, none that it doesn't know.</summary>
internal static class Shape
{
    private static readonly ConcurrentDictionary<(string Release, TableId Table), FieldId[]> Foreign = new();

    public static void Fit(RecordBuilder record, Release release)
    {
        for (int t = 0; t < TableNames.Count; t++)
        {
            var table = (TableId)t;
            IList<RowBuilder> rows = record.Rows(table);
            if (rows.Count == 0) continue;
            if (release.Table(table) is null)
            {
                rows.Clear();
                continue;
            }

            FieldId[] foreign = Foreign.GetOrAdd((release.Id, table), static key => Find(key.Release, key.Table));
            foreach (RowBuilder row in rows)
            {
                row.FillWith(release);
                foreach (FieldId field in foreign) row.Set(field, null);
            }
        }
    }

    private static FieldId[] Find(string releaseId, TableId table)
    {
        TableSpec spec = Releases.Get(releaseId).Table(table)!;
        var found = new HashSet<FieldId>();
        foreach (Release other in Releases.All)
        {
            foreach (FieldSpec field in other.Table(table)?.Fields ?? [])
            {
                if (spec.Find(field.Id) is null) found.Add(field.Id);
            }
        }

        return [.. found];
    }
}
