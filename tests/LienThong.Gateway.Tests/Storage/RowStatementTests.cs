using LienThong.Gateway.Storage;
using Npgsql;

namespace LienThong.Gateway.Tests.Storage;

public class RowStatementTests
{
    private static readonly object?[][] Rows = [["a", 1], ["b", null]];

    [Theory]
    [InlineData("INSERT INTO t (x, y) VALUES (@x, @n)", "INSERT INTO t (x, y) SELECT q.p0, q.p1 FROM unnest($1, $2) AS q(p0, p1) ")]
    [InlineData(
        "INSERT INTO t (x, y)\n VALUES (@x, (CAST(@n AS NUMERIC) / 1000)) ON CONFLICT (x) DO UPDATE SET y = excluded.y",
        "INSERT INTO t (x, y)\n SELECT q.p0, (CAST(q.p1 AS NUMERIC) / 1000) FROM unnest($1, $2) AS q(p0, p1) ON CONFLICT (x) DO UPDATE SET y = excluded.y")]
    [InlineData("UPDATE t SET y = y + @n WHERE x = @x", "UPDATE t SET y = y + q.p1 FROM unnest($1, $2) AS q(p0, p1) WHERE x = q.p0")]
    [InlineData("DELETE FROM t WHERE x = @x AND y = @n", "DELETE FROM t USING unnest($1, $2) AS q(p0, p1) WHERE x = q.p0 AND y = q.p1")]
    public void A_statement_for_one_row_becomes_one_for_all(string sql, string expected)
    {
        NpgsqlBatchCommand command = RowStatement.Of(sql, ["x", "n"])!.For(Rows);

        Assert.Equal(expected, command.CommandText);
        Assert.Equal(["a", "b"], Assert.IsType<string[]>(command.Parameters[0].Value));
        Assert.Equal([1L, null], Assert.IsType<long?[]>(command.Parameters[1].Value));
    }

    [Fact]
    public void What_is_empty_in_every_row_is_told_as_null() => Assert.Equal(
        "UPDATE t SET y = NULL FROM unnest($1) AS q(p0) WHERE x = q.p0", RowStatement.Of("UPDATE t SET y = @n WHERE x = @x", ["n", "x"])!.For([[null, "a"], [null, "b"]]).CommandText);

    [Theory]
    [InlineData("INSERT INTO t (x) SELECT x FROM s WHERE y = @n")]
    [InlineData("INSERT INTO t (x) VALUES (@x) RETURNING id")]
    [InlineData("INSERT INTO t (x) VALUES (@x) ON CONFLICT (x) DO UPDATE SET y = @n")]
    [InlineData("UPDATE t SET y = (SELECT MAX(y) FROM s) WHERE x = @x")]
    [InlineData("UPDATE t SET y = @n")]
    public void Another_shape_is_left_alone(string sql) => Assert.Null(RowStatement.Of(sql, ["x", "n"]));

    [Fact]
    public void A_value_that_is_neither_text_nor_number_nor_bytes_is_refused() =>
        Assert.Throws<ArgumentException>(() => RowStatement.Of("DELETE FROM t WHERE x = @x", ["x"])!.For([[1.5m]]));
}
