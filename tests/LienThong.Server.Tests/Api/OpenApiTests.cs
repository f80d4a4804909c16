using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Api;

/// <summary><c>/openapi/v1.json</c>.</summary>
public sealed class OpenApiTests(RunningServer server) : IClassFixture<RunningServer>
{
    private static readonly string[] Operations =
    [
        "get /api/v1/causes", "get /api/v1/causes/{key}", "get /api/v1/causes/{key}/records", "get /api/v1/exceptions", "get /api/v1/exceptions/{id}",
        "get /api/v1/exceptions/{id}/findings", "get /api/v1/records", "get /api/v1/records/{id}", "get /api/v1/records/{id}/findings",
        "get /api/v1/records/findings/export", "get /api/v1/rejudgements", "get /api/v1/rejudgements/{id}", "get /api/v1/rules",
        "get /api/v1/rules/trials/{id}", "get /api/v1/rules/{code}", "get /api/v1/submissions", "get /health", "post /api/v1/causes/{key}/rejudge",
        "post /api/v1/exceptions", "post /api/v1/exceptions/preview", "post /api/v1/exceptions/{id}/approve", "post /api/v1/exceptions/{id}/end",
        "post /api/v1/exceptions/{id}/refuse", "post /api/v1/marks/{id}/withdraw", "post /api/v1/packages", "post /api/v1/records/{id}/correct",
        "post /api/v1/records/{id}/hold", "post /api/v1/records/{id}/marks", "post /api/v1/records/{id}/release", "post /api/v1/records/{id}/resend",
        "post /api/v1/rejudgements", "post /api/v1/rejudgements/{id}/pause", "post /api/v1/rejudgements/{id}/resume",
        "post /api/v1/rejudgements/{id}/stop", "post /api/v1/rules/trials", "post /api/v1/check", "get /api/v1/catalogues",
        "get /api/v1/catalogues/{list}/changes", "get /api/v1/catalogues/{list}/codes/{code}", "get /api/v1/catalogues/{list}/editions",
        "post /api/v1/catalogues/imports", "post /api/v1/catalogues/{list}/restore", "get /api/v1/catalogues/{list}/rows",
        "post /api/v1/catalogues/{list}/acceptance", "post /api/v1/catalogues/{list}/setting", "get /api/v1/custom-rules",
        "get /api/v1/custom-rules/{facility}/{name}/versions", "post /api/v1/custom-rules/check", "put /api/v1/custom-rules/{facility}/{name}",
        "post /api/v1/custom-rules/{facility}/{name}/switch", "get /api/v1/files/{id}", "get /api/v1/folders", "post /api/v1/folders", "put /api/v1/folders/{id}",
        "delete /api/v1/folders/{id}", "post /api/v1/folders/{id}/test", "get /api/v1/folders/{id}/files", "get /api/v1/records/{id}/trace",
        "post /api/v1/records/{id}/keep", "post /api/v1/visits", "post /api/v1/visits/batch", "get /schemas/visit-1.schema.json", "get /api/v1/mappings",
        "get /api/v1/mappings/{facility}/{name}/versions", "put /api/v1/mappings/{facility}/{name}", "get /api/v1/visits/template.xlsx", "get /api/v1/signing-keys", "post /api/v1/signing-keys",
        "put /api/v1/signing-keys/{id}/days", "post /api/v1/signing-keys/{id}/test", "post /api/v1/signing-keys/{id}/unlock", "delete /api/v1/signing-keys/{id}",
        "post /api/v1/cards/lookups", "get /api/v1/cards/lookups", "get /api/v1/cards/lookups/{id}", "get /api/v1/cards/lookups/{id}/answer", "get /api/v1/cards/unverified",
        "post /api/v1/cards/unverified/{id}/close", "get /api/v1/cards/changes", "post /api/v1/cards/changes/{id}/seen", "post /api/v1/cards/watch", "get /api/v1/cards/settings",
        "put /api/v1/cards/settings/{facility}", "put /api/v1/cards/staff/{facility}",
        "get /api/v1/reconciliations", "post /api/v1/reconciliations", "get /api/v1/reconciliations/{id}", "post /api/v1/reconciliations/{id}/apply",
        "get /api/v1/reconciliations/{id}/differences", "get /api/v1/reconciliations/{id}/export", "get /api/v1/reconciliations/cases/{group}", "get /api/v1/reconciliations/unconfirmed",
        "get /api/v1/check-ins", "post /api/v1/check-ins", "get /api/v1/check-ins/{id}", "get /api/v1/check-ins/ages", "get /api/v1/check-ins/settings", "put /api/v1/check-ins/settings",
        "post /api/v1/check-ins/{id}/retry", "post /api/v1/check-ins/{id}/close", "get /api/v1/deliveries", "post /api/v1/deliveries", "get /api/v1/deliveries/counts",
        "get /api/v1/deliveries/{id}", "post /api/v1/deliveries/{id}/retry", "post /api/v1/deliveries/{id}/hold", "post /api/v1/deliveries/{id}/release",
        "post /api/v1/deliveries/{id}/close", "post /api/v1/deliveries/{id}/confirm", "get /api/v1/channels", "post /api/v1/channels", "put /api/v1/channels/{id}",
        "put /api/v1/channels/national/window", "delete /api/v1/channels/{id}", "post /api/v1/channels/{id}/enable", "post /api/v1/channels/{id}/disable", "post /api/v1/channels/{id}/test",
        "get /api/v1/records/{id}/diff", "get /api/v1/change-reasons", "get /api/v1/facilities/{code}/doctor", "post /api/v1/facilities/{code}/doctor", "get /api/v1/result-codes",
        "get /api/v1/deadlines", "get /api/v1/deadlines/timeliness", "get /api/v1/deadlines/rules", "get /api/v1/deadlines/settings", "put /api/v1/deadlines/settings",
        "get /api/v1/duties", "post /api/v1/duties", "post /api/v1/duties/{id}/done", "post /api/v1/duties/{id}/drop", "post /api/v1/duties/{id}/reopen",
        "get /api/v1/incidents", "post /api/v1/incidents", "get /api/v1/incidents/{id}", "put /api/v1/incidents/{id}", "post /api/v1/incidents/{id}/close",
        "post /api/v1/incidents/{id}/withdraw", "post /api/v1/incidents/{id}/send-now", "post /api/v1/incidents/{id}/files", "get /api/v1/incidents/{id}/files/{file}",
        "get /api/v1/incidents/{id}/proof", "get /api/v1/calendar", "put /api/v1/calendar/{day}", "delete /api/v1/calendar/{day}", "get /api/v1/facilities",
        "put /api/v1/facilities/{facility}/portal-account", "put /api/v1/facilities/{facility}/pace", "post /api/v1/facilities/{facility}/stop",
        "post /api/v1/facilities/{facility}/resume", "post /api/v1/facilities/{facility}/retry", "get /api/v1/system/jobs",
        "delete /api/v1/me/sessions", "delete /api/v1/me/sessions/{token}", "delete /api/v1/me/tokens/{token}", "delete /api/v1/users/{id}/sessions",
        "delete /api/v1/users/{id}/sessions/{token}", "delete /api/v1/users/{id}/tokens/{token}", "get /api/v1/audit", "get /api/v1/audit/export",
        "get /api/v1/me", "get /api/v1/me/sessions", "get /api/v1/me/tokens", "get /api/v1/sessions",
        "get /api/v1/users", "get /api/v1/users/{id}", "get /api/v1/users/{id}/sessions", "get /api/v1/users/{id}/tokens",
        "post /api/v1/audit/verify", "post /api/v1/me/second-factor", "post /api/v1/me/second-factor/confirm", "post /api/v1/me/second-factor/recovery-codes",
        "post /api/v1/me/second-factor/remove", "post /api/v1/users", "post /api/v1/users/{id}/disable", "post /api/v1/users/{id}/enable",
        "post /api/v1/users/{id}/second-factor/reset", "post /api/v1/users/{id}/tokens", "post /api/v1/users/{id}/unlock", "put /api/v1/me/password",
        "put /api/v1/users/{id}", "put /api/v1/users/{id}/password",
    ];

