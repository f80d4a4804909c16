using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Signing;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Submission;

/// <summary>Puts what the rules of the sending stage (PKG-SIGN, PKG-SEND) find on the record, in place of what they found before.</summary>
internal static class SendingFindings
{
    /// <summary>What signing came to. The fault is that of the stage's own verification, so nothing is verified twice.</summary>
    public static SendingFacts OfSigning(VersionRow version, bool demanded, string? serial, SignatureFault fault, string note, DateTimeOffset now)
    {
        bool certificate = fault is SignatureFault.Certificate or SignatureFault.Expired or SignatureFault.NotYetValid or SignatureFault.NotRegistered
            or SignatureFault.KeyUsage or SignatureFault.WeakKey;
        bool missing = fault is SignatureFault.KeyUnavailable or SignatureFault.WrongPassword or SignatureFault.NoPrivateKey or SignatureFault.Missing;
        string reason = note.TrimEnd('.');
        return Facts(version, now) with
        {
            SignatureDemanded = demanded,
            Signed = serial is not null || (fault != SignatureFault.None && !missing),
            CertificateTrouble = certificate ? reason : null,
            SignatureTrouble = fault == SignatureFault.None || certificate || missing ? null : reason,
            Serial = serial ?? "",
            Records = 1,
        };
    }

    /// <summary>What is known when the package is taken for sending.</summary>
    public static SendingFacts OfSending(VersionRow version, bool demanded, AcceptedRow? accepted, DateTimeOffset now) => Facts(version, now) with
    {
        SignatureDemanded = demanded,
        Signed = version.CertificateSerial is not null,
        Deadline = version.DeadlineAt is { } end ? Local(DateTimeOffset.FromUnixTimeMilliseconds(end)) : null,
        AcceptedAt = accepted is null ? null : Local(DateTimeOffset.FromUnixTimeMilliseconds(accepted.EndedAt)),
        // That the HIS sent another version is no reason that the portal's auditors could be told.
        Reason = accepted is { Reason: { } reason } && accepted.ReasonCode != ChangeReasons.HisChanged && reason != VersionPlacing.HisChanged ? reason : "",
        SameContent = accepted is not null && accepted.ContentSha256 == version.ContentSha256,
    };

    /// <summary>Judges and notes. Records that have nothing to tell and nothing to take back cost no statement.</summary>
    public static async Task NoteAsync(
        WriteSession session, RecordChanges changes, IEnumerable<(VersionRow Version, SendingFacts Facts)> records, CancellationToken ct)
    {
        List<(VersionRow Version, IReadOnlyList<Finding> Found)> judged =
            [.. records.Select(r => (r.Version, Found: SendingRules.Judge(r.Facts))).Where(j => j.Found.Count > 0 || j.Version.BlockCount > 0)];
        Dictionary<string, byte[]?> stored = await RecordStore.FindingsAsync(session, judged.ConvertAll(j => j.Version), ct);
        foreach ((VersionRow version, IReadOnlyList<Finding> found) in judged)
        {
            List<StoredFinding> all = [.. PackedFindings.Unpack(stored[version.Key])];
            int before = all.Count;
            all.RemoveAll(f => SendingRules.Codes.Contains(f.Rule, StringComparer.Ordinal));
            if (found.Count == 0 && all.Count == before)
                continue;
            all.AddRange(found.Select(f => new StoredFinding(
                f.Rule, f.Severity, f.At.Table, f.At.Row, f.At.Field ?? "", f.Stt, f.Value, f.Message, f.Fix, f.LegalBasis, FromFile: false)));
            changes.Findings(version, new JudgedFindings(all, version.NotCheckedCount));
        }
    }

    private static SendingFacts Facts(VersionRow version, DateTimeOffset now) => new() { Now = Local(now), MaLk = version.MaLk, NgayRa = version.NgayRa };

    private static DateTime Local(DateTimeOffset at) => at.InVietnam().DateTime;
}
