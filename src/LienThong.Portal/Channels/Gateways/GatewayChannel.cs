using System.Net.Http.Headers;
using Microsoft.Extensions.Logging;

namespace LienThong.Portal.Channels;

/// <summary>One facility's account at a provincial gateway: what all of them have in common.</summary>
internal sealed class GatewayChannel(
    GatewayDialect dialect, PortalCall call, GatewaySessions sessions, string facilityCode, TimeProvider time, ILogger logger) : IDocumentChannel
{
    public async Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (FacilityCheck.Problem(facilityCode, submission) is { } mixture)
            return Unanswered(submission, new SendOutcome.NotSent(mixture, null, NeedsPerson: true), mixture);
        PortalToken? refused = null;
        while (true)
        {
            if (dialect.Submission(submission) is not { } request)
            {
                const string notTaken = "Kênh này không nhận loại tài liệu hoặc chuẩn dữ liệu này; bỏ kênh khỏi nơi nhận của loại đó";
                return Unanswered(submission, new SendOutcome.NotSent(notTaken, null, NeedsPerson: true), notTaken);
            }

            using TrackedContent content = request.Content;
            SignIn signIn = await SignInAsync(refused, ct);
            if (signIn is SignIn.Failed failed)
                return Unanswered(submission, new SendOutcome.NotSent(failed.Cause, failed.RetryAfter, failed.NeedsPerson), failed.Cause);
            PortalToken token = ((SignIn.Ready)signIn).Token;
            Exchange exchange = await call.RunAsync(HttpMethod.Post, request.Address, content, Bearer(token), ct);
            if (exchange is Exchange.Broken broken)
            {
                return Unanswered(
                    submission,
                    broken.BytesLeft ? new SendOutcome.Unknown(broken.Cause, null) : new SendOutcome.NotSent(broken.Cause, null, NeedsPerson: false),
                    broken.Cause);
            }

            PortalAnswer answer = ((Exchange.Answered)exchange).Answer;
            if (!dialect.AsksToSignIn(answer))
                return Log(submission, answer, dialect.Judge(answer));
            if (refused is not null)
            {
                sessions.Drop(dialect, token);
                return Log(submission, answer, new SendOutcome.NotSent(
                    "Cổng không nhận phiên đăng nhập mới (401); kiểm tra tài khoản và quyền của kênh", null, NeedsPerson: true));
            }

            refused = token;
        }
    }

    public async Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transactionCode);
        if (transactionCode.Length is 0 or > 100 || dialect.Question(transactionCode, time.GetUtcNow()) is not { } address)
            return null;
        PortalToken? refused = null;
        while (true)
        {
            SignIn signIn = await SignInAsync(refused, ct);
            if (signIn is SignIn.Failed failed)
                return Open(failed.Cause, null, transactionCode);
            PortalToken token = ((SignIn.Ready)signIn).Token;
            Exchange exchange = await call.RunAsync(HttpMethod.Get, address, null, Bearer(token), ct);
            if (exchange is Exchange.Broken broken)
                return Open(broken.Cause, null, transactionCode);
            PortalAnswer answer = ((Exchange.Answered)exchange).Answer;
            if (!dialect.AsksToSignIn(answer))
                return dialect.JudgeState(answer, transactionCode);
            if (refused is not null)
            {
                sessions.Drop(dialect, token);
                return Open("Cổng không nhận phiên đăng nhập khi hỏi trạng thái (401)", answer, transactionCode);
            }

            refused = token;
        }
    }

    private async Task<SignIn> SignInAsync(PortalToken? refused, CancellationToken ct)
    {
        try
        {
            return await sessions.GetAsync(dialect, call, refused, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            return new SignIn.Failed("Dừng theo yêu cầu trước khi gửi", null, NeedsPerson: false);
        }
    }

    private static Action<HttpRequestHeaders> Bearer(PortalToken token) =>
        headers => headers.Authorization = new AuthenticationHeaderValue("Bearer", token.AccessToken);

    private static SendOutcome.Unknown Open(string cause, PortalAnswer? answer, string transactionCode) =>
        new(cause, answer) { TransactionCode = transactionCode };

    private SendOutcome Unanswered(PortalSubmission submission, SendOutcome outcome, string cause)
    {
        PortalLog.Unanswered(
            logger, submission.Service, submission.MaLk, submission.FacilityCode, outcome.GetType().Name, submission.Document.Length, cause);
        return outcome;
    }

    private SendOutcome Log(PortalSubmission submission, PortalAnswer answer, SendOutcome outcome)
    {
        (string code, string transaction) = outcome switch
        {
            SendOutcome.Accepted accepted => (accepted.Receipt.ResultCode, accepted.Receipt.TransactionCode),
            SendOutcome.Rejected rejected => (rejected.Code, ""),
            SendOutcome.Unknown unknown => ("", unknown.TransactionCode),
            _ => ("", ""),
        };
        PortalLog.Sent(
            logger, submission.Service, submission.MaLk, submission.FacilityCode, outcome.GetType().Name, submission.Document.Length,
            answer.Duration.TotalMilliseconds, answer.HttpStatus, code, transaction);
        return outcome;
    }
}
