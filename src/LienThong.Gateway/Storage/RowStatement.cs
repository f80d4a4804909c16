using System.Text.RegularExpressions;
using Npgsql;

namespace LienThong.Gateway.Storage;

/// <summary>
/// A statement that is meant for one row, run by PostgreSQL for many at once: its parameters become columns of rows made from one array each, so that it is
/// bound, planned and started once. Only statements whose meaning stays the same are turned; the caller gives no row twice.
/// </summary>
internal sealed partial class RowStatement
{
    private readonly string head;
    private readonly string source;
    private readonly string tail;
    private readonly string[] names;

    private RowStatement(string head, string source, string tail, string[] names) => (this.head, this.source, this.tail, this.names) = (head, source, tail, names);

    /// <summary>Turns <c>INSERT … VALUES</c>, <c>UPDATE … WHERE</c> and <c>DELETE … WHERE</c> over one table.</summary>
    /// <param name="sql">The statement in PostgreSQL's words, parameters as <c>@name</c>.</param>
    /// <param name="names">Parameters in the order of each row's values.</param>
    /// <returns>Null when the statement has another shape.</returns>
    public static RowStatement? Of(string sql, string[] names)
    {
        if (SubQuery().IsMatch(sql))
            return null;
        if (Insert().Match(sql) is { Success: true } insert && !insert.Groups["conflict"].Value.Contains('@', StringComparison.Ordinal))
            return new RowStatement($"{insert.Groups["head"].Value}SELECT {insert.Groups["values"].Value}", " FROM ", insert.Groups["conflict"].Value, names);
        if (Update().Match(sql) is { Success: true } update)
            return new RowStatement(update.Groups["head"].Value, " FROM ", update.Groups["where"].Value, names);
        return Delete().Match(sql) is { Success: true } delete ? new RowStatement(delete.Groups["head"].Value, " USING ", delete.Groups["where"].Value, names) : null;
    }

    /// <summary>The statement for these rows.</summary>
    public NpgsqlBatchCommand For(IReadOnlyList<object?[]> rows)
    {
        NpgsqlBatchCommand command = new();
        // An array of nothing has no type: a column that is empty in all rows is told as NULL.
        List<string> filled = [];
        for (int i = 0; i < names.Length; i++)
        {
            if (ArrayOf(rows, i) is not { } values)
                continue;
            filled.Add(names[i]);
            command.Parameters.Add(new NpgsqlParameter { Value = values });
        }
        if (filled.Count == 0)
            throw new ArgumentException("Rows without a value.", nameof(rows));
        string Fill(string part) => Parameter().Replace(part, p => filled.IndexOf(p.Groups["name"].Value) is var at and >= 0 ? $"q.p{at}" : "NULL");
        string places = string.Join(", ", filled.Select((_, i) => $"${i + 1}")), columns = string.Join(", ", filled.Select((_, i) => $"p{i}"));
        command.CommandText = $"{Fill(head)}{source}unnest({places}) AS q({columns}) {Fill(tail)}";
        return command;
    }

    /// <summary>Values of a column as an array that PostgreSQL has a type for; null when all are empty. Whole numbers go as BIGINT.</summary>
    private static Array? ArrayOf(IReadOnlyList<object?[]> rows, int column)
    {
        object? first = null;
        bool gaps = false;
        foreach (object?[] row in rows)
        {
            first ??= row[column];
            gaps |= row[column] is null;
        }
        switch (first)
        {
            case null:
                return null;
            case string:
                return Of<string>(rows, column);
            case byte[]:
                return Of<byte[]>(rows, column);
            case int or long when gaps:
                return Numbers(rows, column, static v => v is null ? (long?)null : Convert.ToInt64(v, null));
            case int or long:
                return Numbers(rows, column, static v => Convert.ToInt64(v, null));
            default:
                throw new ArgumentException($"A row holds texts, whole numbers and bytes, not {first.GetType().Name}.", nameof(rows));
        }
    }

    private static T?[] Of<T>(IReadOnlyList<object?[]> rows, int column) where T : class
    {
        T?[] values = new T?[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = (T?)rows[i][column];
        return values;
    }

    private static T[] Numbers<T>(IReadOnlyList<object?[]> rows, int column, Func<object?, T> read)
    {
        T[] values = new T[rows.Count];
        for (int i = 0; i < values.Length; i++)
            values[i] = read(rows[i][column]);
        return values;
    }

    [GeneratedRegex(@"\A\s*(?<head>INSERT INTO \w+ \([\w\s,]+\)\s+)VALUES \((?<values>.+?)\)\s*(?<conflict>ON CONFLICT .+)?\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Insert();

    [GeneratedRegex(@"\A\s*(?<head>UPDATE \w+ SET .+?)\s+(?<where>WHERE .+)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Update();

    [GeneratedRegex(@"\A\s*(?<head>DELETE FROM \w+)\s+(?<where>WHERE .+)\z", RegexOptions.Singleline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Delete();

    [GeneratedRegex(@"\bSELECT\b|\bRETURNING\b", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex SubQuery();

    [GeneratedRegex(@"@(?<name>\w+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parameter();
}
