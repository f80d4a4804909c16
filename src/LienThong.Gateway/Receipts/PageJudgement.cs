using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;

namespace LienThong.Gateway.Receipts;

/// <summary>How a row was brought to a call.</summary>
internal enum MatchBy
{
    None,
    Transaction,
    Time,
    Order,
}

/// <summary>A receipt that a list says something new of.</summary>
/// <param name="Call">The call, already as it will be.</param>
/// <param name="Row">The row that says it.</param>
/// <param name="Settled">What an unknown outcome becomes; empty when the outcome stays.</param>
internal sealed record ReceiptChange(ReceiptRow Call, PortalRow Row, string Settled);

/// <summary>A difference before it has its number.</summary>
internal sealed record DifferenceDraft(DifferenceKind Kind, string MaLk, string? RecordId, int? Version, string Field = "", string Ours = "", string Theirs = "", string Code = "", string Message = "", int? Line = null);

/// <summary>A case that opens or changes.</summary>
internal sealed record CaseChange(string RecordId, string MaLk, CaseGroup Group, string Code, string Message);

/// <summary>A version whose unknown outcome is settled.</summary>
internal sealed record VersionMove(VersionRow Version, RecordState To, RecordEvent On, string Cause);

/// <summary>Everything that follows from a page of rows. Nothing is written yet, so a preview is the same work without the end.</summary>
internal sealed class PageJudgement
{
    public List<ReceiptChange> Receipts { get; } = [];

    public List<VersionMove> Moves { get; } = [];

    public List<DifferenceDraft> Differences { get; } = [];

    public List<CaseChange> Cases { get; } = [];
}
