using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Visits;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Takes pulled visits in as those of any other way: archived as they were read, asked for at the door, built, stored with their origin.</summary>
internal sealed class PullIntake(VisitIntake intake, IArchive archive, IntakeOptions options) : IPullIntake
{
    /// <inheritdoc/>
    public async Task<PullTaken> TakeAsync(PullPlan plan, IReadOnlyList<VisitReading> visits, CancellationToken ct)
    {
        List<PullRefusal> refused = [];
        (int stored, int same) = (0, 0);
        Caller caller = Caller.System($"pull:{plan.Name}") with { Scope = FacilityScope.Only(plan.Facility) };
        IntakeReport report = await intake.IngestAsync(new VisitBatch($"{plan.Name}.ndjson", await KeepAsync(visits, ct), visits), caller, ct);
        if (report.Records.Count != visits.Count)
            throw new PullException($"Chỉ {report.Records.Count} trong {visits.Count} lượt khám của lô được ghi nhận.", "Xem sổ nhận của tệp ở trang Tải lên; lô này sẽ được đọc lại.");
        foreach (IntakeRecord entry in report.Records)
        {
            if (entry.Verdict == IntakeVerdict.Refused) refused.Add(new PullRefusal(entry.MaLk, Why(entry)));
            else if (entry.Verdict is IntakeVerdict.Same or IntakeVerdict.CheckIn) same++;
            else stored++;
        }

        return new PullTaken(stored, same, refused);
    }

    private static string Why(IntakeRecord entry) =>
        entry.Problems.OrderBy(p => p.Severity == Severity.Block ? 0 : 1).FirstOrDefault() is { } worst ? PullRunner.Told(worst) : entry.Message;

    private async Task<Stored> KeepAsync(IReadOnlyList<VisitReading> visits, CancellationToken ct)
    {
        using MemoryStream bytes = new();
        foreach (VisitReading reading in visits)
        {
            if (reading.Visit is not { } visit) continue;
            VisitJsonWriter.Write(bytes, visit, places: true);
            bytes.WriteByte((byte)'\n');
        }

        bytes.Position = 0;
        return await archive.PutAsync(bytes, options.MaxFileBytes, ct);
    }
}
