using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using LienThong.Gateway;
using LienThong.Gateway.Access;
using LienThong.Gateway.Catalogues;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Samples;
using LienThong.Server;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Bench;

/// <summary>How long <c>POST /api/check</c> takes for an outpatient visit, over HTTP, with the sample facility's lists imported and records stored.</summary>
internal static class CheckLatency
{
    private const int Requests = 1_000;
    private const int Stored = 2_000;
    private const int WarmUp = 300;

    public static async Task RunAsync(TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("lienthong-bench-").FullName;
        WebApplication app = ServerHost.Create(new ServerOptions
        {
            Gateway = new GatewayOptions { DataFolder = folder },
            Urls = "http://127.0.0.1:0",
            AdminPassword = "mat-khau-cua-phep-do",
            RunsWorkers = false,
        });
        try
        {
            await ServerHost.PrepareAsync(app, default);
            await app.StartAsync();
            int lists = await FillAsync(app.Services);
            using HttpClient client = await ClientAsync(app);
            byte[][] visits = [.. Enumerable.Range(Stored, 200).Select(i => Subjects.Package(SampleKind.Outpatient, i))];
            await MeasureAsync(client, visits, WarmUp, 1);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Outpatient visits of {visits.Average(v => v.Length) / 1024:F0} KB, {lists} lists imported, {Stored} records stored; client and server on the same machine."));
            output.WriteLine();
            output.WriteLine("| POST /api/check | p50 | p95 | p99 | longest |");
            output.WriteLine("|---|---|---|---|---|");
            foreach (int parallel in (int[])[1, 4])
            {
                double[] times = await MeasureAsync(client, visits, Requests, parallel);
                Array.Sort(times);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {Requests} requests, {parallel} at a time | {At(times, 50):F1} ms | {At(times, 95):F1} ms | {At(times, 99):F1} ms | {times[^1]:F1} ms |"));
            }
        }
        finally
        {
            await app.StopAsync();
            await app.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    private static async Task<int> FillAsync(IServiceProvider services)
    {
        Caller caller = BenchGateway.Caller;
        await services.GetRequiredService<FacilitySettings>().SaveAsync(caller, Subjects.Options.FacilityCode, "Cơ sở đo", null, 4, null, default);
        CatalogueImport import = services.GetRequiredService<CatalogueImport>();
        int lists = 0;
        foreach (SampleList list in SampleLists.All(Subjects.Options))
        {
            using var file = new MemoryStream();
            list.Write(file);
            file.Position = 0;
            string kept = await import.KeepAsync(file, default) ?? throw new InvalidOperationException($"{list.File} is too large.");
            CatalogueImportResult result = await import.ApplyAsync(
                caller, kept, new CatalogueRequest { FileName = list.File, Facility = Subjects.Options.FacilityCode, Reason = "Đo" }, null, null, default);
            if (!result.Applied) throw new InvalidOperationException($"{list.File}: {result.Refusal}");
            lists++;
        }

        IEnumerable<IntakeSource> sources = Enumerable.Range(0, Stored).Select(i => Subjects.Package(SampleKind.Outpatient, i))
            .Select((f, i) => new IntakeSource($"{i}.xml", () => new MemoryStream(f, writable: false), f.Length));
        await foreach (IntakeReport report in services.GetRequiredService<IntakeService>().IngestManyAsync(sources, caller, null, default))
        {
            if (report.Records.Count != 1) throw new InvalidOperationException("A record wasn't taken in.");
        }

        return lists;
    }

    private static async Task<HttpClient> ClientAsync(WebApplication app)
    {
        UserAccounts accounts = app.Services.GetRequiredService<UserAccounts>();
        await accounts.CreateAsync(
            BenchGateway.Caller, "his", "HIS", "mat-khau-cua-phep-do", [Roles.ClinicAdmin], FacilityScope.Only(Subjects.Options.FacilityCode), default);
        string token = await accounts.IssueBearerAsync(BenchGateway.Caller, "his", "bench", TimeSpan.FromHours(1), default) ?? throw new InvalidOperationException("No token.");
        HttpClient client = new() { BaseAddress = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<double[]> MeasureAsync(HttpClient client, byte[][] visits, int requests, int parallel)
    {
        double[] times = new double[requests];
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (i, ct) =>
        {
            long start = Stopwatch.GetTimestamp();
            using var body = new ByteArrayContent(visits[i % visits.Length]);
            body.Headers.ContentType = new MediaTypeHeaderValue("application/xml");
            using HttpResponseMessage answer = await client.PostAsync(new Uri("/api/check", UriKind.Relative), body, ct);
            string text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(ct);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!text.Contains("\"visits\"", StringComparison.Ordinal)) throw new InvalidOperationException("Nothing was judged: " + text);
        });
        return times;
    }
}
