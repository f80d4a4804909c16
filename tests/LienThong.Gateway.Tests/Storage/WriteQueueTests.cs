using LienThong.Gateway.Storage;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Storage;

/// <summary>What a transaction writes without waiting for the result.</summary>
public abstract class WriteQueueTests(Db db)
{
    private const string Insert = "INSERT INTO probe (day, works, note, at) VALUES (@day, @works, @note, @at)";
    private const string Update = "UPDATE probe SET note = @note WHERE day = @day";
    private static readonly string[] Names = ["day", "works", "note", "at"];
    private static readonly object?[][] Days = [["2026-04-30", 0, "Lễ", 1L], ["2026-05-01", 1, null, 2L]];

    [Fact]
    public async Task A_query_sees_what_was_written_before_it()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);

        await session.ExecuteManyAsync(Insert, Names, Days, default);
        await session.ExecuteManyAsync("DELETE FROM probe WHERE day = @day", ["day"], [["2026-04-30"]], default);
        await session.ExecuteManyAsync(Update, ["note", "day"], [["Lao động", "2026-05-01"]], default);

        Assert.Equal(["2026-05-01 1 Lao động 2"], await ReadAsync(session));
    }

    [Fact]
    public async Task What_is_committed_stays_and_what_isnt_does_not()
    {
        await using World w = await CreateAsync();
        await using (WriteSession session = await w.Database.BeginAsync(default))
            await session.ExecuteManyAsync(Insert, Names, Days, default);
        await using (WriteSession session = await w.Database.BeginAsync(default))
        {
            Assert.Empty(await ReadAsync(session));
            await session.InsertManyAsync("probe", Names, Days, default);
            await session.CommitAsync(default);
        }

        await using WriteSession after = await w.Database.BeginAsync(default);
        Assert.Equal(["2026-04-30 0 Lễ 1", "2026-05-01 1  2"], await ReadAsync(after));
    }

    [Fact]
    public async Task Rows_may_be_used_again_once_they_are_handed_over()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);
        List<object?[]> rows = [.. Days];

        await session.ExecuteManyAsync(Insert, Names, rows, default);
        rows.Clear();

        Assert.Equal(2, (await ReadAsync(session)).Count);
    }

    [Fact]
    public async Task A_column_that_is_empty_in_every_row_is_empty_afterwards()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);
        await session.ExecuteManyAsync(Insert, Names, Days, default);

        await session.ExecuteManyAsync(Update, ["note", "day"], [[null, "2026-04-30"], [null, "2026-05-01"]], default, every: true);

        Assert.Equal(["2026-04-30 0  1", "2026-05-01 1  2"], await ReadAsync(session));
    }

    [Fact]
    public async Task A_row_that_must_be_there_and_isnt_fails_the_transaction()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);
        await session.ExecuteManyAsync(Insert, Names, Days, default);

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await session.ExecuteManyAsync(Update, ["note", "day"], [["a", "2026-04-30"], ["b", "2026-09-02"]], default, every: true);
            await session.CommitAsync(default);
        });

        Assert.Contains("1 of 2 rows", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rows_that_are_there_already_are_left_or_changed_as_the_statement_says()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);
        await session.ExecuteManyAsync(Insert, Names, Days[..1], default);

        await session.InsertNewAsync("probe", Names, [["2026-04-30", 1, "khác", 9L], .. Days[1..]], default);
        await session.ExecuteManyAsync(
            Insert + " ON CONFLICT (day) DO UPDATE SET note = excluded.note", Names, [["2026-05-01", 0, "mới", 9L], ["2026-09-02", 0, "Quốc khánh", 3L]], default);

        Assert.Equal(["2026-04-30 0 Lễ 1", "2026-05-01 1 mới 2", "2026-09-02 0 Quốc khánh 3"], await ReadAsync(session));
    }

    [Fact]
    public async Task Thousands_of_rows_go_in_as_one()
    {
        await using World w = await CreateAsync();
        await using WriteSession session = await w.Database.BeginAsync(default);
        DateOnly first = new(2030, 1, 1);

        await session.InsertManyAsync(
            "probe", Names, [.. Enumerable.Range(0, 3000).Select(i => new object?[] { first.AddDays(i).ToString("yyyy-MM-dd"), 0, i % 2 == 0 ? null : "x", (long)i })], default);

        Assert.Equal(3000, (await ReadAsync(session)).Count);
    }

    private async Task<World> CreateAsync()
    {
        World w = await World.CreateAsync(db);
        await using WriteSession session = await w.Database.BeginAsync(default);
        await session.ExecuteAsync("CREATE TABLE probe (day TEXT PRIMARY KEY, works INTEGER NOT NULL, note TEXT, at BIGINT NOT NULL)", null, default);
        await session.CommitAsync(default);
        return w;
    }

    private static async Task<List<string>> ReadAsync(WriteSession session) =>
        (await session.QueryUnscopedAsync<(string Day, long Works, string? Note, long At)>("SELECT day, works, note, at FROM probe ORDER BY day", null, default))
            .ConvertAll(d => $"{d.Day} {d.Works} {d.Note} {d.At}");
}

public sealed class WriteQueueOnSqliteTests() : WriteQueueTests(Db.Sqlite);

public sealed class WriteQueueOnPostgresTests() : WriteQueueTests(Db.Postgres);
