using LienThong.Extracts;
using LienThong.Gateway.Archive;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>Visits that came together, from whatever they are read.</summary>
/// <param name="Name">Name for the ledger, e.g. of the file.</param>
/// <param name="Original">The bytes they came as, archived.</param>
/// <param name="Visits">The visits, read while they are stored; what can't be read of one doesn't cost the others.</param>
public sealed record VisitBatch(string Name, Stored Original, IEnumerable<VisitReading> Visits)
{
    /// <summary>Our id of the batch; a repetition after a crash gives it again, so that its ledger tells what was stored then.</summary>
    public Guid? FileId { get; init; }

    /// <summary>How many visits the source says it holds, asked once everything is read; null when it doesn't say.</summary>
    public Func<int?>? Declared { get; init; }

    /// <summary>A reading without a visit is a visit that can't be read (JSON); otherwise it tells what belongs to no visit, such as rows nobody asks for.</summary>
    public bool EveryReadingIsAVisit { get; init; } = true;
}
