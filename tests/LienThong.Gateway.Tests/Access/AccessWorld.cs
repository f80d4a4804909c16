using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;

namespace LienThong.Gateway.Tests.Access;

/// <summary>What tests of the front door do again and again.</summary>
internal static class AccessWorld
{
    public const string Password = "một mật khẩu dài";

    public static Task<SignInResult> SignInAsync(this World w, string name, string password) =>
        w.Get<SignInDesk>().SignInAsync(name, password, new SignInOrigin("192.0.2.7", "Mozilla/5.0 (Windows NT 10.0) Chrome/140.0"), default);

    public static async Task<SignInResult.SignedIn> EnterAsync(this World w, string name, string password = Password) =>
        Assert.IsType<SignInResult.SignedIn>(await w.SignInAsync(name, password));

    public static async Task<string> IdOfAsync(this World w, string name) => (await w.Get<UserDesk>().FindByNameAsync(w.Officer, name, default))!.Id;

    /// <summary>A user as a caller.</summary>
    public static async Task<Caller> UserAsync(this World w, string name, string[] roles, FacilityScope scope)
    {
        UserView user = (await w.Users.CreateAsync(w.Officer, name, "Người " + name, Password, roles, scope, default))!;
        return new Caller(user.Id, name, Roles.PermissionsOf(roles), scope);
    }
}
