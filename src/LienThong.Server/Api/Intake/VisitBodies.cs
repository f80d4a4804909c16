using LienThong.Extracts;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;

namespace LienThong.Server.Api.Intake;

/// <summary>What became of one visit.</summary>
/// <param name="Index">Position in the request, from 0.</param>
/// <param name="Status">As the visit alone would be answered: 201 new, 200 known or a new version, 422 not taken.</param>
/// <param name="MaLk"><c>MA_LK</c>; empty when it has none.</param>
/// <param name="Verdict"><c>New</c>, <c>NewVersion</c>, <c>Waiting</c>, <c>Same</c>, <c>CheckIn</c> (the visit goes on: no record, its check-in was taken) or <c>Refused</c>.</param>
/// <param name="Id">Our id of the record; null when it wasn't taken.</param>
/// <param name="Version">Version stored or found to be the same.</param>
/// <param name="State">State of that version.</param>
/// <param name="Findings">How many findings it has; they are at <c>/api/v1/records/{id}/findings</c>. Null when it wasn't taken.</param>
/// <param name="Message">Why it wasn't taken or waits, in Vietnamese; otherwise empty.</param>
/// <param name="Problems">What was wrong with the visit, by place.</param>
public sealed record VisitResultBody(
    int Index, int Status, string MaLk, IntakeVerdict Verdict, Guid? Id, int? Version, RecordState? State, FindingCountBody? Findings, string Message,
    IReadOnlyList<VisitProblemBody> Problems)
{
    internal static VisitResultBody Of(IntakeRecord r) => new(
        r.Hoso, StatusOf(r.Verdict), r.MaLk, r.Verdict, r.RecordId, r.Version, r.State, r.RecordId is null ? null : new FindingCountBody(r.Blocks > 0, r.Blocks, r.Warnings),
        r.Message, [.. r.Problems.Select(VisitProblemBody.Of)]);

    private static int StatusOf(IntakeVerdict verdict) => verdict switch
    {
        IntakeVerdict.New => StatusCodes.Status201Created,
        IntakeVerdict.Refused => StatusCodes.Status422UnprocessableEntity,
        _ => StatusCodes.Status200OK,
    };
}

/// <summary>How many findings a version has.</summary>
/// <param name="Blocked">Whether something blocks sending.</param>
/// <param name="Block">Blocking ones.</param>
/// <param name="Warn">Warnings.</param>
public sealed record FindingCountBody(bool Blocked, int Block, int Warn);

/// <summary>What is wrong with a visit, with its place.</summary>
/// <param name="Code">Stable code, e.g. <c>EXT-VALUE</c>.</param>
/// <param name="Severity"><c>block</c> keeps the visit out; <c>warn</c> and <c>info</c> tell what was ignored or decided.</param>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="File">File, sheet or query; empty for a document of its own.</param>
/// <param name="Line">Line or row, from 1; null when unknown.</param>
/// <param name="Column">Column or member; empty when the row as a whole is meant.</param>
/// <param name="Value">The value as it came, shortened.</param>
public sealed record VisitProblemBody(string Code, string Severity, string Message, string Fix, string File, long? Line, string Column, string Value)
{
    internal static VisitProblemBody Of(ExtractProblem p) => new(
        p.Code, p.Severity.ToString().ToLowerInvariant(), p.Message, p.Fix, p.File, p.Line > 0 ? p.Line : null, p.Column, p.Value);
}

/// <summary>What became of many visits; the counts add up.</summary>
/// <param name="FileId">Our id of the batch; its ledger is at <c>/api/v1/files/{fileId}</c>.</param>
/// <param name="Outcome"><c>Complete</c>, <c>Partial</c> or <c>Refused</c>.</param>
/// <param name="Declared">How many the source said it holds; null when it doesn't say.</param>
/// <param name="Found">Visits found.</param>
/// <param name="Built">Visits that became records.</param>
/// <param name="Stored">Records stored as new or as new versions.</param>
/// <param name="Duplicates">Records that were stored before with the same content.</param>
/// <param name="Refused">Visits not taken.</param>
/// <param name="Blocked">Records with blocking findings.</param>
/// <param name="Items">Every visit, in the order of the request.</param>
public sealed record VisitBatchBody(
    Guid? FileId, IntakeOutcome Outcome, int? Declared, int Found, int Built, int Stored, int Duplicates, int Refused, int Blocked, IReadOnlyList<VisitResultBody> Items)
{
    internal static VisitBatchBody Of(IntakeReport r) => new(
        r.FileId, r.Outcome, r.Declared, r.Found, r.Built ?? 0, r.Stored, r.Duplicates, r.Refused, r.Blocked, [.. r.Records.Select(VisitResultBody.Of)]);
}
