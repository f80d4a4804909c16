using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace LienThong.PortalSimulator;

/// <summary>The provincial gateways as groups of routes: <c>/hanoi</c>, <c>/dienbien</c>, <c>/fhir</c>.</summary>
internal sealed class ProvinceRoutes
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly SimulatorOptions options;
    private readonly SimulatorClock clock;
    private readonly SimulatorStore store;
    private readonly FaultBook faults;
    private readonly ProvinceDesk[] desks;

    public ProvinceRoutes(SimulatorOptions options, SimulatorClock clock, SimulatorStore store, FaultBook faults)
    {
        (this.options, this.clock, this.store, this.faults) = (options, clock, store, faults);
        desks = [new HanoiDesk(options, clock, store), new DienBienDesk(options, clock, store), new FhirDesk(options, clock, store)];
    }

    public void Map(WebApplication app)
    {
        foreach (ProvinceDesk desk in desks)
            app.MapMethods($"/{desk.Name}/{{**rest}}", ["GET", "POST"], http => HandleAsync(desk, http));
    }

    /// <summary>Forgets the tokens of all gateways.</summary>
    public void DropTokens()
    {
        foreach (ProvinceDesk desk in desks)
            desk.Tokens.DropAll();
    }

    private async Task HandleAsync(ProvinceDesk desk, HttpContext http)
    {
        (byte[] buffer, int length) = await PortalSimulation.ReadAsync(http.Request);
        try
        {
            if (options.Latency > TimeSpan.Zero)
                await Task.Delay(options.Latency, http.RequestAborted);
            string path = http.Request.Path.Value ?? "";
            if (desk.Understand(path[(desk.Name.Length + 1)..], http.Request, buffer.AsMemory(0, length)) is not { } call)
            {
                http.Response.StatusCode = 404;
                return;
            }

            FaultRule? fault = faults.Next(call.Service, call.UserName, call.MaLk);
            ProvinceReply reply = call.Answer(fault);
            SimulatorRequest recorded = store.Record(new SimulatorRequest(
                0, clock.Now, call.Service, path, call.UserName, call.FacilityCode, call.MaLk, length,
                http.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) ?? false,
                reply.Code, reply.TransactionCode, fault?.Kind ?? ""));
            options.OnRequest?.Invoke(recorded);
            http.Response.StatusCode = reply.Status;
            await AnswerWriter.WriteAsync(http, JsonSerializer.SerializeToUtf8Bytes(reply.Body, AsWritten), fault);
        }
        catch (OperationCanceledException)
        {
            http.Abort(); // the caller went away
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
