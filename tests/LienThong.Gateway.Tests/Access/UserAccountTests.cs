using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Access;

public abstract class UserAccountTests(Db db)
{
    private const string Password = "một mật khẩu dài";

    [Fact]
    public async Task First_admin_is_created_once_and_may_do_everything()
    {
        await using World w = await World.CreateAsync(db, facility: false);

        string password = (await w.Users.CreateFirstAdminAsync(null, default))!;

        Assert.Null(await w.Users.CreateFirstAdminAsync(null, default));
        SignInResult.SignedIn admin = Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("Admin", password));
        Assert.True(admin.Caller.Scope.All);
        Assert.Equal(Permissions.All.Order(), admin.Caller.Permissions.Order());
        Assert.Equal("admin", (await w.Users.FindBySessionAsync(admin.Token, default))!.Caller.Name);
    }

    [Fact]
    public async Task User_has_the_permissions_of_its_roles_in_its_facilities_only()
    {
        await using World w = await World.CreateAsync(db);
        await w.Users.CreateAsync(w.Officer, "lan", "Lan", Password, [Roles.InsuranceOfficer], FacilityScope.Only(A.Facility), default);

        Caller lan = Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("LAN", Password)).Caller;

        Assert.True(lan.May(Permissions.Submit));
        Assert.False(lan.May(Permissions.ManageUsers));
        Assert.True(lan.Scope.Holds(A.Facility));
        Assert.False(lan.Scope.Holds("99002"));
        Assert.Null(await w.Users.CreateAsync(w.Officer, "Lan", "Lan hai", Password, [], FacilityScope.Only(), default));
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_user_for_a_quarter_of_an_hour()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Users.CreateAsync(w.Officer, "lan", "Lan", Password, [], FacilityScope.Only(), default);
        for (int i = 0; i < 4; i++)
            Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", "sai"));
        Assert.IsType<SignInResult.LockedOut>(await w.SignInAsync("lan", "sai"));
        Assert.IsType<SignInResult.LockedOut>(await w.SignInAsync("lan", Password));

        w.Time.Advance(TimeSpan.FromMinutes(16));

        Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("lan", Password));
    }

    [Fact]
    public async Task Unknown_and_disabled_users_are_refused_alike()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Users.CreateAsync(w.Officer, "lan", "Lan", Password, [], FacilityScope.Only(), default);
        string token = Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("lan", Password)).Token;
        Assert.True((await w.Get<UserDesk>().SetDisabledAsync(w.Officer, await w.IdOfAsync("lan"), true, default)).Done);

        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", Password));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("không ai", Password));
        Assert.Null(await w.Users.FindBySessionAsync(token, default));
    }

    [Fact]
    public async Task Tokens_are_stored_hashed_expire_and_can_be_revoked()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Users.CreateAsync(w.Officer, "his", "HIS", Password, [Roles.InsuranceOfficer], FacilityScope.Only(A.Facility), default);
        string bearer = (await w.Users.IssueBearerAsync(w.Officer, "his", "máy chủ HIS", TimeSpan.FromDays(30), default))!;
        string session = Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("his", Password)).Token;

        Assert.NotNull(await w.Users.FindByBearerAsync(bearer, "", default));
        Assert.Null(await w.Users.FindBySessionAsync(bearer, default));
        Assert.Null(await w.Users.FindByBearerAsync(session, "", default));
        Assert.DoesNotContain(await w.Database.QueryUnscopedAsync<string>("SELECT token_hash FROM access_token", null, default), h => h == bearer || h == session);
        await w.Users.SignOutAsync(session, default);
        Assert.Null(await w.Users.FindBySessionAsync(session, default));
        w.Time.Advance(TimeSpan.FromDays(31));
        Assert.Null(await w.Users.FindByBearerAsync(bearer, "", default));
    }

    [Fact]
    public async Task New_password_ends_every_session()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.Users.CreateAsync(w.Officer, "lan", "Lan", Password, [], FacilityScope.Only(), default);
        string token = Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync("lan", Password)).Token;

        Assert.True((await w.Get<UserDesk>().SetPasswordAsync(w.Officer, await w.IdOfAsync("lan"), "một câu khác hẳn", default)).Done);

        Assert.Null(await w.Users.FindBySessionAsync(token, default));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", Password));
    }

    [Fact]
    public async Task Short_password_and_unknown_role_are_refused()
    {
        await using World w = await World.CreateAsync(db, facility: false);

        await Assert.ThrowsAsync<ArgumentException>(() => w.Users.CreateAsync(w.Officer, "a", "A", "ngắn", [], FacilityScope.Only(), default));
        await Assert.ThrowsAsync<ArgumentException>(() => w.Users.CreateAsync(w.Officer, "a", "A", Password, ["vua"], FacilityScope.Only(), default));
    }

    [Fact]
    public async Task Secrets_lie_encrypted_in_the_database_and_survive_a_restart()
    {
        await using World w = await World.CreateAsync(db);
        await w.RestartAsync();
        List<byte[]> stored = await w.Database.QueryUnscopedAsync<byte[]>("SELECT portal_digest FROM facility UNION ALL SELECT key_file FROM signing_key UNION ALL SELECT key_password FROM signing_key", null, default);

        Assert.Equal(3, stored.Count);
        foreach (byte[] secret in (byte[][])[System.Text.Encoding.UTF8.GetBytes(Portal.PortalAccount.Digest("x")), World.Keys.Pfx, System.Text.Encoding.UTF8.GetBytes(World.Keys.Password)])
            Assert.All(stored, s => Assert.True(s.AsSpan().IndexOf(secret) < 0));
        await w.IngestOneAsync("LK1");
        Assert.Equal(1, (await w.DrainAsync()).Sent);
    }
}

public sealed class UserAccountOnSqliteTests() : UserAccountTests(Db.Sqlite);

public sealed class UserAccountOnPostgresTests() : UserAccountTests(Db.Postgres);
