using LienThong.Standard;

namespace LienThong.Gateway.Records.Comparing;

/// <summary>
/// Finds for each row of a table the row of another content of the same table that it became: by equal content, by codes and times, by codes,
/// then by likeness to its neighbours. Work grows with the number of rows, not with its square.
/// </summary>
internal sealed class RowMatching
{
    private const int Nearby = 32;
    private const double Alike = 0.6;
    private readonly Table before, after;
    private readonly TableColumns columns;
    private readonly int[] pairs;
    private readonly bool[] taken;

    private RowMatching(Table before, Table after, TableColumns columns)
    {
        (this.before, this.after, this.columns) = (before, after, columns);
        pairs = new int[before.Count];
        Array.Fill(pairs, -1);
        taken = new bool[after.Count];
    }

    /// <summary>Position (from 0) after of each row before; -1 for a row that is gone.</summary>
    /// <param name="before">Rows before.</param>
    /// <param name="after">Rows after.</param>
    /// <param name="columns">The table's columns.</param>
    /// <param name="single">The table holds one row by the standard: it is the same row whatever is in it.</param>
    public static int[] Find(Table before, Table after, TableColumns columns, bool single)
    {
        RowMatching match = new(before, after, columns);
        if (single && before.Count == 1 && after.Count == 1)
            return [0];
        match.By(columns.Content, blank: true);
        match.By(columns.Full, blank: false);
        match.By(columns.Weak, blank: false);
        match.ByLikeness();
        return match.pairs;
    }

    /// <summary>Whether two cells say the same: what is empty says nothing, there or not.</summary>
    public static bool Same(Value one, Value other) => one.IsEmpty ? other.IsEmpty : one.Raw.SequenceEqual(other.Raw);

    private void By(FieldId[] fields, bool blank)
    {
        if (fields.Length == 0)
            return;
        Dictionary<Row, int> first = new(new ByCells(fields));
        int[] next = new int[after.Count];
        for (int i = after.Count - 1; i >= 0; i--)
        {
            if (taken[i] || (!blank && IsBlank(after[i], fields)))
                continue;
            next[i] = first.TryGetValue(after[i], out int following) ? following : -1;
            first[after[i]] = i;
        }
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] >= 0 || (!blank && IsBlank(before[i], fields)) || !first.TryGetValue(before[i], out int at) || at < 0)
                continue;
            Pair(i, at);
            first[before[i]] = next[at];
        }
    }

    private void ByLikeness()
    {
        List<int> free = [];
        Dictionary<string, int> byNumber = new(StringComparer.Ordinal);
        for (int i = 0; i < taken.Length; i++)
        {
            if (taken[i])
                continue;
            free.Add(i);
            if (columns.Stt is { } stt && !after[i][stt].IsEmpty)
                byNumber.TryAdd(after[i][stt].Text, i);
        }
        int from = 0;
        for (int i = 0; i < pairs.Length; i++)
        {
            if (pairs[i] >= 0)
                continue;
            while (from < free.Count && taken[free[from]])
                from++;
            int best = columns.Stt is { } number && byNumber.TryGetValue(before[i][number].Text, out int same) && !taken[same] ? same : -1;
            double likeness = best < 0 ? 0 : Likeness(before[i], after[best]);
            for (int k = from, looked = 0; k < free.Count && looked < Nearby; k++)
            {
                if (taken[free[k]])
                    continue;
                looked++;
                double other = Likeness(before[i], after[free[k]]);
                if (other > likeness)
                    (best, likeness) = (free[k], other);
            }
            if (likeness >= Alike)
                Pair(i, best);
        }
    }

    private double Likeness(Row one, Row other)
    {
        int filled = 0, equal = 0;
        foreach (FieldId field in columns.Content)
        {
            Value a = one[field], b = other[field];
            if (a.IsEmpty && b.IsEmpty)
                continue;
            filled++;
            if (Same(a, b))
                equal++;
        }
        return filled == 0 ? 0 : (double)equal / filled;
    }

    private void Pair(int old, int now)
    {
        pairs[old] = now;
        taken[now] = true;
    }

    private static bool IsBlank(Row row, FieldId[] fields)
    {
        foreach (FieldId field in fields)
        {
            if (!row[field].IsEmpty)
                return false;
        }
        return true;
    }

    /// <summary>Rows are the same when these cells are.</summary>
    private sealed class ByCells(FieldId[] fields) : IEqualityComparer<Row>
    {
        public bool Equals(Row one, Row other)
        {
            foreach (FieldId field in fields)
            {
                if (!Same(one[field], other[field]))
                    return false;
            }
            return true;
        }

        public int GetHashCode(Row row)
        {
            HashCode hash = default;
            foreach (FieldId field in fields)
            {
                ReadOnlySpan<byte> cell = row[field].IsEmpty ? [] : row[field].Raw;
                hash.Add(cell.Length);
                hash.AddBytes(cell);
            }
            return hash.ToHashCode();
        }
    }
}
