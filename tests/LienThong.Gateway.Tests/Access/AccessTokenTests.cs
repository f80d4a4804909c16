using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Access;

/// <summary>Sessions and bearer tokens.</summary>
public abstract class AccessTokenTests(Db db)
{
    [Fact]
    public async Task A_session_ends_when_idle_and_after_its_time_in_any_case()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { Sessions = new SessionRules { IdleMinutes = 30, Hours = 1 } }));
        await w.UserAsync("lan", [], FacilityScope.Only());
        string idle = (await w.EnterAsync("lan")).Token, used = (await w.EnterAsync("lan")).Token;

        w.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.NotNull(await w.Users.FindBySessionAsync(used, default));
        w.Time.Advance(TimeSpan.FromMinutes(20));

        Assert.Null(await w.Users.FindBySessionAsync(idle, default));
        Assert.NotNull(await w.Users.FindBySessionAsync(used, default));
        w.Time.Advance(TimeSpan.FromMinutes(21));
        Assert.Null(await w.Users.FindBySessionAsync(used, default));
    }

    [Fact]
    public async Task Sessions_are_listed_with_device_and_last_use_and_can_be_ended_one_by_one_or_all()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only(A.Facility));
        Caller nam = await w.UserAsync("nam", [], FacilityScope.Only(A.Facility));
        AccessTokens tokens = w.Get<AccessTokens>();
        string first = (await w.EnterAsync("lan")).Token;
        w.Time.Advance(TimeSpan.FromMinutes(2));
        string second = (await w.EnterAsync("lan")).Token, third = (await w.EnterAsync("lan")).Token;
        OpenAccess open = (await w.Users.FindBySessionAsync(first, default))!;

        TokenView shown = Assert.Single(await tokens.OwnSessionsAsync(lan, default), s => s.Id == open.TokenId);
        Assert.Equal(("Chrome trên Windows", "192.0.2.7", w.Time.GetUtcNow()), (shown.Device, shown.Address, shown.LastSeenAt));
        Assert.Equal("no-such-session", (await tokens.RevokeOwnAsync(nam, open.TokenId, default)).Code);
        Assert.True((await tokens.RevokeOwnAsync(lan, (await w.Users.FindBySessionAsync(third, default))!.TokenId, default)).Done);
        Assert.Null(await w.Users.FindBySessionAsync(third, default));
        Assert.True((await tokens.RevokeOthersAsync(lan, open.TokenId, default)).Done);
        Assert.Null(await w.Users.FindBySessionAsync(second, default));
        Assert.NotNull(await w.Users.FindBySessionAsync(first, default));
        Assert.Equal(["lan"], (await tokens.AllSessionsAsync(w.Officer, default)).Select(s => s.UserName));
        Assert.True((await tokens.RevokeSessionsAsync(w.Officer, lan.UserId, default)).Done);
        Assert.Null(await w.Users.FindBySessionAsync(first, default));
    }

    [Fact]
    public async Task A_bearer_token_may_what_it_was_issued_for_and_no_more()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller his = await w.UserAsync("his", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility, "99002"));
        AccessTokens tokens = w.Get<AccessTokens>();
        Task<AccessChange> IssueAsync(string[]? permissions, string[]? facilities, int days = 30) =>
            tokens.IssueAsync(w.Officer, his.UserId, new TokenDraft("HIS", TimeSpan.FromDays(days), permissions, facilities), default);

        Assert.Equal("bad-token", (await IssueAsync([Permissions.ReadSensitive], null)).Code);
        Assert.Equal("bad-token", (await IssueAsync(null, ["99003"])).Code);
        Assert.Equal("bad-token", (await IssueAsync([], null)).Code);
        Assert.Equal("bad-token", (await IssueAsync(null, null, 400)).Code);
        string token = (await IssueAsync([Permissions.Ingest], [A.Facility])).Secret!;
        Caller caller = (await w.Users.FindByBearerAsync(token, "198.51.100.1", default))!.Caller;

        Assert.Equal([Permissions.Ingest], caller.Permissions);
        Assert.Equal([A.Facility], caller.Scope.Facilities);
        TokenView shown = Assert.Single((await tokens.BearersOfAsync(w.Officer, his.UserId, default))!);
        Assert.Equal(("HIS", "198.51.100.1", "officer", w.Time.GetUtcNow()), (shown.Label, shown.Address, shown.IssuedBy, shown.LastSeenAt));
        Assert.True((await tokens.RevokeAsync(w.Officer, his.UserId, shown.Id, default)).Done);
        Assert.Null(await w.Users.FindByBearerAsync(token, "", default));
    }

    [Fact]
    public async Task A_limited_token_that_manages_users_makes_nothing_stronger_than_itself()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller root = await w.UserAsync("qt", [Roles.SuperAdmin], FacilityScope.Everything);
        await w.UserAsync("manh", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility));
        string token = (await w.Get<AccessTokens>().IssueAsync(w.Officer, root.UserId, new TokenDraft("dong bo", TimeSpan.FromDays(1), [Permissions.ManageUsers, Permissions.ReadRecords], [A.Facility]), default)).Secret!;
        Caller limited = (await w.Users.FindByBearerAsync(token, "", default))!.Caller;
        UserDesk desk = w.Get<UserDesk>();

        Assert.Equal("beyond-reach", (await desk.CreateAsync(limited, new UserDraft("x", "X", null, [Roles.ClinicAdmin], FacilityScope.Only(A.Facility)), default)).Code);
        Assert.Equal("beyond-reach", (await desk.SetPasswordAsync(limited, await w.IdOfAsync("manh"), null, default)).Code);
        Assert.Equal("no-such-user", (await desk.SetDisabledAsync(limited, root.UserId, true, default)).Code);
        Assert.Equal("done", (await desk.CreateAsync(limited, new UserDraft("y", "Y", null, [Roles.Therapist], FacilityScope.Only(A.Facility)), default)).Code);
    }

    [Fact]
    public async Task What_ended_long_ago_is_forgotten()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.UserAsync("lan", [], FacilityScope.Only());
        await w.EnterAsync("lan");
        w.Time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await w.Get<AccessTokens>().SweepAsync(default));
        w.Time.Advance(TimeSpan.FromDays(11));
        Assert.Equal(1, await w.Get<AccessTokens>().SweepAsync(default));
    }
}

public sealed class AccessTokenOnSqliteTests() : AccessTokenTests(Db.Sqlite);

public sealed class AccessTokenOnPostgresTests() : AccessTokenTests(Db.Postgres);
