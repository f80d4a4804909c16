using LienThong.Signing.Canonical;

namespace LienThong.Signing.Verification;

/// <summary>Collects the checks in their order and makes the report of them.</summary>
internal sealed class CheckList
{
    private static readonly string[] Names =
        ["well-formed", "place", "profile", "digest", "value", "registered", "dates", "trust", "key-usage", "revocation"];

    private readonly List<Check> done = [];

    /// <summary>Notes a check that was made.</summary>
    internal void Add(string name, SignatureFault fault, string message = "") =>
        done.Add(new Check(name, fault == SignatureFault.None ? CheckState.Passed : CheckState.Failed, fault, message));

    /// <summary>Notes a check that couldn't be answered with what was given.</summary>
    internal void Warn(string name, string message) => done.Add(new Check(name, CheckState.Warned, SignatureFault.None, message));

    /// <summary>Notes a check that wasn't asked for.</summary>
    internal void Skip(string name) => done.Add(new Check(name, CheckState.NotChecked, SignatureFault.None, ""));

    /// <summary>The report; checks that weren't reached are in it as not made.</summary>
    internal VerificationReport Report(SignatureElement? signature = null)
    {
        for (int i = done.Count; i < Names.Length; i++) Skip(Names[i]);
        Check? failed = done.Find(static c => c.State == CheckState.Failed);
        return new VerificationReport
        {
            Valid = failed is null,
            Reason = (failed?.Fault ?? SignatureFault.None).Code(),
            Message = failed?.Message ?? "Chữ ký hợp lệ.",
            Algorithm = signature is null ? null : ProfileCheck.Algorithm(signature),
            SignatureId = signature?.Attribute("Id"),
            Checks = done,
        };
    }
}
