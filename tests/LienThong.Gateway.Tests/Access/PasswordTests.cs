using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Access;

public abstract class PasswordTests(Db db)
{
    [Theory]
    [InlineData("ngắn quá", "ít nhất 10")]
    [InlineData("nguyenlan và mèo", "tên đăng nhập")]
    [InlineData("chị Người Nguyenlan", "tên đăng nhập")]
    [InlineData("Password2026!", "phổ biến")]
    [InlineData("matkhaucuatoi", "phổ biến")]
    [InlineData("1234567890", "phổ biến")]
    [InlineData("aaaaaaaaaaaab", "lặp lại")]
    [InlineData("một câu\tcó tab", "điều khiển")]
    public async Task Weak_passwords_are_refused_with_what_is_wrong(string password, string told)
    {
        await using World w = await World.CreateAsync(db, facility: false);

        AccessChange change = await w.Get<UserDesk>().CreateAsync(w.Officer, new UserDraft("nguyenlan", "Nguyễn Lan", password, [], FacilityScope.Only()), default);

        Assert.Equal("bad-password", change.Code);
        Assert.Contains(told, change.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_password_set_by_somebody_else_has_to_be_changed_first()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        AccessChange made = await w.Get<UserDesk>().CreateAsync(w.Officer, new UserDraft("lan", "Lan", null, [Roles.Therapist], FacilityScope.Only(A.Facility)), default);
        SignInResult.SignedIn first = await w.EnterAsync("lan", made.Secret!);
        OpenAccess open = (await w.Users.FindBySessionAsync(first.Token, default))!;
        Assert.Equal(FirstStep.ChangePassword, open.FirstStep);

        Assert.True((await w.Get<OwnAccount>().ChangePasswordAsync(first.Caller, made.Secret!, AccessWorld.Password, open.TokenId, default)).Done);

        Assert.Equal(FirstStep.None, (await w.Users.FindBySessionAsync(first.Token, default))!.FirstStep);
        AccessChange reset = await w.Get<UserDesk>().SetPasswordAsync(w.Officer, first.Caller.UserId, null, default);
        Assert.Null(await w.Users.FindBySessionAsync(first.Token, default));
        Assert.Equal(FirstStep.ChangePassword, (await w.Users.FindBySessionAsync((await w.EnterAsync("lan", reset.Secret!)).Token, default))!.FirstStep);
    }

    [Fact]
    public async Task The_last_passwords_can_not_be_taken_again_and_the_one_before_them_can()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { Passwords = new PasswordRules { Remembered = 2 } }));
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only());
        async Task<string> ChangeAsync(string from, string to)
        {
            w.Time.Advance(TimeSpan.FromSeconds(1));
            return (await w.Get<OwnAccount>().ChangePasswordAsync(lan, from, to, "", default)).Code;
        }

        Assert.Equal("bad-password", await ChangeAsync(AccessWorld.Password, AccessWorld.Password));
        Assert.Equal("done", await ChangeAsync(AccessWorld.Password, "con mèo thứ hai"));
        Assert.Equal("bad-password", await ChangeAsync("con mèo thứ hai", AccessWorld.Password));
        Assert.Equal("done", await ChangeAsync("con mèo thứ hai", "con mèo thứ ba"));
        Assert.Equal("bad-password", await ChangeAsync("con mèo thứ ba", "con mèo thứ hai"));
        Assert.Equal("done", await ChangeAsync("con mèo thứ ba", AccessWorld.Password));
    }

    [Fact]
    public async Task A_password_grows_old_when_the_settings_say_so()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { Passwords = new PasswordRules { MaxAgeDays = 90 } }));
        await w.UserAsync("lan", [], FacilityScope.Only());
        Assert.Equal(FirstStep.None, (await w.Users.FindBySessionAsync((await w.EnterAsync("lan")).Token, default))!.FirstStep);

        w.Time.Advance(TimeSpan.FromDays(91));

        Assert.Equal(FirstStep.ChangePassword, (await w.Users.FindBySessionAsync((await w.EnterAsync("lan")).Token, default))!.FirstStep);
    }

    [Fact]
    public async Task Guessing_the_present_password_locks_like_signing_in()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { Lockout = new LockoutRules { Failures = 2, Minutes = 30 } }));
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only());
        async Task<string> TryAsync(string password) => (await w.Get<OwnAccount>().ChangePasswordAsync(lan, password, "một câu khác hẳn", "", default)).Code;

        Assert.Equal("wrong-password", await TryAsync("sai"));
        Assert.Equal("locked-out", await TryAsync("sai"));
        Assert.Equal("locked-out", await TryAsync(AccessWorld.Password));
        w.Time.Advance(TimeSpan.FromMinutes(20));
        Assert.IsType<SignInResult.LockedOut>(await w.SignInAsync("lan", AccessWorld.Password));
        Assert.True((await w.Get<UserDesk>().UnlockAsync(w.Officer, lan.UserId, default)).Done);
        await w.EnterAsync("lan");
    }
}

public sealed class PasswordOnSqliteTests() : PasswordTests(Db.Sqlite);

public sealed class PasswordOnPostgresTests() : PasswordTests(Db.Postgres);
