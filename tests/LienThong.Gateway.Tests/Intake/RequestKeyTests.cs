using LienThong.Gateway.Access;
using LienThong.Gateway.Intake.Requests;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Intake;

public abstract class RequestKeyTests(Db db)
{
    [Fact]
    public async Task The_same_request_gets_the_same_answer_and_another_body_is_a_mismatch()
    {
        await using World w = await World.CreateAsync(db);
        RequestKeys keys = w.Get<RequestKeys>();
        RequestClaim.Ours ours = Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default));
        await keys.AnswerAsync(ours, 201, "{\"một\":1}"u8.ToArray(), default);

        RequestClaim.Answered again = Assert.IsType<RequestClaim.Answered>(await keys.ClaimAsync(w.Officer, "k1", "a", default));

        Assert.Equal(201, again.Status);
        Assert.Equal("{\"một\":1}"u8.ToArray(), again.Body);
        Assert.IsType<RequestClaim.Mismatch>(await keys.ClaimAsync(w.Officer, "k1", "b", default));
        Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(Caller.System("khác"), "k1", "b", default));
    }

    [Fact]
    public async Task Of_many_at_once_exactly_one_works()
    {
        await using World w = await World.CreateAsync(db);
        RequestKeys keys = w.Get<RequestKeys>();

        RequestClaim[] claims = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => keys.ClaimAsync(w.Officer, "k1", "a", default))));

        Assert.Single(claims.OfType<RequestClaim.Ours>());
        Assert.Equal(15, claims.OfType<RequestClaim.Busy>().Count());
    }

    [Fact]
    public async Task After_a_crash_the_next_one_goes_on_under_the_same_file_id()
    {
        await using World w = await World.CreateAsync(db);
        RequestClaim.Ours dead = Assert.IsType<RequestClaim.Ours>(await w.Get<RequestKeys>().ClaimAsync(w.Officer, "k1", "a", default));
        await w.RestartAsync();
        RequestKeys keys = w.Get<RequestKeys>();
        Assert.IsType<RequestClaim.Busy>(await keys.ClaimAsync(w.Officer, "k1", "a", default));
        w.Time.Advance(TimeSpan.FromMinutes(2));

        RequestClaim.Ours next = Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default));

        Assert.Equal(dead.FileId, next.FileId);
        // What the dead one would still say doesn't count.
        await keys.AnswerAsync(dead, 500, [1], default);
        await keys.AnswerAsync(next, 200, [2], default);
        Assert.Equal([2], Assert.IsType<RequestClaim.Answered>(await keys.ClaimAsync(w.Officer, "k1", "a", default)).Body);
    }

    [Fact]
    public async Task Work_that_fails_gives_the_key_free_at_once()
    {
        await using World w = await World.CreateAsync(db);
        RequestKeys keys = w.Get<RequestKeys>();
        RequestClaim.Ours ours = Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default));

        await Assert.ThrowsAsync<IOException>(() => keys.HoldAsync<int>(ours, () => throw new IOException("đĩa đầy"), default));

        w.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default));
    }

    [Fact]
    public async Task Answers_are_kept_for_a_day_and_forgotten_after_two()
    {
        await using World w = await World.CreateAsync(db);
        RequestKeys keys = w.Get<RequestKeys>();
        await keys.AnswerAsync(Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default)), 200, [1], default);

        w.Time.Advance(TimeSpan.FromHours(25));
        Assert.IsType<RequestClaim.Answered>(await keys.ClaimAsync(w.Officer, "k1", "a", default));
        w.Time.Advance(TimeSpan.FromHours(24));
        Assert.IsType<RequestClaim.Ours>(await keys.ClaimAsync(w.Officer, "k1", "a", default));
    }
}

public sealed class RequestKeyOnSqliteTests() : RequestKeyTests(Db.Sqlite);

public sealed class RequestKeyOnPostgresTests() : RequestKeyTests(Db.Postgres);
