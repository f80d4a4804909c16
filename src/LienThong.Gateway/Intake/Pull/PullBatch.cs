using LienThong.Extracts;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Where reading stands: behind the visit with this watermark and key.</summary>
/// <param name="Watermark">Normalised watermark.</param>
/// <param name="Key">Normalised key.</param>
internal sealed record PullCursor(string Watermark, string Key);

/// <summary>Visits of one batch.</summary>
/// <param name="Last">The last visit of the batch; null for a batch of named keys.</param>
/// <param name="Keys">Keys in order, each once.</param>
/// <param name="IsFull">Whether there may be more behind it.</param>
/// <param name="Visits">The visits, as far as they could be read.</param>
/// <param name="Notes">What was noticed beside them.</param>
internal sealed record PullBatch(PullCursor? Last, IReadOnlyList<string> Keys, bool IsFull, IReadOnlyList<VisitReading> Visits, IReadOnlyList<ExtractProblem> Notes);

/// <summary>Reads batches of a source: keys in the order of watermark and key, then the rows of each query, then visits of them. The source is let go before the visits are put together.</summary>
internal sealed class PullBatchReader(PullPlan plan, ExtractMapping mapping, IPullSource source)
{
    private readonly SqlText visits = SqlText.Read(plan.Visits.Sql, "watermark", "key", "batch");
    private readonly List<(PullQuery Query, SqlText Sql)> queries = [.. plan.Queries.Select(q => (q, SqlText.Read(q.Sql, "keys", "key")))];

    /// <summary>The batch behind a place.</summary>
    /// <exception cref="PullException">It can't be read.</exception>
    public async Task<PullBatch> ReadAsync(PullCursor after, CancellationToken ct)
    {
        List<PullCursor> found;
        List<PulledTable> tables;
        await using (IPullView view = await source.OpenAsync(ct))
        {
            found = await KeysAsync(view, after, ct);
            tables = found.Count == 0 ? [] : await TablesAsync(view, [.. found.Select(f => f.Key).Distinct(StringComparer.Ordinal)], ct);
        }

        if (found.Count == 0) return new PullBatch(null, [], false, [], []);
        if (found[^1] == after) throw new PullException("Câu truy vấn visits cho lại lượt khám đã lấy, không tiến được.", "Thêm điều kiện moc > @watermark OR (moc = @watermark AND khoa > @key).");
        return Assemble(found[^1], [.. found.Select(f => f.Key).Distinct(StringComparer.Ordinal)], found.Count >= plan.Visits.Batch, tables);
    }

    /// <summary>A batch of named visits.</summary>
    /// <exception cref="PullException">It can't be read.</exception>
    public async Task<PullBatch> ReadAsync(IReadOnlyList<string> keys, CancellationToken ct)
    {
        List<PulledTable> tables;
        await using (IPullView view = await source.OpenAsync(ct)) tables = await TablesAsync(view, keys, ct);
        return Assemble(null, keys, false, tables);
    }

