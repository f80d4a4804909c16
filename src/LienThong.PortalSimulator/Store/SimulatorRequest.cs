namespace LienThong.PortalSimulator;

/// <summary>One request as recorded; no token, digest, name or card number.</summary>
/// <param name="Sequence">1, 2, 3, … in order of answering.</param>
/// <param name="At">The simulator's clock.</param>
/// <param name="Service">token, checkin, record, assessment, card, a form's name or a provincial gateway's service; see <see cref="FaultRule.Service"/>.</param>
/// <param name="Path">Path of the address, without query.</param>
/// <param name="UserName">Account name as sent.</param>
/// <param name="FacilityCode"><c>maCSKCB</c> as sent.</param>
/// <param name="MaLk">First <c>MA_LK</c> found in the document; empty when none.</param>
/// <param name="BodyBytes">Size of the request body.</param>
/// <param name="WasJson">The fields came as JSON instead of a form.</param>
/// <param name="Code"><c>maKetQua</c> the simulator decided on, even when a fault hid it from the caller.</param>
/// <param name="TransactionCode"><c>maGiaoDich</c>; empty when nothing was received.</param>
/// <param name="Fault">Kind of the fault that was played; empty when none.</param>
public sealed record SimulatorRequest(
    long Sequence, DateTimeOffset At, string Service, string Path, string UserName, string FacilityCode, string MaLk,
    long BodyBytes, bool WasJson, string Code, string TransactionCode, string Fault);

/// <summary>One document the simulator received.</summary>
/// <param name="Service">checkin, record, assessment, a form's name or a provincial gateway's service.</param>
/// <param name="FacilityCode"><c>maCSKCB</c>.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="TransactionCode"><c>maGiaoDich</c>.</param>
/// <param name="ReceivedAt">The simulator's clock.</param>
/// <param name="Sha256">Of the document's bytes, upper-case hexadecimal.</param>
/// <param name="Size">Bytes of the document.</param>
public sealed record ReceivedDocument(
    string Service, string FacilityCode, string MaLk, string TransactionCode, DateTimeOffset ReceivedAt, string Sha256, int Size)
{
    /// <summary>True when a later document of the same facility, service and <c>MA_LK</c> took its place.</summary>
    public bool Replaced { get; internal set; }

    /// <summary>True when the same bytes had been received before under the same <c>MA_LK</c>.</summary>
    public bool IsRepeat { get; internal set; }

    /// <summary>The document; null when it was forgotten for lack of room.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public byte[]? Bytes { get; internal set; }
}
