using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using LienThong.Standard;

namespace LienThong.PortalSimulator;

/// <summary>The portal's behaviour behind the addresses: decide, perhaps store, answer, perhaps spoil, record.</summary>
internal sealed class PortalSimulation : IDisposable
{
    private const string TokenPath = "/api/token/take";
    private const string CardPath = "/api/egw/KQNhanLichSuKCB2024";
    private readonly SimulatorOptions options;
    private readonly SimulatorClock clock;
    private readonly SubmissionDesk submissions;
    private readonly CardDesk cards;
    private readonly ProvinceRoutes provinces;

    public PortalSimulation(SimulatorOptions options)
    {
        this.options = options;
        clock = new SimulatorClock(options.Time);
        Tokens = new TokenDesk(options, clock);
        Store = new SimulatorStore(options, clock);
        Faults = new FaultBook(clock);
        submissions = new SubmissionDesk(options, clock, Tokens);
        cards = new CardDesk(options, clock, Tokens);
        provinces = new ProvinceRoutes(options, clock, Store, Faults);
    }

    public TokenDesk Tokens { get; }

    public SimulatorStore Store { get; }

    public FaultBook Faults { get; }

    public ConcurrentDictionary<string, bool> SettledMonths { get; } = new(StringComparer.Ordinal);

    public void Dispose() => submissions.Dispose();

    public void Map(WebApplication app)
    {
        app.Use((http, next) =>
        {
            http.Response.Headers["X-LienThong-Simulator"] = "1";
            http.Response.Headers.Date = clock.Now.ToString("R", CultureInfo.InvariantCulture);
            return next(http);
        });
        ControlApi.Map(app, this);
        app.MapPost("/api/{**rest}", HandleAsync);
        provinces.Map(app);
    }

    /// <summary>Makes every token invalid, the provinces' too.</summary>
    public void DropTokens()
    {
        Tokens.DropAll();
        provinces.DropTokens();
    }

    private async Task HandleAsync(HttpContext http)
    {
        (byte[] buffer, int length) = await ReadAsync(http.Request);
        try
        {
            if (options.Latency > TimeSpan.Zero)
                await Task.Delay(options.Latency, http.RequestAborted);
            FormFields? form = FormFields.Read(buffer.AsMemory(0, length), http.Request.ContentType);
            string path = http.Request.Path.Value ?? "";
            Handled? handled = path switch
            {
                TokenPath => Token(form),
                CardPath => Card(http, form),
                _ => SimulatorService.ByPath.TryGetValue(path, out SimulatorService? service) ? Submission(http, service, form) : null,
            };
            if (handled is null)
            {
                http.Response.StatusCode = 404;
                return;
            }

            SimulatorRequest recorded = Store.Record(handled.Request with { At = clock.Now, Path = path, BodyBytes = length });
            options.OnRequest?.Invoke(recorded);
            await AnswerWriter.WriteAsync(http, handled.Reply.ToJson(options.NumericCodes), handled.Fault);
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

    private sealed record Handled(Reply Reply, FaultRule? Fault, SimulatorRequest Request);

    private Handled Token(FormFields? form)
    {
        string user = form?["username"] ?? "";
        FaultRule? fault = Faults.Next("token", user, "");
        Reply reply = Forced(fault) ?? (form is null ? Reply.Of("205", "Sai định dạng tham số") : Tokens.Take(form));
        return new Handled(reply, fault, Entry("token", user, "", "", form, reply, fault));
    }

    private Handled Card(HttpContext http, FormFields? body)
    {
        string user = http.Request.Query["username"].ToString();
        FaultRule? fault = Faults.Next("card", user, "");
        Reply reply = Forced(fault) ?? cards.Lookup(http.Request.Query, body);
        return new Handled(reply, fault, Entry("card", user, "", "", body, reply, fault));
    }

    private Handled Submission(HttpContext http, SimulatorService service, FormFields? form)
    {
        SubmissionDesk.Judgement judged = submissions.Judge(service, http.Request.Headers, form);
        FaultRule? fault = Faults.Next(service.Name, judged.UserName, judged.MaLk);
        Reply? reply = Forced(fault) ?? judged.Refusal ?? Settled(service, judged);
        if (reply is null && fault is { StoresFirst: false })
        {
            reply = Reply.Of("", "");
        }
        else if (reply is null)
        {
            ReceivedDocument received = Store.Receive(service.Name, judged.FacilityCode, judged.MaLk, judged.Document);
            string at = received.ReceivedAt.InVietnam().ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture);
            reply = Reply.Received(received.TransactionCode, at);
        }

        return new Handled(reply, fault, Entry(service.Name, judged.UserName, judged.FacilityCode, judged.MaLk, form, reply, fault));
    }

    /// <summary>A month requested for payment takes no replacements any more; first sendings it still does.</summary>
    private Reply? Settled(SimulatorService service, SubmissionDesk.Judgement judged) =>
        SettledMonths.ContainsKey(judged.Month)
        && Store.Documents(judged.FacilityCode, judged.MaLk).Any(d => d.Service == service.Name)
            ? Reply.Of(options.SettledCode, $"Hồ sơ tháng {judged.Month} đã đề nghị thanh toán, không thay thế được")
            : null;

    /// <summary>The answer of a fault <c>code-NNN</c>; null for other faults.</summary>
    private static Reply? Forced(FaultRule? fault)
    {
        if (fault is null || !fault.Kind.StartsWith(FaultKinds.CodePrefix, StringComparison.Ordinal))
            return null;
        string code = fault.Kind[FaultKinds.CodePrefix.Length..];
        return Reply.Of(code, fault.Text ?? $"Trình mô phỏng trả mã {code} theo yêu cầu", ("maGiaoDich", ""));
    }

    private static SimulatorRequest Entry(
        string service, string user, string facility, string maLk, FormFields? form, Reply reply, FaultRule? fault) =>
        new(0, default, service, "", user, facility, maLk, 0, form?.WasJson ?? false, reply.Code, reply.TransactionCode, fault?.Kind ?? "");

    /// <summary>The body in a pooled buffer, which the caller gives back.</summary>
    internal static async Task<(byte[] Buffer, int Length)> ReadAsync(HttpRequest request)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Clamp(request.ContentLength ?? 64 * 1024, 1024, int.MaxValue / 2));
        int length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                byte[] larger = ArrayPool<byte>.Shared.Rent(buffer.Length * 2);
                buffer.AsSpan(0, length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }

            int read = await request.Body.ReadAsync(buffer.AsMemory(length));
            if (read == 0)
                return (buffer, length);
            length += read;
        }
    }
}
