using System.Text.Json;
using LienThong.Cli.Tests.Support;

namespace LienThong.Cli.Tests;

/// <summary><c>user</c>, <c>token</c> and <c>audit</c>, and the file <c>access.json</c>.</summary>
public sealed class AccessTests : IDisposable
{
    private readonly Folder folder = new();
    private readonly string data;

    public AccessTests() => data = folder.At("data");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_user_is_created_granted_disabled_and_the_log_verifies()
    {
        await Command.RunAsync("migrate", "--data", data);

        Outcome made = await Command.RunAsync("user", "create", "lan", "--data", data, "--display-name", "Nguyễn Lan", "--role", "therapist", "--facility", "99001");
        Assert.True(made.Exit == 0, made.ToString());
        Assert.Contains("Chỉ hiện lần này: ", made.Out, StringComparison.Ordinal);
        Assert.Equal(1, (await Command.RunAsync("user", "create", "lan", "--data", data)).Exit);
        Assert.Equal(1, (await Command.RunAsync("user", "create", "x", "--data", data, "--role", "vua")).Exit);
        Assert.Equal(0, (await Command.RunAsync("user", "grant", "lan", "--data", data, "--role", "insurance_officer", "--facility", "*")).Exit);
        Assert.Equal(0, (await Command.RunAsync("user", "disable", "lan", "--data", data)).Exit);
        Outcome nobody = await Command.RunAsync("user", "password", "ai-do", "--data", data);
        Assert.Equal(2, nobody.Exit);
        Assert.Contains("ai-do", nobody.Error, StringComparison.Ordinal);

        JsonElement user = Assert.Single((await Command.RunAsync("user", "list", "--data", data, "--output", "json")).Json.GetProperty("users").EnumerateArray());
        Assert.Equal(("lan", "Nguyễn Lan", "insurance_officer", "*", true), (
            user.GetProperty("name").GetString(), user.GetProperty("displayName").GetString(), user.GetProperty("roles").GetString(), user.GetProperty("facilities").GetString(), user.GetProperty("disabled").GetBoolean()));
        Outcome log = await Command.RunAsync("audit", "list", "--data", data, "--action", "user.", "--output", "json");
        Assert.Equal(["user.disabled", "user.granted", "user.created"], log.Json.GetProperty("entries").EnumerateArray().Select(e => e.GetProperty("action").GetString()));
        Assert.Equal(0, (await Command.RunAsync("audit", "verify", "--data", data)).Exit);
    }

    [Fact]
    public async Task A_token_is_issued_once_listed_without_itself_and_revoked()
    {
        await Command.RunAsync("migrate", "--data", data);
        await Command.RunAsync("user", "create", "his", "--data", data, "--role", "insurance_officer", "--facility", "99001");

        Outcome issued = await Command.RunAsync("token", "issue", "his", "--data", data, "--label", "HIS", "--days", "30", "--permission", "records.ingest");
        Assert.True(issued.Exit == 0, issued.ToString());
        string token = issued.Out.Trim().Split(' ')[^1];
        Assert.StartsWith("lt_", token, StringComparison.Ordinal);
        Assert.Equal(1, (await Command.RunAsync("token", "issue", "his", "--data", data, "--label", "HIS", "--permission", "users.manage")).Exit);

        Outcome listed = await Command.RunAsync("token", "list", "his", "--data", data, "--output", "json");
        Assert.DoesNotContain(token, listed.Out, StringComparison.Ordinal);
        JsonElement one = Assert.Single(listed.Json.GetProperty("tokens").EnumerateArray());
        Assert.Equal(("HIS", "records.ingest", "*", "cli"), (one.GetProperty("label").GetString(), one.GetProperty("permissions").GetString(), one.GetProperty("facilities").GetString(), one.GetProperty("issuedBy").GetString()));
        Assert.Equal(2, (await Command.RunAsync("token", "revoke", "his", "abc", "--data", data)).Exit);
        Assert.Equal(0, (await Command.RunAsync("token", "revoke", "his", one.GetProperty("id").GetString()![..12], "--data", data)).Exit);
        Assert.Empty((await Command.RunAsync("token", "list", "his", "--data", data, "--output", "json")).Json.GetProperty("tokens").EnumerateArray());
    }

    [Theory]
    [InlineData("{ \"passwords\": { \"minLength\": 3 } }", "passwords.minLength")]
    [InlineData("{ \"password\": { } }", "password")]
    [InlineData("{ \"secondFactor\": { \"requiredFor\": [\"vua\"] } }", "vua")]
    [InlineData("{ \"directory\": { \"servers\": [], \"searchBase\": \"dc=x\", \"userFilter\": \"(uid={name})\", \"groups\": [] } }", "directory.servers")]
    [InlineData("{ \"directory\": { \"servers\": [\"a\"], \"searchBase\": \"dc=x\", \"userFilter\": \"(uid=x)\", \"groups\": [] } }", "{name}")]
    [InlineData("không phải json", "dòng 1")]
    public async Task Settings_that_can_t_be_are_refused_with_their_place(string content, string told)
    {
        await Command.RunAsync("migrate", "--data", data);
        await File.WriteAllTextAsync(Path.Combine(data, "access.json"), content);

        Outcome refused = await Command.RunAsync("user", "list", "--data", data);

        Assert.Equal(2, refused.Exit);
        Assert.Contains("access.json", refused.Error, StringComparison.Ordinal);
        Assert.Contains(told, refused.Error, StringComparison.Ordinal);
    }
}
