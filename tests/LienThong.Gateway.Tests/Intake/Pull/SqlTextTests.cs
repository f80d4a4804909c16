using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Tests.Intake.Pull;

public sealed class SqlTextTests
{
    [Theory]
    [InlineData("SELECT a FROM t WHERE k IN (@keys)")]
    [InlineData("  -- lời\n SELECT a, '; DELETE' FROM t WHERE k IN (@keys);  -- hết")]
    [InlineData("WITH x AS (SELECT 1) SELECT * FROM x WHERE k IN (@keys)")]
    [InlineData("SELECT t.update, \"delete\", [insert], REPLACE(a, 'it''s', '') FROM t /* DROP */ WHERE k IN (@keys)")]
    [InlineData("SELECT a->>'x', b::text, c @> d FROM t WHERE k IN (@keys)")]
    public void A_plain_select_is_taken(string sql) => Assert.True(SqlText.Read(sql, "keys").Asks("keys"));

    [Theory]
    [InlineData("")]
    [InlineData("-- lời thôi")]
    [InlineData("DELETE FROM t")]
    [InlineData("SELECT 1; DELETE FROM t")]
    [InlineData("SELECT 1 DELETE FROM t")]
    [InlineData("WITH x AS (DELETE FROM t RETURNING *) SELECT * FROM x")]
    [InlineData("SELECT * INTO moi FROM t")]
    [InlineData("SELECT * FROM t FOR UPDATE")]
    [InlineData("SELECT * FROM t LOCK IN SHARE MODE")]
    [InlineData("SELECT 1 EXEC xp_cmdshell 'x'")]
    [InlineData("SELECT $$x'$$ ; DROP TABLE t")]
    [InlineData("SELECT 'a\\'' ; DROP TABLE t --'")]
    [InlineData("SELECT 1 /*! ; DROP TABLE t */")]
    [InlineData("SELECT 1 /* /* */ DROP TABLE t */")]
    [InlineData("SELECT 1 --1\n")]
    [InlineData("SELECT [a'b] FROM t --' ]")]
    [InlineData("SELECT 'a")]
    [InlineData("SELECT @other")]
    [InlineData("SELECT \\! sh")]
    [InlineData("EXPLAIN ANALYZE SELECT 1")]
    public void Anything_else_is_refused_before_it_is_sent(string sql) => Assert.Throws<SqlRefusedException>(() => SqlText.Read(sql, "keys"));

    [Fact]
    public void Parameters_in_texts_and_comments_are_none()
    {
        SqlText sql = SqlText.Read("SELECT '@key', a /* @key */ FROM t WHERE k = @key", "key");

        Assert.Equal("SELECT '@key', a /* @key */ FROM t WHERE k = 7", sql.Write(_ => "7"));
        Assert.Equal("SELECT '@key', a   FROM t WHERE k = 7", sql.OneLine(_ => "7"));
    }

    [Theory]
    [InlineData("SELECT 'a\nb' FROM t")]
    [InlineData("SELECT 'a\\b' FROM t")]
    public void A_client_program_gets_no_text_it_could_take_for_a_command(string sql) => Assert.Throws<SqlRefusedException>(() => SqlText.Read(sql).OneLine(_ => ""));

    [Theory]
    [InlineData("x' OR '1'='1")]
    [InlineData("x\\")]
    [InlineData("$(cmd)")]
    [InlineData("&v")]
    [InlineData("a\nb")]
    [InlineData("a;b")]
    [InlineData(" a")]
    public void A_key_that_could_mean_something_is_refused(string key) =>
        Assert.Throws<PullException>(() => SqlLiteral.Of(PullDialect.MySql, PullArgument.One(PullKind.Text, key)));

    [Fact]
    public void Literals_are_of_the_dialect()
    {
        PullArgument time = PullArgument.One(PullKind.Time, "2026-07-03 10:11:12.123");

        Assert.Equal("'2026-07-03T10:11:12.123'", SqlLiteral.Of(PullDialect.SqlServer, time));
        Assert.Equal("TO_TIMESTAMP('2026-07-03 10:11:12.123', 'YYYY-MM-DD HH24:MI:SS.FF')", SqlLiteral.Of(PullDialect.Oracle, time));
        Assert.Equal("'2026-07-03 10:11:12.123'", SqlLiteral.Of(PullDialect.MySql, time));
        Assert.Equal("'LK-1', 'LK 2/2026'", SqlLiteral.Of(PullDialect.Oracle, new PullArgument(PullKind.Text, ["LK-1", "LK 2/2026"])));
        Assert.Equal("-5.25", SqlLiteral.Of(PullDialect.Sqlite, PullArgument.One(PullKind.Number, "-5.25")));
    }
}
