using System.Buffers;
using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Builds the records of pulled visits and takes them in as packages of the release each is written in, with archive, ledger and versions as for any other.</summary>
internal sealed class PullIntake(IntakeService intake, TimeProvider time) : IPullIntake
{
    private static readonly TimeSpan Vietnam = TimeSpan.FromHours(7);

    /// <inheritdoc/>
    public async Task<PullTaken> TakeAsync(PullPlan plan, IReadOnlyList<VisitReading> visits, CancellationToken ct)
    {
        List<PullRefusal> refused = [];
        Dictionary<string, (Release Release, List<Record> Records)> packages = new(StringComparer.Ordinal);
        (int stored, int same) = (0, 0);
        try
        {
            foreach (VisitReading reading in visits) Build(reading, packages, refused);
            foreach ((string release, (Release form, List<Record> records)) in packages.OrderBy(p => p.Key, StringComparer.Ordinal))
            {
                IntakeReport report = await TakeAsync(plan, release, form, records, ct);
                foreach (IntakeRecord entry in report.Records)
                {
                    if (entry.Verdict == IntakeVerdict.Refused) refused.Add(new PullRefusal(entry.MaLk, entry.Message));
                    else if (entry.Verdict == IntakeVerdict.Same) same++;
                    else stored++;
                }

                if (report.Records.Count != records.Count) throw new PullException($"Chỉ {report.Records.Count} trong {records.Count} hồ sơ của lô được ghi nhận.", "Xem sổ nhận của tệp ở trang Tải lên; lô này sẽ được đọc lại.");
            }
        }
        finally
        {
            foreach (Record record in packages.Values.SelectMany(p => p.Records)) record.Dispose();
        }

        return new PullTaken(stored, same, refused);
    }

    private static void Build(VisitReading reading, Dictionary<string, (Release Release, List<Record> Records)> packages, List<PullRefusal> refused)
    {
        BuiltVisit? built = reading.IsUsable ? VisitBuilder.Build(reading.Visit!, BuildOptions.Default) : null;
        if (built?.Record is { } record)
        {
            Release release = built.Release!;
            if (!packages.TryGetValue(release.Id, out (Release, List<Record> Records) package)) packages[release.Id] = package = (release, []);
            package.Records.Add(record);
            return;
        }

        IEnumerable<ExtractProblem> problems = [.. reading.Problems, .. built?.Problems ?? []];
        refused.Add(new PullRefusal(reading.Visit!.Key, PullRunner.Told(problems.OrderBy(p => p.Severity == Severity.Block ? 0 : 1).First())));
    }

    private async Task<IntakeReport> TakeAsync(PullPlan plan, string release, Release form, List<Record> records, CancellationToken ct)
    {
        ArrayBufferWriter<byte> bytes = new();
        PackageWriter writer = new(bytes, PackageHeader.For(plan.Facility, DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime + Vietnam), records.Count));
        foreach (Record record in records) writer.Add(record, form);
        writer.End();
        using MemoryStream package = new(bytes.WrittenMemory.ToArray());
        Caller caller = Caller.System($"pull:{plan.Name}") with { Scope = FacilityScope.Only(plan.Facility) };
        return await intake.IngestAsync(package, $"{plan.Name}-{release}.xml", caller, null, ct);
    }
}
