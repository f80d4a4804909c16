using System.Net;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>Nobody gets in by an address that somebody forgot.</summary>
public sealed class EndpointAccessTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Roles = ["super_admin", "clinic_admin", "front_desk", "therapist", "insurance_officer", "it_operator", "auditor"];

    /// <summary>Who may what, as people agreed to it: a line per endpoint (<c>anyone</c>, <c>signed-in</c> or a permission) with a mark per role.</summary>
    private static readonly Dictionary<string, string[]> Table = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Access", "endpoints.csv")).Skip(1)
        .Select(line => line.Split(',')).ToDictionary(cells => cells[0], cells => cells[1..], StringComparer.Ordinal);

    [Fact]
    public void Every_endpoint_is_in_the_table_with_its_permission_and_the_table_holds_no_other()
    {
        Dictionary<string, string> real = KnownEndpoint.All(server).ToDictionary(e => e.Name, e => e.Policy, StringComparer.Ordinal);

        // Lines as they would be now, to be looked at and taken over when an endpoint is added.
        File.WriteAllLines(Path.Combine(AppContext.BaseDirectory, "endpoints.now.csv"), real.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e =>
            $"{e.Key},{e.Value},{string.Join(',', Roles.Select(r => e.Value is "anyone" or "signed-in" || LienThong.Gateway.Access.Roles.Table[r].Contains(e.Value) ? "x" : ""))}"));
        Assert.Empty(real.Where(e => e.Value.Length == 0).Select(e => e.Key));
        Assert.Equal(Table.Select(r => $"{r.Key}: {r.Value[0]}").Order(StringComparer.Ordinal), real.Select(e => $"{e.Key}: {e.Value}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_endpoint_lets_in_exactly_the_roles_the_table_says()
    {
        List<string> wrong = [];
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Policy != "anyone" && Table.ContainsKey(e.Name)))
        {
            for (int i = 0; i < Roles.Length; i++)
            {
                using HttpClient client = server.Api(Roles[i]);
                using HttpResponseMessage answer = await client.SendAsync(endpoint.Request());
                bool let = answer.StatusCode != HttpStatusCode.Forbidden;
                if (let != (Table[endpoint.Name][i + 1] == "x") || answer.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.InternalServerError)
                    wrong.Add($"{Roles[i]} {endpoint.Name}: {(int)answer.StatusCode}");
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public async Task Nobody_gets_anywhere_without_signing_in()
    {
        List<string> wrong = [];
        using HttpClient client = server.Api(null);
        foreach (KnownEndpoint endpoint in KnownEndpoint.All(server).Where(e => e.Policy != "anyone"))
        {
            using HttpResponseMessage answer = await client.SendAsync(endpoint.Request());
            bool sentAway = endpoint.Name.Contains("/api/", StringComparison.Ordinal)
                ? answer.StatusCode == HttpStatusCode.Unauthorized && answer.Content.Headers.ContentType?.MediaType == "application/problem+json"
                : answer.StatusCode == HttpStatusCode.Redirect && answer.Headers.Location!.OriginalString.StartsWith("/dang-nhap", StringComparison.Ordinal);
            if (!sentAway)
                wrong.Add($"{endpoint.Name}: {(int)answer.StatusCode}");
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("lt_0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("")]
    public async Task Refuses_a_token_that_was_never_issued(string token)
    {
        using HttpClient client = server.Api(null);
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);

        using HttpResponseMessage answer = await client.GetAsync("/api/v1/records");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }
}
