namespace LienThong.PortalSimulator;

/// <summary>An answer of a provincial gateway before a fault spoils it.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="Body">What becomes its JSON.</param>
/// <param name="Code">For the record of requests.</param>
/// <param name="TransactionCode">For the record of requests; empty when nothing was received.</param>
internal sealed record ProvinceReply(int Status, object Body, string Code, string TransactionCode = "");

/// <summary>A call that was understood as far as who calls which service about what; the fault to play is looked up with that.</summary>
/// <param name="Service">Name for faults and records, such as <c>hanoi.record</c>.</param>
/// <param name="UserName">Account; empty when unknown.</param>
/// <param name="FacilityCode">Facility; empty when unknown.</param>
/// <param name="MaLk">First key found in the document; empty when none.</param>
/// <param name="Answer">Judges, stores unless the fault says not to, and answers.</param>
internal sealed record ProvinceCall(string Service, string UserName, string FacilityCode, string MaLk, Func<FaultRule?, ProvinceReply> Answer);

/// <summary>One provincial gateway's behaviour.</summary>
internal abstract class ProvinceDesk(string name, SimulatorClock clock, SimulatorStore store, ProvinceTokens tokens)
{
    /// <summary>Its group of routes, and prefix of its services' names.</summary>
    public string Name => name;

    public ProvinceTokens Tokens => tokens;

    protected SimulatorClock Clock => clock;

    /// <summary>Understands a call; null when there is no such service.</summary>
    /// <param name="path">Path below the group.</param>
    /// <param name="request">Method, headers, query.</param>
    /// <param name="body">The whole body.</param>
    public abstract ProvinceCall? Understand(string path, HttpRequest request, Memory<byte> body);

    /// <summary>A login or another call without a document.</summary>
    protected ProvinceCall Plain(string service, string userName, Func<ProvinceReply> answer) =>
        new($"{name}.{service}", userName, "", "", fault => Forced(fault) ?? answer());

    /// <summary>A call with a document.</summary>
    protected ProvinceCall About(
        string service, SimulatorAccount? account, string facility, DocumentInspection? document, Func<FaultRule?, ProvinceReply> answer) =>
        new($"{name}.{service}", account?.UserName ?? "", facility, document?.Key ?? "", fault => Forced(fault) ?? answer(fault));

    /// <summary>The answer of <c>code-NNN</c> in this gateway's shape.</summary>
    protected abstract ProvinceReply Coded(string code, string text);

    /// <summary>Keeps a document unless the fault says that it is lost first; its transaction number, empty when lost.</summary>
    protected string Keep(FaultRule? fault, string service, string facility, DocumentInspection document, byte[] bytes) =>
        fault is { StoresFirst: false } ? "" : store.Receive($"{name}.{service}", facility, document.Key, bytes).TransactionCode;

    /// <summary>What is wrong with a document; null when nothing is. Signatures aren't looked at here.</summary>
    protected static Reply? Fault(DocumentInspection document, string facility) => document.Structure(facility) ?? document.Content();

    /// <summary>Base64 as bytes; null when it isn't any.</summary>
    protected static byte[]? Decode(string base64)
    {
        byte[] bytes = new byte[(base64.Length / 4 * 3) + 3];
        return base64.Length > 0 && !base64.Contains(' ', StringComparison.Ordinal) && Convert.TryFromBase64String(base64, bytes, out int length) ? bytes[..length] : null;
    }

    private ProvinceReply? Forced(FaultRule? fault)
    {
        if (fault is null || !fault.Kind.StartsWith(FaultKinds.CodePrefix, StringComparison.Ordinal))
            return null;
        string code = fault.Kind[FaultKinds.CodePrefix.Length..];
        return Coded(code, fault.Text ?? $"Trình mô phỏng trả mã {code} theo yêu cầu");
    }
}
