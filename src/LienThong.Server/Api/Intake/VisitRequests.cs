using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LienThong.Extracts;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Intake.Requests;
using LienThong.Gateway.Intake.Visits;
using LienThong.Server.Access;
using Microsoft.AspNetCore.Http.Json;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace LienThong.Server.Api.Intake;

/// <summary>Carries requests with visits out once, however often they are repeated with their key.</summary>
internal sealed class VisitRequests(VisitIntake intake, RequestKeys keys, IArchive archive, ServerOptions options, IOptions<JsonOptions> json)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(200);

    /// <summary>Takes the visits of the body in and answers.</summary>
    /// <param name="http">The request.</param>
    /// <param name="isSingle">Exactly one visit is asked for.</param>
    /// <param name="answer">Status and body for a ledger.</param>
    /// <param name="ct">Stops the work.</param>
    public async Task<IResult> HandleAsync(HttpContext http, bool isSingle, Func<IntakeReport, (int Status, object Body)> answer, CancellationToken ct)
    {
        string type = http.Request.ContentType ?? "";
        if (!type.Contains("json", StringComparison.OrdinalIgnoreCase))
            return ApiResults.Problem(415, "unsupported-media-type", "Kiểu nội dung không hỗ trợ", "Gửi với Content-Type application/json hoặc application/x-ndjson.");
        string? key = http.Request.Headers.TryGetValue("Idempotency-Key", out StringValues given) ? given.ToString().Trim() : null;
        if (key is { Length: 0 or > RequestKeys.MostCharacters })
            return ApiResults.Problem(400, "bad-key", "Idempotency-Key không hợp lệ", $"Dùng khóa từ 1 đến {RequestKeys.MostCharacters} ký tự, ví dụ một UUID.");
        Stored body;
        try
        {
            body = await archive.PutAsync(http.Request.Body, options.Gateway.Intake.MaxFileBytes, ct);
        }
        catch (ArchiveLimitException)
        {
            return ApiResults.Problem(413, "too-large", "Nội dung quá lớn", "Chia nhỏ rồi gửi lại.");
        }
        if (isSingle && await IsManyAsync(body))
            return ApiResults.Problem(422, "one-visit", "Chỉ nhận một lượt khám mỗi lần", "Gửi nhiều lượt khám tới /api/v1/visits/batch.");
        // What has begun is finished even when the caller hangs up: the repetition finds the answer.
        return key is null
            ? Send(await WorkAsync(http, body, null, answer))
            : await OnceAsync(http, key, Hash(isSingle ? "visit" : "batch", body.Reference.Sha256), body, answer, ct);
    }

    private async Task<IResult> OnceAsync(
        HttpContext http, string key, string sha256, Stored body, Func<IntakeReport, (int Status, object Body)> answer, CancellationToken ct)
    {
        long start = Environment.TickCount64;
        while (true)
        {
            switch (await keys.ClaimAsync(http.Caller(), key, sha256, ct))
            {
                case RequestClaim.Mismatch:
                    return ApiResults.Problem(409, "key-reused", "Idempotency-Key đã dùng cho nội dung khác", "Dùng khóa mới cho nội dung mới.");
                case RequestClaim.Answered answered:
                    http.Response.Headers["Idempotency-Replayed"] = "true";
                    return Send((answered.Status, answered.Body));
                case RequestClaim.Ours ours:
                    return Send(await keys.HoldAsync(ours, async () =>
                    {
                        (int Status, byte[] Body) done = await WorkAsync(http, body, ours.FileId, answer);
                        await keys.AnswerAsync(ours, done.Status, done.Body, CancellationToken.None);
                        return done;
                    }, CancellationToken.None));
                default:
                    if (Environment.TickCount64 - start > LongestWait.TotalMilliseconds)
                    {
                        http.Response.Headers.RetryAfter = "5";
                        return ApiResults.Problem(409, "in-progress", "Yêu cầu này đang được xử lý", "Gọi lại sau ít giây với cùng Idempotency-Key.");
                    }
                    await Task.Delay(Glance, ct);
                    break;
            }
        }
    }

    private async Task<(int Status, byte[] Body)> WorkAsync(HttpContext http, Stored body, Guid? fileId, Func<IntakeReport, (int Status, object Body)> answer)
    {
        string name = http.Request.Query.TryGetValue("fileName", out StringValues given) ? UploadedFile.CleanName(given, "luot-kham.json") : "luot-kham.json";
        (int status, object content) = answer(await intake.IngestJsonAsync(body, name, http.Caller(), fileId, CancellationToken.None));
        return (status, JsonSerializer.SerializeToUtf8Bytes(content, content.GetType(), json.Value.SerializerOptions));
    }

    private async Task<bool> IsManyAsync(Stored body)
    {
        await using Stream content = await archive.OpenAsync(body.Reference, CancellationToken.None);
        return VisitJsonReader.Read(content, ExtractLimits.Default).Skip(1).Any();
    }

    private static BytesResult Send((int Status, byte[] Body) answer) => new(answer.Status, answer.Body);

    private static string Hash(string what, string sha256) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what + "\n" + sha256)));

    /// <summary>JSON whose bytes are at hand.</summary>
    private sealed class BytesResult(int status, byte[] body) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            httpContext.Response.StatusCode = status;
            httpContext.Response.ContentType = status >= 400 ? "application/problem+json; charset=utf-8" : "application/json; charset=utf-8";
            httpContext.Response.ContentLength = body.Length;
            if (status == StatusCodes.Status201Created && JsonDocument.Parse(body).RootElement.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String)
                httpContext.Response.Headers.Location = $"/api/v1/records/{id.GetString()}";
            await httpContext.Response.Body.WriteAsync(body, httpContext.RequestAborted);
        }
    }
}
