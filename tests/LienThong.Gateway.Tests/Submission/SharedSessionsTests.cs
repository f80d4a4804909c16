using LienThong.Gateway.Facilities;
using LienThong.Gateway.Tests.Support;
using LienThong.Portal;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>Portal sessions that nodes share.</summary>
public abstract class SharedSessionsTests(Db db)
{
    private static readonly TimeSpan Hold = TimeSpan.FromMinutes(2);

    private static PortalAccount Account => new(new Uri("http://127.0.0.1:9/"), A.Facility, A.Facility[..2], A.Facility + "_BV", PortalAccount.Digest("x"));

    [Fact]
    public async Task One_logs_in_and_the_others_take_its_session()
    {
        await using World w = await World.CreateAsync(db);
        SharedSessions share = Share(w);
        SharedSession session = new("access", "id", null, w.Time.GetUtcNow().AddMinutes(9)) { RefreshToken = "refresh" };

        Assert.Null(await share.ReadAsync(Account, default));
        Assert.True(await share.TryClaimAsync(Account, "a", Hold, default));
        Assert.False(await share.TryClaimAsync(Account, "b", Hold, default));
        await share.LeaveAsync(Account, "a", session, default);

        Assert.Equal(session, await Share(w).ReadAsync(Account, default));
        Assert.True(await share.TryClaimAsync(Account, "b", Hold, default));
    }

    [Fact]
    public async Task Whoever_dies_while_logging_in_holds_the_others_up_for_a_while_only()
    {
        await using World w = await World.CreateAsync(db);
        Assert.True(await Share(w).TryClaimAsync(Account, "a", Hold, default));
        w.Time.Advance(Hold);

        Assert.True(await Share(w).TryClaimAsync(Account, "b", Hold, default));
        await Share(w).LeaveAsync(Account, "a", new SharedSession("late", "id", null, w.Time.GetUtcNow().AddMinutes(9)), default);

        Assert.Null(await Share(w).ReadAsync(Account, default));
    }

    [Fact]
    public async Task Another_password_or_account_gets_no_session_of_this_one()
    {
        await using World w = await World.CreateAsync(db);
        await KeepAsync(w, new SharedSession("access", "id", null, w.Time.GetUtcNow().AddMinutes(9)));

        Assert.Null(await Share(w).ReadAsync(Account with { PasswordDigest = PortalAccount.Digest("y") }, default));
        Assert.Null(await Share(w).ReadAsync(Account with { UserName = "khac" }, default));
        Assert.Null(await Share(w).ReadAsync(Account with { BaseAddress = new Uri("http://127.0.0.1:10/") }, default));
    }

    [Fact]
    public async Task A_refusal_holds_for_all_until_a_person_lets_the_facility_try_again()
    {
        await using World w = await World.CreateAsync(db);
        await KeepAsync(w, new SharedSession("", "", "Sai mật khẩu", w.Time.GetUtcNow().AddMinutes(15)));
        Assert.Equal("Sai mật khẩu", (await Share(w).ReadAsync(Account, default))!.Refusal);

        Assert.True((await w.Facilities.ResumeAsync(w.Officer, A.Facility, default)).Ok);

        Assert.Null(await Share(w).ReadAsync(Account, default));
    }

    [Fact]
    public async Task Tokens_do_not_lie_readable_in_the_database()
    {
        await using World w = await World.CreateAsync(db);
        await KeepAsync(w, new SharedSession("mã-phiên-bí-mật", "id", null, w.Time.GetUtcNow().AddMinutes(9)));

        byte[] stored = (await w.Database.QueryUnscopedAsync<byte[]>("SELECT session FROM portal_session", null, default)).Single();

        Assert.Equal(-1, stored.AsSpan().IndexOf("bí-mật"u8));
        Assert.Equal(-1, stored.AsSpan().IndexOf("AccessToken"u8));
    }

    private static SharedSessions Share(World w) => new(w.Database, w.Get<Secrets>());

    private static async Task KeepAsync(World w, SharedSession session)
    {
        Assert.True(await Share(w).TryClaimAsync(Account, "a", Hold, default));
        await Share(w).LeaveAsync(Account, "a", session, default);
    }
}

public sealed class SqliteSharedSessionsTests() : SharedSessionsTests(Db.Sqlite);

public sealed class PostgresSharedSessionsTests() : SharedSessionsTests(Db.Postgres);
