using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LienThong.Portal;

/// <summary>Asks the portal about an insurance card and its history. Thread-safe.</summary>
/// <remarks>Source: CV 1923/BHXH-CNTT 2024 (<c>KQNhanLichSuKCB2024</c>, the only lookup since 1 August 2024).</remarks>
public sealed class CardLookupClient
{
    private static readonly JsonSerializerOptions AsWritten = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private readonly PortalCall call;
    private readonly PortalSessions sessions;
    private readonly PortalOptions options;
    private readonly ILogger logger;

    /// <summary>A lookup over a shared client and shared sessions.</summary>
    /// <param name="http">From <see cref="PortalHttp.CreateClient"/>.</param>
    /// <param name="sessions">Shared with the channel.</param>
    /// <param name="time">Measures durations.</param>
    /// <param name="options">Time limits, paths, codes.</param>
    /// <param name="logger">Optional; gets facility, codes and times only.</param>
    public CardLookupClient(
        HttpClient http, PortalSessions sessions, TimeProvider time, PortalOptions options, ILogger<CardLookupClient>? logger = null)
    {
        this.sessions = sessions;
        this.options = options;
        this.logger = logger ?? NullLogger<CardLookupClient>.Instance;
        call = new PortalCall(http, options, time);
    }

    /// <summary>Looks a card up once (and once more after a fresh login when the portal answers 401).</summary>
    /// <param name="account">Who asks; the portal knows the facility by it.</param>
    /// <param name="query">The card, its holder and the person asking.</param>
    /// <param name="ct">Stops the call with <see cref="OperationCanceledException"/>; a question leaves nothing behind.</param>
    public async Task<CardLookupOutcome> LookupAsync(PortalAccount account, CardQuery query, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(account);
        ArgumentNullException.ThrowIfNull(query);
        PortalToken? refused = null;
        while (true)
        {
            SignIn signIn = await sessions.GetAsync(account, refused, ct);
            if (signIn is SignIn.Failed failed)
                return NotAnswered(account, failed.Cause, failed.NeedsPerson, null);
            PortalToken token = ((SignIn.Ready)signIn).Token;
            Exchange exchange = await PostAsync(account, query, token, ct);
            ct.ThrowIfCancellationRequested();
            if (exchange is Exchange.Broken broken)
                return NotAnswered(account, broken.Cause, false, null);

            PortalAnswer answer = ((Exchange.Answered)exchange).Answer;
            PortalReply? reply = PortalReply.TryRead(answer);
            string code = reply?.Code ?? (answer.HttpStatus == 401 ? "401" : "");
            PortalLog.CardAnswered(logger, account.FacilityCode, answer.HttpStatus, code, answer.Duration.TotalMilliseconds);
            if (code != "401")
            {
                return reply is null
                    ? NotAnswered(account, $"Cổng không trả lời tra cứu đúng mẫu (HTTP {answer.HttpStatus}); tra lại sau ít phút", false, answer)
                    : new CardLookupOutcome.Answered(Read(reply, answer));
            }

            if (refused is not null)
            {
                sessions.Drop(account, token);
                CardLookupCode meaning = options.CardCodes.Get("401");
                return NotAnswered(account, $"{meaning.Meaning}. {meaning.Remedy}", true, answer);
            }

            refused = token;
        }
    }

    private Task<Exchange> PostAsync(PortalAccount account, CardQuery query, PortalToken token, CancellationToken ct)
    {
        // The portal wants token and digest in the address: so the address is never logged anywhere.
        string address = $"{options.Endpoints.CardPath}?token={Uri.EscapeDataString(token.AccessToken)}" +
            $"&id_token={Uri.EscapeDataString(token.IdToken)}&username={Uri.EscapeDataString(account.UserName)}" +
            $"&password={Uri.EscapeDataString(account.PasswordDigest)}";
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new
            {
                maThe = query.CardNumber,
                hoTen = query.FullName,
                ngaySinh = query.BirthDate,
                hoTenCb = query.StaffName,
                cccdCb = query.StaffCitizenId,
            },
            AsWritten);
        var content = new SmallContent(new MediaTypeHeaderValue("application/json", "utf-8"), body);
        return call.RunAsync(account.At(address), content, null, ct);
    }

    private CardAnswer Read(PortalReply reply, PortalAnswer answer)
    {
        var fields = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty property in reply.Root.EnumerateObject())
        {
            if (property.Value.ValueKind is not (JsonValueKind.Array or JsonValueKind.Object))
                fields.TryAdd(PortalReply.NameOf(property), PortalReply.Text(reply.Root, PortalReply.NameOf(property)));
        }

        return new CardAnswer(
            reply.Code, options.CardCodes.Get(reply.Code), reply.Text("ghiChu"), fields,
            Items(reply, "dsLichSuKCB2018", static item => new CardVisit(
                PortalReply.Text(item, "maHoSo"), PortalReply.Text(item, "maCSKCB"), PortalReply.Text(item, "ngayVao"),
                PortalReply.Text(item, "ngayRa"), PortalReply.Text(item, "tenBenh"), PortalReply.Text(item, "tinhTrang"),
                PortalReply.Text(item, "kqDieuTri"), PortalReply.Text(item, "lyDoVV"))),
            Items(reply, "dsLichSuKT2018", static item => new CardCheck(
                PortalReply.Text(item, "userKT"), PortalReply.Text(item, "thoiGianKT"), PortalReply.Text(item, "thongBao"),
                PortalReply.Text(item, "maLoi"))),
            answer);
    }

    private static List<T> Items<T>(PortalReply reply, string name, Func<JsonElement, T> read)
    {
        var items = new List<T>();
        if (PortalReply.Member(reply.Root, name) is { ValueKind: JsonValueKind.Array } list)
        {
            foreach (JsonElement item in list.EnumerateArray())
                items.Add(read(item));
        }

        return items;
    }

    private CardLookupOutcome.NotAnswered NotAnswered(PortalAccount account, string cause, bool needsPerson, PortalAnswer? answer)
    {
        PortalLog.CardUnanswered(logger, account.FacilityCode, cause);
        return new CardLookupOutcome.NotAnswered(cause, needsPerson, answer);
    }
}
