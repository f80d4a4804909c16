using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Access;

/// <summary>Whoever manages users of a facility gets no further by it.</summary>
public abstract class ReachTests(Db db)
{
    private const string Other = "99002";

    [Fact]
    public async Task A_facility_admin_sees_users_of_own_facilities_only_and_foreign_ones_are_as_unknown()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller admin = await w.UserAsync("qt1", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility));
        await w.UserAsync("khac", [Roles.Therapist], FacilityScope.Only(Other));
        await w.UserAsync("hai-noi", [Roles.Therapist], FacilityScope.Only(A.Facility, Other));
        await w.UserAsync("tat-ca", [Roles.SuperAdmin], FacilityScope.Everything);
        await w.UserAsync("khong-noi", [Roles.Therapist], FacilityScope.Only());
        UserDesk desk = w.Get<UserDesk>();

        Assert.Equal(["qt1"], (await desk.ListAsync(admin, default)).Select(u => u.Name));
        AccessChange unknown = await desk.SetDisabledAsync(admin, Guid.NewGuid().ToString(), true, default);
        foreach (string name in (string[])["khac", "hai-noi", "tat-ca", "khong-noi"])
        {
            string id = await w.IdOfAsync(name);
            Assert.Null(await desk.FindAsync(admin, id, default));
            Assert.Equal(unknown, await desk.SetDisabledAsync(admin, id, true, default));
            Assert.Equal(unknown, await desk.SetPasswordAsync(admin, id, null, default));
            Assert.Equal(unknown, await desk.SetGrantsAsync(admin, id, "X", [Roles.Therapist], FacilityScope.Only(A.Facility), default));
            Assert.Equal(unknown, await desk.ResetSecondFactorAsync(admin, id, default));
            Assert.Equal(unknown, await w.Get<AccessTokens>().IssueAsync(admin, id, new TokenDraft("x", TimeSpan.FromDays(1)), default));
            Assert.Null(await w.Get<AccessTokens>().SessionsOfAsync(admin, id, default));
        }
        Assert.Equal(5, (await desk.ListAsync(w.Officer, default)).Count);
    }

    [Theory]
    [InlineData(Roles.SuperAdmin, A.Facility, "beyond-reach")]
    [InlineData(Roles.InsuranceOfficer, A.Facility, "beyond-reach")]
    [InlineData(Roles.Auditor, A.Facility, "beyond-reach")]
    [InlineData(Roles.Therapist, Other, "beyond-reach")]
    [InlineData(Roles.Therapist, "*", "beyond-reach")]
    [InlineData(Roles.Therapist, "", "beyond-reach")]
    [InlineData(Roles.Therapist, A.Facility, "done")]
    [InlineData(Roles.ClinicAdmin, A.Facility, "done")]
    public async Task A_facility_admin_gives_nothing_it_does_not_have(string role, string facility, string code)
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller admin = await w.UserAsync("qt1", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility));
        await w.UserAsync("lan", [Roles.FrontDesk], FacilityScope.Only(A.Facility));
        FacilityScope scope = facility == "*" ? FacilityScope.Everything : facility.Length == 0 ? FacilityScope.Only() : FacilityScope.Only(facility);
        UserDesk desk = w.Get<UserDesk>();

        Assert.Equal(code, (await desk.CreateAsync(admin, new UserDraft("moi", "Mới", null, [role], scope), default)).Code);
        Assert.Equal(code, (await desk.SetGrantsAsync(admin, await w.IdOfAsync("lan"), "Lan", [role], scope, default)).Code);
    }

    [Fact]
    public async Task A_stronger_user_of_the_own_facility_is_seen_but_can_not_be_taken_over()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller admin = await w.UserAsync("qt1", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility));
        await w.UserAsync("manh", [Roles.SuperAdmin], FacilityScope.Only(A.Facility));
        string id = await w.IdOfAsync("manh");
        UserDesk desk = w.Get<UserDesk>();

        Assert.NotNull(await desk.FindAsync(admin, id, default));
        Assert.Equal("beyond-reach", (await desk.SetPasswordAsync(admin, id, null, default)).Code);
        Assert.Equal("beyond-reach", (await desk.ResetSecondFactorAsync(admin, id, default)).Code);
        Assert.Equal("beyond-reach", (await w.Get<AccessTokens>().IssueAsync(admin, id, new TokenDraft("x", TimeSpan.FromDays(1)), default)).Code);
    }

    [Fact]
    public async Task Nobody_changes_the_own_roles_or_locks_himself_out()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller admin = await w.UserAsync("qt", [Roles.SuperAdmin], FacilityScope.Everything);
        UserDesk desk = w.Get<UserDesk>();

        Assert.Equal("own-account", (await desk.SetGrantsAsync(admin, admin.UserId, "X", [], FacilityScope.Only(), default)).Code);
        Assert.Equal("own-account", (await desk.SetDisabledAsync(admin, admin.UserId, true, default)).Code);
        Assert.Equal("own-account", (await desk.SetPasswordAsync(admin, admin.UserId, null, default)).Code);
        Assert.Equal("own-account", (await desk.ResetSecondFactorAsync(admin, admin.UserId, default)).Code);
    }

    [Fact]
    public async Task Changed_roles_end_the_sessions_and_shrink_the_tokens()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        await w.UserAsync("lan", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility, Other));
        string session = (await w.EnterAsync("lan")).Token;
        string id = await w.IdOfAsync("lan");
        string bearer = (await w.Get<AccessTokens>().IssueAsync(w.Officer, id, new TokenDraft("HIS", TimeSpan.FromDays(30)), default)).Secret!;

        await w.Get<UserDesk>().SetGrantsAsync(w.Officer, id, "Lan mới", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility, Other), default);
        Assert.NotNull(await w.Users.FindBySessionAsync(session, default));
        Assert.True((await w.Get<UserDesk>().SetGrantsAsync(w.Officer, id, "Lan", [Roles.Therapist], FacilityScope.Only(A.Facility), default)).Done);

        Assert.Null(await w.Users.FindBySessionAsync(session, default));
        Caller his = (await w.Users.FindByBearerAsync(bearer, "", default))!.Caller;
        Assert.Equal([Permissions.ReadRecords], his.Permissions);
        Assert.Equal([A.Facility], his.Scope.Facilities);
    }
}

public sealed class ReachOnSqliteTests() : ReachTests(Db.Sqlite);

public sealed class ReachOnPostgresTests() : ReachTests(Db.Postgres);
