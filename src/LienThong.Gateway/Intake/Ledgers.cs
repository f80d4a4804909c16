using System.Text.Json;
using LienThong.Gateway.Access;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Intake;

/// <summary>Ledgers of files taken in before.</summary>
public sealed class Ledgers
{
    private readonly FileStore files;
    private readonly VisitStore visits;

    internal Ledgers(FileStore files, VisitStore visits) => (this.files, this.visits) = (files, visits);

    /// <summary>The ledger of a file; null when it is unknown, out of the caller's scope or still being read.</summary>
    /// <remarks>Of a package the records it brought are told; those that were known before are only counted.</remarks>
    public async Task<IntakeReport?> FindAsync(Caller caller, Guid fileId, CancellationToken ct)
    {
        string id = fileId.ToString();
        if (await files.FindAsync(caller, id, ct) is not { } row || !Enum.TryParse(row.Outcome, out IntakeOutcome outcome))
            return null;
        List<IntakeRecord> records = row.Kind == nameof(IntakeKind.Visits)
            ? await visits.LedgerAsync(caller, id, ct)
            : (await files.RecordsAsync(caller, id, ct)).ConvertAll(r => new IntakeRecord(
                r.Hoso, r.MaLk, r.Version == 1 ? IntakeVerdict.New : IntakeVerdict.NewVersion, Guid.Parse(r.RecordId), r.Version,
                Enum.Parse<RecordState>(r.State), r.BlockCount, r.WarnCount, ""));
        IReadOnlyList<Problem> problems = row.Problems is null ? [] : JsonSerializer.Deserialize<List<Problem>>(row.Problems)!;
        return new IntakeReport(fileId, row.FileName, row.Sha256, outcome, row.Facility, row.Declared, records, problems) { Built = row.Built };
    }
}
