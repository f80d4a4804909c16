namespace LienThong.Portal;

/// <summary>What became of one send. Causes are Vietnamese sentences for people.</summary>
public abstract record SendOutcome
{
    private SendOutcome()
    {
    }

    /// <summary>The portal received the document and gave a transaction number. Checking by the portal comes later.</summary>
    /// <param name="Receipt">The portal's receipt.</param>
    public sealed record Accepted(PortalReceipt Receipt) : SendOutcome;

    /// <summary>A well-formed refusal: sending the same bytes again changes nothing.</summary>
    /// <param name="Code"><c>maKetQua</c> as received.</param>
    /// <param name="Text">The portal's text as received; empty when it gave none.</param>
    /// <param name="Answer">The whole answer.</param>
    public sealed record Rejected(string Code, string Text, PortalAnswer Answer) : SendOutcome;

    /// <summary>Nothing was taken over by the portal: safe to send again.</summary>
    /// <param name="Cause">What prevented it and what to do.</param>
    /// <param name="RetryAfter">Wait the portal asked for; null leaves it to the retry policy.</param>
    /// <param name="NeedsPerson">True for account and configuration faults: stop the facility's queue, repeating can lock the account.</param>
    public sealed record NotSent(string Cause, TimeSpan? RetryAfter, bool NeedsPerson) : SendOutcome;

    /// <summary>Bytes left and no usable answer came: the portal may have the document. Settle first, never count as failed.</summary>
    /// <param name="Cause">What happened.</param>
    /// <param name="Answer">What came back, if anything.</param>
    public sealed record Unknown(string Cause, PortalAnswer? Answer) : SendOutcome
    {
        /// <summary>What a channel can be asked by later (<see cref="Channels.IDocumentChannel.AskAsync"/>); empty when nothing was given.</summary>
        public string TransactionCode { get; init; } = "";
    }
}

/// <summary>The portal's word that it received a document.</summary>
/// <param name="ResultCode"><c>maKetQua</c>.</param>
/// <param name="TransactionCode"><c>maGiaoDich</c>; opaque, up to 100 characters; the key for reconciliation.</param>
/// <param name="ReceivedAt"><c>thoiGianTiepNhan</c> (Vietnam time, UTC+7); null when absent or unreadable.</param>
/// <param name="Message"><c>thongDiep</c>; may be empty.</param>
/// <param name="Answer">The whole answer: evidence.</param>
/// <param name="IsSimulator">True when a simulator answered: no evidence towards anyone.</param>
public sealed record PortalReceipt(
    string ResultCode, string TransactionCode, DateTimeOffset? ReceivedAt, string Message, PortalAnswer Answer, bool IsSimulator);

/// <summary>One HTTP answer as it came.</summary>
/// <param name="HttpStatus">HTTP status code; may contradict the body, the body decides.</param>
/// <param name="Body">Raw bytes, at most <see cref="PortalOptions.MaxAnswerBytes"/>.</param>
/// <param name="IsWhole">False when the body was cut: over the limit, or the connection broke while reading.</param>
/// <param name="ContentType"><c>Content-Type</c> header; empty when absent.</param>
/// <param name="ServerDate"><c>Date</c> header; null when absent.</param>
/// <param name="Duration">From the start of the call to the end of the body.</param>
/// <param name="IsSimulator">True when the answer carries <c>X-LienThong-Simulator</c>.</param>
public sealed record PortalAnswer(
    int HttpStatus, byte[] Body, bool IsWhole, string ContentType, DateTimeOffset? ServerDate, TimeSpan Duration, bool IsSimulator)
{
    /// <summary>Status, size and duration; never the body, which may hold names.</summary>
    public override string ToString() =>
        $"HTTP {HttpStatus}, {Body.Length} B, {Duration.TotalMilliseconds:F0} ms{(IsSimulator ? ", simulator" : "")}";
}
