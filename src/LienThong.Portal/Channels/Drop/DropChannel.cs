using System.IO.Enumeration;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace LienThong.Portal.Channels;

/// <summary>
/// Drops documents as files. A drop has no receipt: its outcome stays unknown until a person or a reconciliation confirms it,
/// unless the receiver puts acknowledgements into a folder that we may read.
/// </summary>
/// <remarks>Source: TT 48/2017 Article 5 allows FTP; no naming or acknowledgement rule is published, so all of it is settings.</remarks>
internal sealed class DropChannel(IDropPlace place, ChannelSettings settings, PortalOptions options, TimeProvider time, ILogger logger) : IDocumentChannel
{
    private const string UsualPattern = "{name}*";

    /// <summary>A Vietnamese sentence when the settings can't work; null when they can.</summary>
    public static string? Problem(ChannelSettings settings)
    {
        if (settings.FacilityCode.Length == 0 || !settings.FacilityCode.All(char.IsAsciiLetterOrDigit))
            return $"Mã cơ sở «{settings.FacilityCode}» không hợp lệ; chỉ gồm chữ và số";
        foreach (string name in new[] { ChannelOptions.AnswerPattern, ChannelOptions.RefusalPattern })
        {
            // A pattern without the dropped file's name would let any file confirm any document.
            if (settings.Option(name) is { Length: > 0 } pattern && !pattern.Contains("{name}", StringComparison.Ordinal) && !pattern.Contains("{file}", StringComparison.Ordinal))
                return $"Mẫu tên tệp xác nhận «{pattern}» phải có {{name}} hoặc {{file}}";
        }

        return null;
    }

    public async Task<SendOutcome> SendAsync(PortalSubmission submission, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(submission);
        if (FacilityCheck.Problem(settings.FacilityCode, submission) is { } mixture)
            return Log(submission, new SendOutcome.NotSent(mixture, null, NeedsPerson: true), mixture);
        string name = DropNames.Of(settings.FacilityCode, time.GetUtcNow(), submission.MaLk);
        byte[]? checksum = settings.IsOn(ChannelOptions.Checksum)
            ? Encoding.ASCII.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(submission.Document.Span))}  {name}\n")
            : null;
        try
        {
            string? doubt = await place.PutAsync(name, submission.Document, checksum, ct);
            string cause = doubt ?? (settings.Option(ChannelOptions.AnswerFolder).Length > 0
                ? $"Đã đặt tệp {name}; chờ tệp xác nhận của nơi nhận"
                : $"Đã đặt tệp {name}; kênh này không có biên nhận, cần người phụ trách xác nhận với nơi nhận");
            return Log(submission, new SendOutcome.Unknown(cause, null) { TransactionCode = name }, cause);
        }
        catch (DropFailure failure)
        {
            return Log(submission, new SendOutcome.NotSent(failure.Message, null, failure.NeedsPerson), failure.Message);
        }
    }

    public async Task<SendOutcome?> AskAsync(string transactionCode, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(transactionCode);
        string folder = settings.Option(ChannelOptions.AnswerFolder);
        if (folder.Length == 0)
            return null;
        if (!DropNames.IsOne(transactionCode))
            return Open($"«{transactionCode}» không phải tên tệp của kênh này", transactionCode);
        long started = time.GetTimestamp();
        try
        {
            FoundFile? found = await place.FindAsync(folder, names => Choose(names, transactionCode), options.MaxAnswerBytes, ct);
            if (found is null)
                return Open($"Chưa có tệp xác nhận cho {transactionCode}", transactionCode);
            return Judge(found, new PortalAnswer(0, found.Body, found.IsWhole, "", null, time.GetElapsedTime(started), false), transactionCode);
        }
        catch (DropFailure failure)
        {
            return Open(failure.Message, transactionCode);
        }
    }

    /// <summary>The file's name tells; where the receiver writes the portal's JSON into it, that tells more.</summary>
    private SendOutcome Judge(FoundFile found, PortalAnswer answer, string dropped)
    {
        PortalReply? reply = PortalReply.TryRead(answer);
        if (reply is null && answer.Body.AsSpan().TrimStart(" \t\r\n\uFEFF"u8).StartsWith("{"u8))
            return Open($"Tệp xác nhận {found.Name} chưa đọc được; hỏi lại sau", dropped);
        string message = reply?.Text("thongDiep") is { Length: > 0 } text ? text : $"Tệp xác nhận: {found.Name}";
        string code = reply?.Code ?? "";
        bool refusedByName = Matches(ChannelOptions.RefusalPattern, "", found.Name, dropped);
        PortalHandling handling = refusedByName ? PortalHandling.Rejected
            : reply is null ? PortalHandling.Accepted
            : options.ResultCodes.Get(code).Handling;
        return handling switch
        {
            PortalHandling.Accepted => new SendOutcome.Accepted(new PortalReceipt(
                code, reply?.Text("maGiaoDich").Trim() is { Length: > 0 and <= 100 } own ? own : dropped,
                reply is null ? null : PortalReply.Moment(reply.Text("thoiGianTiepNhan")), message, answer, answer.IsSimulator)),
            PortalHandling.Rejected => new SendOutcome.Rejected(code, message, answer),
            _ => new SendOutcome.Unknown($"Tệp xác nhận {found.Name} báo mã {code}: {options.ResultCodes.Get(code).Meaning}", answer) { TransactionCode = dropped },
        };
    }

    private string? Choose(IReadOnlyList<string> names, string dropped)
    {
        string[] answers =
        [
            .. names.Where(name => name != dropped && !name.Equals(dropped + ".sha256", StringComparison.Ordinal)
                && !name.EndsWith(".tmp", StringComparison.OrdinalIgnoreCase)).Order(StringComparer.Ordinal),
        ];
        return Array.Find(answers, name => Matches(ChannelOptions.RefusalPattern, "", name, dropped))
            ?? Array.Find(answers, name => Matches(ChannelOptions.AnswerPattern, UsualPattern, name, dropped));
    }

    private bool Matches(string option, string usual, string name, string dropped)
    {
        string pattern = settings.Option(option) is { Length: > 0 } own ? own : usual;
        return pattern.Length > 0 && FileSystemName.MatchesSimpleExpression(
            pattern.Replace("{file}", dropped, StringComparison.Ordinal)
                .Replace("{name}", dropped[..^DropNames.Extension.Length], StringComparison.Ordinal),
            name);
    }

    private static SendOutcome.Unknown Open(string cause, string transactionCode) => new(cause, null) { TransactionCode = transactionCode };

    private SendOutcome Log(PortalSubmission submission, SendOutcome outcome, string cause)
    {
        PortalLog.Unanswered(
            logger, submission.Service, submission.MaLk, submission.FacilityCode, outcome.GetType().Name, submission.Document.Length, cause);
        return outcome;
    }
}