    private async Task<List<PullCursor>> KeysAsync(IPullView view, PullCursor after, CancellationToken ct)
    {
        PullVisits asked = plan.Visits;
        var request = new PullRequest("visits", visits, new Dictionary<string, PullArgument>(StringComparer.Ordinal)
        {
            ["watermark"] = PullArgument.One(asked.WatermarkKind, after.Watermark),
            ["key"] = PullArgument.One(asked.KeyKind, after.Key),
            ["batch"] = PullArgument.One(PullKind.Number, asked.Batch.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        });
        using PulledTable table = await view.QueryAsync(request, ct);
        (int key, int watermark) = (table.Find(asked.Key), table.Find(asked.Watermark));
        var found = new List<PullCursor>();
        while (found.Count < asked.Batch && table.Read())
        {
            if (table.Fault is { } fault) throw new PullException($"Truy vấn «visits», dòng {table.Line}: {fault.Message}", fault.Fix);
            var next = new PullCursor(Value(table, watermark, asked.WatermarkKind), Value(table, key, asked.KeyKind));
            if (PullScalar.IsBefore(asked.WatermarkKind, next.Watermark, found.Count == 0 ? after.Watermark : found[^1].Watermark))
                throw new PullException($"Truy vấn «visits» không xếp theo mốc: «{next.Watermark}» đứng sau mốc lớn hơn.", $"Thêm ORDER BY {asked.Watermark}, {asked.Key}.");
            found.Add(next);
        }

        return found;
    }

    private static string Value(PulledTable table, int column, PullKind kind) => PullScalar.TryNormalise(kind, table[column].Trim()) ?? throw new PullException(
        $"Truy vấn «visits», dòng {table.Line}, cột {table.Columns[column]}: «{ExtractProblem.Shown(table[column])}» không dùng được làm {(kind == PullKind.Time ? "mốc thời gian" : kind == PullKind.Number ? "số" : "khóa")}.",
        "Khóa và mốc không được trống; thời gian dạng yyyy-MM-dd HH:mm:ss. Bỏ những dòng trống bằng điều kiện WHERE.");

    private async Task<List<PulledTable>> TablesAsync(IPullView view, IReadOnlyList<string> keys, CancellationToken ct)
    {
        var tables = new List<PulledTable>();
        foreach ((PullQuery query, SqlText sql) in queries)
        {
            PulledTable? table = null;
            foreach (PullArgument argument in query.PerVisit ? keys.Select(k => PullArgument.One(plan.Visits.KeyKind, k)) : [new PullArgument(plan.Visits.KeyKind, keys)])
            {
                PulledTable part = await view.QueryAsync(
                    new PullRequest(query.Name, sql, new Dictionary<string, PullArgument>(StringComparer.Ordinal) { [query.PerVisit ? "key" : "keys"] = argument }), ct);
                if (table is null) table = part;
                else table.Append(part, plan.MaxRows);
            }

            tables.Add(table!);
        }

        return tables;
    }

    private PullBatch Assemble(PullCursor? last, IReadOnlyList<string> keys, bool isFull, List<PulledTable> tables)
    {
        HashSet<string> wanted = new(keys, StringComparer.Ordinal);
        var readings = new List<VisitReading>();
        var notes = new List<ExtractProblem>();
        var assembly = new VisitAssembly(mapping, new AssemblyOptions(Temporary) { MemoryBytes = 256 * 1024 * 1024 });
        foreach (VisitReading reading in assembly.Read([.. tables.Select(t => new ExtractTable(t.Name, _ => t))]))
        {
            if (reading.Visit is null) notes.AddRange(reading.Problems);
            else if (wanted.Remove(KeyOf(reading))) readings.Add(InFacility(reading));
            else notes.AddRange(Stray(reading));
        }

        if (notes.Find(p => p.Severity == Severity.Block && p.Code is not ExtractCodes.Orphan && p.Visit.Length == 0) is { } wrong)
            throw new PullException($"{wrong.File}{(wrong.Line > 0 ? $", dòng {wrong.Line}" : "")}{(wrong.Column.Length > 0 ? $", cột {wrong.Column}" : "")}: {wrong.Message}".TrimStart(':', ' '), wrong.Fix);
        foreach (string missing in keys.Where(wanted.Contains))
        {
            readings.Add(new VisitReading(null, [new ExtractProblem(
                ExtractCodes.Missing, Severity.Block, "Không truy vấn nào cho dòng lượt khám của khóa này.", "Kiểm tra truy vấn luot_kham: điều kiện nối có thể làm mất dòng, cột khóa phải là MA_LK.", Visit: missing)]));
        }

        return new PullBatch(last, keys, isFull, readings, notes);
    }

    private string KeyOf(VisitReading reading) => PullScalar.TryNormalise(plan.Visits.KeyKind, reading.Visit!.Key) ?? reading.Visit.Key;

    private VisitReading InFacility(VisitReading reading)
    {
        if (reading.Visit!.Facility == plan.Facility) return reading;
        return new VisitReading(reading.Visit, [.. reading.Problems, new ExtractProblem(
            ExtractCodes.Value, Severity.Block, $"Lượt khám thuộc cơ sở «{ExtractProblem.Shown(reading.Visit.Facility)}», nguồn này của cơ sở {plan.Facility}.", "Lọc theo cơ sở trong câu truy vấn, hoặc khai một nguồn riêng.", Visit: reading.Visit.Key)]);
    }

    private static IEnumerable<ExtractProblem> Stray(VisitReading reading) =>
        [new ExtractProblem(ExtractCodes.Orphan, Severity.Warn, "Truy vấn cho lượt khám không thuộc lô đang lấy; đã bỏ qua.", "Thêm điều kiện «khóa IN (@keys)».", Visit: reading.Visit!.Key)];

    private static FileStream Temporary() => new(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose);
}
