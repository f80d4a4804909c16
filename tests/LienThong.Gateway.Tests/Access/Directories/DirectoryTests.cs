using System.DirectoryServices.Protocols;
using System.Net;
using LienThong.Gateway.Access;
using LienThong.Gateway.Access.Directories;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Access.Directories;

/// <summary>Signing in through a real OpenLDAP server.</summary>
public abstract class DirectoryTests(Db db)
{
    private const string Group = "cn=giam-dinh,ou=nhom," + SlapdServer.Suffix;

    [Fact]
    public async Task Somebody_of_the_directory_gets_in_with_the_roles_and_facilities_of_the_groups_and_no_password_is_kept()
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o);

        Caller lan = (await w.EnterAsync("LAN", "mat-khau-cua-lan")).Caller;

        Assert.Equal("lan", lan.Name);
        Assert.True(lan.May(Permissions.Submit));
        Assert.Equal([A.Facility, "99002"], lan.Scope.Facilities.Order());
        UserView kept = Assert.Single(await w.Get<UserDesk>().ListAsync(w.Officer, default));
        Assert.Equal(("Nguyễn Thị Lan", "directory"), (kept.DisplayName, kept.Source));
        Assert.Equal("", Assert.Single(await w.Database.QueryUnscopedAsync<string>("SELECT password_hash FROM app_user", null, default)));
        Assert.Equal("directory-user", (await w.Get<UserDesk>().SetPasswordAsync(w.Officer, lan.UserId, null, default)).Code);
        Assert.Equal("directory-user", (await w.Get<OwnAccount>().ChangePasswordAsync(lan, "mat-khau-cua-lan", "một câu khác hẳn", "", default)).Code);
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", "sai"));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("khong-ai", "sai"));
        Assert.IsType<SignInResult.NoRole>(await w.SignInAsync("nam", "mat-khau-cua-nam"));
    }

    [Theory]
    [InlineData("*")]
    [InlineData("la*")]
    [InlineData("lan)(uid=*")]
    [InlineData("*)(|(objectClass=*)")]
    [InlineData("lan\0")]
    public async Task A_name_never_means_anything_in_the_filter(string name)
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o);

        Assert.IsType<SignInResult.Refused>(await w.SignInAsync(name, "mat-khau-cua-lan"));
        Assert.Empty(await w.Get<UserDesk>().ListAsync(w.Officer, default));
    }

    [Fact]
    public async Task An_empty_password_never_opens_and_a_name_with_a_password_here_is_never_the_directory_s()
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o);
        await w.Users.CreateFirstAdminAsync(AccessWorld.Password, default);

        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", ""));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("admin", "mat-khau-gia"));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("ａdmin", "mat-khau-gia"));
        await w.EnterAsync("admin");
    }

    [Theory]
    [InlineData(DirectorySecurity.Ldaps)]
    [InlineData(DirectorySecurity.StartTls)]
    public async Task With_TLS_only_the_private_authority_is_believed(DirectorySecurity security)
    {
        using SlapdServer slapd = await SlapdServer.StartAsync(demandsTls: true);
        string server = $"127.0.0.1:{(security == DirectorySecurity.Ldaps ? slapd.TlsPort : slapd.Port)}";
        string empty = Directory.CreateDirectory(Path.Combine(slapd.Folder, "leer")).FullName;
        await using World trusting = await CreateAsync(slapd, o => o with { Servers = [server], Security = security, CaFolder = slapd.CaFolder });
        await using World plain = await CreateAsync(slapd, o => o);
        await using World wary = await CreateAsync(slapd, o => o with { Servers = [server], Security = security, CaFolder = empty });

        await trusting.EnterAsync("lan", "mat-khau-cua-lan");
        Assert.IsType<SignInResult.DirectoryDown>(await wary.SignInAsync("lan", "mat-khau-cua-lan"));
        Assert.IsType<SignInResult.DirectoryDown>(await plain.SignInAsync("lan", "mat-khau-cua-lan"));
    }

    [Fact]
    public async Task A_server_that_is_down_is_told_and_local_users_and_the_next_server_still_work()
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o with { Servers = ["127.0.0.1:1", .. o.Servers] });
        await w.Users.CreateFirstAdminAsync(AccessWorld.Password, default);
        string session = (await w.EnterAsync("lan", "mat-khau-cua-lan")).Token;

        slapd.Stop();

        Assert.IsType<SignInResult.DirectoryDown>(await w.SignInAsync("lan", "mat-khau-cua-lan"));
        Assert.IsType<SignInResult.DirectoryDown>(await w.SignInAsync("chua-biet", "mat-khau-gi-do"));
        await w.EnterAsync("admin");
        Assert.Equal(0, await w.Get<DirectoryUsers>().RefreshAsync(default));
        Assert.NotNull(await w.Users.FindBySessionAsync(session, default));
    }

    [Fact]
    public async Task Whoever_is_gone_or_changed_there_is_gone_or_changed_here()
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o);
        SignInResult.SignedIn lan = await w.EnterAsync("lan", "mat-khau-cua-lan");
        Assert.Equal(0, await w.Get<DirectoryUsers>().RefreshAsync(default));

        Change(slapd, new ModifyRequest("cn=xem,ou=nhom," + SlapdServer.Suffix, DirectoryAttributeOperation.Replace, "member", "uid=nam,ou=nguoi," + SlapdServer.Suffix));
        Assert.Equal(1, await w.Get<DirectoryUsers>().RefreshAsync(default));
        Assert.Null(await w.Users.FindBySessionAsync(lan.Token, default));
        lan = await w.EnterAsync("lan", "mat-khau-cua-lan");
        Assert.Equal([A.Facility], lan.Caller.Scope.Facilities);

        string bearer = (await w.Get<AccessTokens>().IssueAsync(w.Officer, lan.Caller.UserId, new TokenDraft("x", TimeSpan.FromDays(9)), default)).Secret!;
        Change(slapd, new ModifyRequest("uid=lan,ou=nguoi," + SlapdServer.Suffix, DirectoryAttributeOperation.Add, "employeeType", "disabled"));
        Assert.IsType<SignInResult.Refused>(await w.SignInAsync("lan", "mat-khau-cua-lan"));
        Assert.Equal(1, await w.Get<DirectoryUsers>().RefreshAsync(default));
        Assert.Null(await w.Users.FindBySessionAsync(lan.Token, default));
        Assert.Null(await w.Users.FindByBearerAsync(bearer, "", default));
    }

    [Fact]
    public async Task Groups_can_be_read_from_an_attribute_of_the_user()
    {
        using SlapdServer slapd = await SlapdServer.StartAsync();
        await using World w = await CreateAsync(slapd, o => o with { GroupFilter = null, GroupAttribute = "businessCategory" });

        Caller lan = (await w.EnterAsync("lan", "mat-khau-cua-lan")).Caller;

        Assert.Equal([A.Facility], lan.Scope.Facilities);
    }

    private Task<World> CreateAsync(SlapdServer slapd, Func<DirectoryOptions, DirectoryOptions> change)
    {
        DirectoryOptions options = change(new DirectoryOptions
        {
            Servers = [$"127.0.0.1:{slapd.Port}"],
            Security = DirectorySecurity.None,
            SearchAccount = SlapdServer.Searcher,
            PasswordFile = slapd.PasswordFile,
            SearchBase = "ou=nguoi," + SlapdServer.Suffix,
            UserFilter = "(&(objectClass=inetOrgPerson)(uid={name})(!(employeeType=disabled)))",
            GroupBase = "ou=nhom," + SlapdServer.Suffix,
            GroupFilter = "(member={dn})",
            Groups = [new DirectoryGroup(Group, [Roles.InsuranceOfficer], [A.Facility]), new DirectoryGroup("cn=xem, ou=nhom, " + SlapdServer.Suffix, [Roles.Auditor], ["99002"])],
        });
        return World.CreateAsync(db, facility: false, configure: s => s.AddSingleton<IDirectory>(new LdapDirectory(options)));
    }

    private static void Change(SlapdServer slapd, ModifyRequest request)
    {
        using LdapConnection connection = new(new LdapDirectoryIdentifier("127.0.0.1", slapd.Port)) { AuthType = AuthType.Basic };
        connection.SessionOptions.ProtocolVersion = 3;
        connection.Bind(new NetworkCredential(SlapdServer.Root, SlapdServer.Secret));
        connection.SendRequest(request);
    }
}

public sealed class DirectoryOnSqliteTests() : DirectoryTests(Db.Sqlite);

public sealed class DirectoryOnPostgresTests() : DirectoryTests(Db.Postgres);
