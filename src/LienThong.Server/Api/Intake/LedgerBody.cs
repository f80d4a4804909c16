using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Standard;

namespace LienThong.Server.Api.Intake;

/// <summary>The ledger of a package: declared → found → stored → judged.</summary>
/// <param name="FileId">Our id of the file; null when nothing was kept of it.</param>
/// <param name="FileName">Name it came under.</param>
/// <param name="Sha256">Hash of its bytes.</param>
/// <param name="Outcome"><c>Complete</c>, <c>Duplicate</c>, <c>Partial</c> or <c>Refused</c>.</param>
/// <param name="MaCskcb">Facility of the envelope.</param>
/// <param name="Declared"><c>SOLUONGHOSO</c>; null when missing.</param>
/// <param name="Found">Records found.</param>
/// <param name="Stored">Records stored as new or as new versions.</param>
/// <param name="Duplicates">Records stored before with the same content.</param>
/// <param name="Refused">Records not stored.</param>
/// <param name="Blocked">Records with blocking findings.</param>
/// <param name="Records">Every record found, in order.</param>
/// <param name="Problems">What was wrong with the file.</param>
public sealed record LedgerBody(
    Guid? FileId, string FileName, string Sha256, IntakeOutcome Outcome, string MaCskcb, int? Declared, int Found, int Stored, int Duplicates, int Refused,
    int Blocked, IReadOnlyList<LedgerRecordBody> Records, IReadOnlyList<ProblemBody> Problems)
{
    internal static LedgerBody Of(IntakeReport r) => new(
        r.FileId, r.FileName, r.Sha256, r.Outcome, r.Facility, r.Declared, r.Found, r.Stored, r.Duplicates, r.Refused, r.Blocked,
        [.. r.Records.Select(LedgerRecordBody.Of)], [.. r.Problems.Select(ProblemBody.Of)])
    {
        Built = r.Built,
    };

    /// <summary>Visits that became records; null for a package.</summary>
    public int? Built { get; init; }
}

/// <summary>A record in the ledger.</summary>
/// <param name="Index">Position in the file, from 0.</param>
/// <param name="MaLk"><c>MA_LK</c>.</param>
/// <param name="Verdict"><c>New</c>, <c>NewVersion</c>, <c>Waiting</c>, <c>Same</c> or <c>Refused</c>.</param>
/// <param name="Id">Our id of the record; null when it wasn't stored.</param>
/// <param name="Version">Version stored or found to be the same.</param>
/// <param name="State">State of that version.</param>
/// <param name="Blocked">Whether something blocks sending.</param>
/// <param name="Block">Blocking findings.</param>
/// <param name="Warn">Warnings.</param>
/// <param name="Message">Why it wasn't stored or waits, in Vietnamese; otherwise empty.</param>
public sealed record LedgerRecordBody(
    int Index, string MaLk, IntakeVerdict Verdict, Guid? Id, int? Version, RecordState? State, bool Blocked, int Block, int Warn, string Message)
{
    internal static LedgerRecordBody Of(IntakeRecord r) => new(
        r.Hoso, r.MaLk, r.Verdict, r.RecordId, r.Version, r.State, r.Blocks > 0, r.Blocks, r.Warnings, r.Message)
    {
        Problems = [.. r.Problems.Select(VisitProblemBody.Of)],
    };

    /// <summary>What was wrong with the visit it was built from; empty for a record of a package.</summary>
    public IReadOnlyList<VisitProblemBody> Problems { get; init; } = [];
}

/// <summary>Something wrong with a file, as the command line prints it.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Severity"><c>block</c>, <c>warn</c> or <c>info</c>.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="Line">Line, from 1; null when unknown.</param>
/// <param name="Position">Byte in the line, from 1; null when unknown.</param>
/// <param name="Hoso">Position of the record, from 0; null when the file is meant.</param>
/// <param name="Field">Element of the envelope it is about, e.g. <c>MACSKCB</c>; null when none is.</param>
public sealed record ProblemBody(string Code, string Severity, string Message, string Fix, long? Line, long? Position, int? Hoso, string? Field)
{
    internal static ProblemBody Of(Problem p) => new(p.Code, p.Severity.ToString().ToLowerInvariant(), p.Message, p.Fix, p.Line, p.Position, p.Hoso, p.Field);
}
