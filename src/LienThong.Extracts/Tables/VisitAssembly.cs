using System.Buffers;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>
/// Joins the rows of many tables to visits, in the order of the table that holds the visits. Memory is bounded whatever the size of the extract
/// and however its rows are scattered.
/// </summary>
/// <remarks>
/// A reading without a visit tells what concerns the extract or rows of no visit. When a table can't be read to its end, or its columns don't fit the
/// mapping, no visit is given at all: each might lack rows.
/// </remarks>
public sealed class VisitAssembly
{
    private const int ToldPerTable = 50;
    private readonly ExtractMapping mapping;
    private readonly AssemblyOptions options;
    private readonly List<SourcePlan> plans = [];
    private readonly VisitKeys keys = new();
    private readonly Dictionary<int, List<ExtractProblem>> marked = [];
    private readonly List<ExtractProblem> told = [];
    private readonly ArrayBufferWriter<byte> packed = new();
    private readonly List<(string Table, long Rows)> counts = [];
    private long read;
    private bool failed;

    /// <summary>An assembly for one reading.</summary>
    public VisitAssembly(ExtractMapping mapping, AssemblyOptions options)
    {
        this.mapping = mapping;
        this.options = options;
    }

    /// <summary>Tables that were read, with their rows.</summary>
    public IReadOnlyList<(string Table, long Rows)> Tables => counts;

    /// <summary>Rows read so far, of all tables.</summary>
    public long Rows { get; private set; }

    /// <summary>Rows that a template marks as examples (their key begins with <c>#</c>), which are left out.</summary>
    public long Remarks { get; private set; }

    /// <summary>Visits found so far.</summary>
    public int Visits => keys.Count;

    /// <summary>Bytes of rows that were put away for want of memory.</summary>
    public long Spilled { get; private set; }

    /// <summary>Reads an extract. To be called once.</summary>
    /// <param name="tables">Its tables, in any order.</param>
    public IEnumerable<VisitReading> Read(IReadOnlyList<ExtractTable> tables)
    {
        using var sort = new RowSort(options.Temporary, options.MemoryBytes);
        List<(ExtractTable Table, SourceMapping? Source, SectionSpec? Section)> ordered = Ordered(tables);
        foreach (ExtractProblem problem in told) yield return new VisitReading(null, [problem]);
        told.Clear();
        foreach ((ExtractTable table, SourceMapping? source, SectionSpec? section) in ordered)
        {
            TakeIn(table, source, section, sort);
            foreach (ExtractProblem problem in told) yield return new VisitReading(null, [problem]);
            told.Clear();
            // Without its visits every row of the others would be told as astray.
            if (failed && plans.Count <= 1) break;
        }

        Spilled = sort.Spilled;
        if (failed) yield break;
        foreach (VisitReading reading in Join(sort)) yield return reading;
    }

    // The table of the visits first: it numbers them.
    private List<(ExtractTable Table, SourceMapping? Source, SectionSpec? Section)> Ordered(IReadOnlyList<ExtractTable> tables)
    {
        var known = new List<(ExtractTable Table, SourceMapping? Source, SectionSpec? Section, int Order)>();
        foreach (ExtractTable table in tables)
        {
            if (NameMapping.IsWords(table.Name)) continue;
            SourceMapping? source = mapping.Find(table.Name);
            SectionSpec? section = mapping.Sources.Count == 0 ? NameMapping.SectionOf(table.Name) : null;
            if (source is null && section is null)
            {
                bool byName = mapping.Sources.Count == 0;
                Tell(new ExtractProblem(
                    ExtractCodes.Unknown, Severity.Warn, $"Bảng «{ExtractProblem.Shown(table.Name)}» không dùng đến.",
                    byName ? $"Đặt tên theo mô hình: {string.Join(", ", VisitModel.Sections.Take(6).Select(s => s.FileName))} …, hoặc ghi tệp ánh xạ." : "Thêm vào sources của tệp ánh xạ nếu cần.", table.Name));
                continue;
            }

            known.Add((table, source, section, source is null ? (int)section!.Id : Order(source)));
        }

        TellAbsent(known.ConvertAll(k => k.Source));
        List<(ExtractTable Table, SourceMapping? Source, SectionSpec? Section)> ordered = [.. known.OrderBy(k => k.Order).Select(k => (k.Table, k.Source, k.Section))];
        bool hasVisits = ordered is [var first, ..] && (first.Section?.Id ?? first.Source!.Parts[0].Section.Id) == SectionId.Visit;
        if (hasVisits) return ordered;
        failed = true;
        Tell(new ExtractProblem(
            ExtractCodes.Missing, Severity.Block, "Không có bảng nào có mỗi lượt khám một dòng.", "Thêm tệp hoặc trang luot_kham, hoặc ghi phần visit trong tệp ánh xạ."));
        ordered.Clear();
        return ordered;
    }

    // Parts stand in the order of the model, so the first tells whether there are visits.
    private int Order(SourceMapping source)
    {
        int place = mapping.Sources.ToList().IndexOf(source);
        return source.Parts[0].Section.Id == SectionId.Visit ? place : mapping.Sources.Count + place;
    }

