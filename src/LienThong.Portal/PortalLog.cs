using Microsoft.Extensions.Logging;

namespace LienThong.Portal;

/// <summary>Every log message of this room. None takes an address, a token, a digest, a name or a card number.</summary>
internal static partial class PortalLog
{
    [LoggerMessage(EventId = 3001, Level = LogLevel.Information,
        Message = "Portal login of {Facility}: HTTP {HttpStatus}, maKetQua {Code}, {DurationMs:F0} ms")]
    public static partial void LoginAnswered(ILogger logger, string facility, int httpStatus, string code, double durationMs);

    [LoggerMessage(EventId = 3002, Level = LogLevel.Warning, Message = "Portal login of {Facility} got no answer: {Cause}")]
    public static partial void LoginBroken(ILogger logger, string facility, string cause);

    [LoggerMessage(EventId = 3003, Level = LogLevel.Warning,
        Message = "This machine's clock differs from the portal's by {Seconds:F0} s (facility {Facility})")]
    public static partial void ClockDiffers(ILogger logger, string facility, double seconds);

    [LoggerMessage(EventId = 3011, Level = LogLevel.Information,
        Message = "Portal {Service} {MaLk} of {Facility}: {Outcome}, {SizeBytes} B, {DurationMs:F0} ms, HTTP {HttpStatus}, maKetQua {Code}, maGiaoDich {TransactionCode}")]
    public static partial void Sent(
        ILogger logger, PortalService service, string maLk, string facility, string outcome, int sizeBytes, double durationMs,
        int httpStatus, string code, string transactionCode);

    [LoggerMessage(EventId = 3012, Level = LogLevel.Warning,
        Message = "Portal {Service} {MaLk} of {Facility}: {Outcome} without an answer, {SizeBytes} B: {Cause}")]
    public static partial void Unanswered(
        ILogger logger, PortalService service, string maLk, string facility, string outcome, int sizeBytes, string cause);

    [LoggerMessage(EventId = 3021, Level = LogLevel.Information,
        Message = "Card lookup of {Facility}: HTTP {HttpStatus}, maKetQua {Code}, {DurationMs:F0} ms")]
    public static partial void CardAnswered(ILogger logger, string facility, int httpStatus, string code, double durationMs);

    [LoggerMessage(EventId = 3022, Level = LogLevel.Warning, Message = "Card lookup of {Facility} not answered: {Cause}")]
    public static partial void CardUnanswered(ILogger logger, string facility, string cause);
}
