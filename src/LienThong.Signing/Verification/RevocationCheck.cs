using System.Globalization;
using System.Security.Cryptography.X509Certificates;
using LienThong.Standard;

namespace LienThong.Signing.Verification;

/// <summary>Asks the revocation lists of the policy about a certificate and those above it.</summary>
internal static class RevocationCheck
{
    private const string Name = "revocation";

    internal static void Run(CheckList checks, VerificationPolicy policy, TrustPath path)
    {
        if (policy.RevocationLists.Count == 0)
        {
            checks.Skip(Name);
            return;
        }

        for (int i = 0; i < path.Certificates.Count; i++)
        {
            X509Certificate2 certificate = path.Certificates[i];
            foreach (RevocationList list in ProvenLists(policy, path, certificate))
            {
                if (list.RevokedAt(certificate.SerialNumberBytes.Span) is not { } since || since > policy.At) continue;
                string whose = i == 0 ? "Chứng thư ký" : "Chứng thư của nơi cấp";
                checks.Add(Name, SignatureFault.Revoked, $"{whose} (sê-ri {certificate.SerialNumber}) đã bị thu hồi ngày {Day(since)}; không nhận chữ ký từ ngày đó.");
                return;
            }
        }

        // Only the signer's own list has to be there: many authorities publish none for themselves.
        if (Lack(policy, path) is { } lack) checks.Warn(Name, lack);
        else checks.Add(Name, SignatureFault.None);
    }

    private static string? Lack(VerificationPolicy policy, TrustPath path)
    {
        X509Certificate2 signer = path.Certificates[0];
        if (!policy.RevocationLists.Any(list => list.IsOf(signer))) return "Không có danh sách thu hồi nào của nơi cấp chứng thư này.";
        RevocationList[] proven = [.. ProvenLists(policy, path, signer)];
        if (proven.Length == 0) return "Danh sách thu hồi không được nơi cấp chứng thư ký (hoặc chưa chỉ ra chứng thư nơi cấp): không dùng được.";
        if (proven.All(static list => !list.IsComplete)) return "Danh sách thu hồi chỉ là một phần: không chắc chứng thư chưa bị thu hồi.";
        return proven.Any(list => list.IsComplete && list.NextUpdate >= policy.At)
            ? null
            : $"Danh sách thu hồi đã cũ (cần bản mới từ ngày {Day(proven.Max(static list => list.NextUpdate))}): chưa biết chứng thư có bị thu hồi sau đó không.";
    }

    // The signer's own certificate never speaks for its issuer.
    private static IEnumerable<RevocationList> ProvenLists(VerificationPolicy policy, TrustPath path, X509Certificate2 certificate) =>
        policy.RevocationLists.Where(list => list.IsOf(certificate) && path.Certificates.Skip(1).Concat(policy.Trust).Any(list.IsSignedBy));

    private static string Day(DateTimeOffset moment) => moment.InVietnam().ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
