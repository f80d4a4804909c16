using System.Net.Http.Json;
using System.Text.Json;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Operating;

/// <summary>Recurring jobs over the API and in <c>/health</c>, on a server that runs them.</summary>
public sealed class JobApiTests : IAsyncLifetime
{
    private readonly RunningServer server = new() { Options = options => options with { RunsWorkers = true } };

    public Task InitializeAsync() => server.InitializeAsync();

    public Task DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Jobs_are_shown_with_their_last_and_next_run()
    {
        using HttpClient api = server.Api("it_operator");

        JsonElement[] jobs = await ReadAsync(api);
        // The job that runs most seldom runs at the start, too.
        using (CancellationTokenSource limit = new(TimeSpan.FromSeconds(120)))
        {
            while (jobs.Any(j => j.GetProperty("state").GetString() == "waiting"))
            {
                await Task.Delay(50, limit.Token);
                jobs = await ReadAsync(api);
            }
        }

        Assert.Equal(["deadlines", "duties", "exceptions", "certificates", "cards", "access"], jobs.Select(j => j.GetProperty("name").GetString()));
        Assert.All(jobs, job =>
        {
            Assert.Equal("Lần chạy gần nhất tốt", job.GetProperty("stateText").GetString());
            Assert.Equal(JsonValueKind.Null, job.GetProperty("error").ValueKind);
            DateTimeOffset ended = job.GetProperty("endedAt").GetDateTimeOffset(), next = job.GetProperty("nextAt").GetDateTimeOffset();
            Assert.Equal(job.GetProperty("everySeconds").GetDouble(), (next - ended).TotalSeconds, 3);
        });
        JsonElement health = await server.Api(null).GetFromJsonAsync<JsonElement>("/health");
        Assert.Equal("ok", health.GetProperty("checks").GetProperty("jobs").GetProperty("status").GetString());
    }

    private static async Task<JsonElement[]> ReadAsync(HttpClient api) => (await api.GetFromJsonAsync<JsonElement[]>("/api/v1/system/jobs"))!;
}