    private void TellAbsent(List<SourceMapping?> present)
    {
        foreach (SourceMapping source in mapping.Sources)
        {
            if (!present.Contains(source))
                Tell(new ExtractProblem(ExtractCodes.Missing, Severity.Warn, $"Không có bảng «{source.Name}» mà tệp ánh xạ mô tả.", "Thêm tệp này, hoặc bỏ khỏi sources.", source.Name));
        }
    }

    private void TakeIn(ExtractTable table, SourceMapping? source, SectionSpec? section, RowSort sort)
    {
        long before = read, rowsBefore = Rows;
        try
        {
            using RowSource rows = table.Open(source?.Form);
            var plan = new SourcePlan(mapping, source ?? NameMapping.For(table.Name, section!, rows.Columns), rows);
            plans.Add(plan);
            foreach (ExtractProblem problem in plan.Problems) Tell(problem);
            if (plan.Problems.Any(p => p.Severity == Severity.Block)) failed = true;
            else TakeRows(rows, plan, sort, before);
        }
        catch (UnreadableExtractException e)
        {
            failed = true;
            Tell(e.Problem);
        }

        counts.Add((table.Name, Rows - rowsBefore));
        read = before + table.Size;
        options.Progress?.Invoke(read);
    }

    private void TakeRows(RowSource rows, SourcePlan plan, RowSort sort, long before)
    {
        var problems = new RowProblems(plan.Name, told, ToldPerTable);
        bool isMain = plans.Count == 1;
        while (rows.Read())
        {
            if ((++Rows & 0xFFF) == 0) options.Progress?.Invoke(before + rows.Position);
            if (rows.Fault is { } fault)
            {
                if (!Mark(fault, rows)) problems.Add(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, fault.Message, fault.Fix, rows.Name, rows.Line, "", ExtractProblem.Shown(fault.Text)));
                continue;
            }

            string key = rows[plan.Slots[plan.Key]].Trim().Normalize();
            if (key.StartsWith('#'))
            {
                Remarks++;
                continue;
            }

            int visit = -1;
            if (key.Length == 0) problems.Add(Problem(ExtractCodes.Missing, "Dòng không có mã lượt khám.", "Ghi mã lượt khám, hoặc xóa dòng nếu không phải dữ liệu."));
            else if (isMain) keys.Add(key, out visit);
            else if ((visit = keys.Find(key)) < 0) problems.Add(Problem(ExtractCodes.Orphan, $"Lượt khám «{ExtractProblem.Shown(key)}» không có trong «{plans[0].Name}».", "Thêm lượt khám vào bảng lượt khám, hoặc bỏ dòng này.", key));
            if (visit < 0) continue;
            packed.ResetWrittenCount();
            RowCells.Pack(packed, plans.Count - 1, plan, rows);
            sort.Add(visit, packed.WrittenSpan);
        }

        problems.Close();

        ExtractProblem Problem(string code, string message, string fix, string value = "") =>
            new(code, Severity.Block, message, fix, rows.Name, rows.Line, plan.Header(plan.Key), ExtractProblem.Shown(value), ExtractProblem.Shown(value));
    }

    // A row that can't be read keeps the visits out whose keys stand in it; false when none is found.
    private bool Mark(RowFault fault, RowSource rows)
    {
        bool any = false;
        foreach (string word in fault.Text.Split([',', ';', '\t', '|', '"', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct(StringComparer.Ordinal))
        {
            int visit = keys.Find(word.Normalize());
            if (visit < 0) continue;
            any = true;
            if (!marked.TryGetValue(visit, out List<ExtractProblem>? own)) marked[visit] = own = [];
            own.Add(new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, fault.Message, fault.Fix, rows.Name, rows.Line, "", ExtractProblem.Shown(fault.Text)));
        }

        return any;
    }

    private IEnumerable<VisitReading> Join(RowSort sort)
    {
        Dictionary<SectionId, IReadOnlyDictionary<string, string>> columns = ColumnNames.Of(plans);
        var cells = new RowCells();
        VisitDraft? draft = null;
        int current = -1;
        foreach ((int visit, ReadOnlyMemory<byte> row) in sort.Rows())
        {
            if (visit != current)
            {
                if (draft is not null) yield return Finish(draft, current);
                current = visit;
                draft = new VisitDraft(options.Limits);
                foreach ((SectionId section, IReadOnlyDictionary<string, string> names) in columns) draft.Visit.Columns[section] = names;
            }

            SourcePlan plan = cells.Unpack(row.Span, plans);
            RowFill.Apply(plan, cells, draft!);
            if (plan == plans[0]) Identify(draft!.Visit, cells[plan.Key]);
        }

        if (draft is not null) yield return Finish(draft, current);
    }

    private void Identify(Visit visit, string key)
    {
        if (visit[SectionId.Visit] is not [VisitRow row, ..]) return;
        if (!row.Has(VisitFields.Visit.MA_LK)) row.Set(VisitFields.Visit.MA_LK, key.Trim().Normalize());
        if (!row.Has(VisitFields.Visit.MA_CSKCB) && mapping.Facility.Length > 0) row.Set(VisitFields.Visit.MA_CSKCB, mapping.Facility);
    }

    private VisitReading Finish(VisitDraft draft, int visit)
    {
        if (marked.TryGetValue(visit, out List<ExtractProblem>? problems)) problems.ForEach(draft.Tell);
        return draft.Finish();
    }

    private void Tell(ExtractProblem problem) => told.Add(problem);
}