    // What an operation may answer when it went well; only the last one says nothing.
    private static readonly string[] Fine = ["200", "201", "202", "207", "204"];

    [Fact]
    public async Task Describes_every_operation_with_summary_and_answers()
    {
        JsonElement document = await ReadAsync();
        List<string> found = [];
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
            {
                found.Add($"{operation.Name} {path.Name}");
                Assert.NotEqual("", operation.Value.GetProperty("summary").GetString());
                JsonElement responses = operation.Value.GetProperty("responses");
                string fine = Fine.FirstOrDefault(status => responses.TryGetProperty(status, out _)) ?? "";
                Assert.True(fine.Length > 0, path.Name);
                Assert.True(fine == "204" || responses.GetProperty(fine).TryGetProperty("content", out _), $"{operation.Name} {path.Name} doesn't say what it answers");
                if (path.Name.StartsWith("/api/", StringComparison.Ordinal))
                    Assert.True(operation.Value.GetProperty("responses").GetProperty("401").GetProperty("content").TryGetProperty("application/problem+json", out _));
            }
        }

        Assert.Equal(Operations.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Every_reference_leads_somewhere()
    {
        JsonElement document = await ReadAsync();
        List<string> references = [];
        void Collect(JsonElement at)
        {
            if (at.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty member in at.EnumerateObject())
                {
                    if (member is { Name: "$ref", Value.ValueKind: JsonValueKind.String })
                        references.Add(member.Value.GetString()!);
                    Collect(member.Value);
                }
            }
            else if (at.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement item in at.EnumerateArray())
                    Collect(item);
            }
        }
        Collect(document);

        Assert.NotEmpty(references);
        foreach (string reference in references.Distinct())
        {
            JsonElement at = document;
            foreach (string part in reference.Split('/').Skip(1))
                Assert.True(at.TryGetProperty(part, out at), reference);
        }
    }

    [Fact]
    public async Task Every_operation_but_health_asks_for_a_bearer_token()
    {
        JsonElement document = await ReadAsync();

        JsonElement scheme = document.GetProperty("components").GetProperty("securitySchemes").GetProperty("Bearer");
        Assert.Equal("bearer", scheme.GetProperty("scheme").GetString());
        Assert.Contains("Authorization: Bearer <token>", scheme.GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("lienthong token", document.GetRawText(), StringComparison.Ordinal);
        foreach (JsonProperty path in document.GetProperty("paths").EnumerateObject().Where(p => p.Name.StartsWith("/api/", StringComparison.Ordinal)))
        {
            foreach (JsonProperty operation in path.Value.EnumerateObject())
                Assert.True(operation.Value.GetProperty("security")[0].TryGetProperty("Bearer", out _), path.Name);
        }
    }

    private async Task<JsonElement> ReadAsync()
    {
        using HttpClient client = server.Api(null);
        return JsonDocument.Parse(await client.GetStringAsync("/openapi/v1.json")).RootElement;
    }
}
