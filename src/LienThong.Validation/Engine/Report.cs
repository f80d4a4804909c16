using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What the rules have said of one record so far. Reused from record to record; only findings allocate.</summary>
internal sealed class Report
{
    private const int MaxColumns = 256;

    private readonly List<Finding> findings = [];
    private readonly HashSet<long> badCells = [];
    private readonly bool[] badColumns = new bool[TableNames.Count * MaxColumns];
    private readonly bool[] missing = new bool[TableNames.Count * MaxColumns];
    private readonly Dictionary<RuleInfo, int[]> counts = [];
    private readonly int[] weights = new int[3];
    private readonly List<NotCheckedCount> uncovered = [];
    private RecordView record = null!;
    private int limit;
    private bool isOpen;
    private int malformed;
    private int unreadable;
    private int tooLong;

    /// <summary>The rule being judged.</summary>
    public Rule? Current { get; set; }

    public bool IsClean => findings.Count == 0 && badCells.Count == 0;

    public int Malformed => malformed;

    public int Unreadable => unreadable;

    /// <summary>Lists that don't cover the day of some row, though they cover the day of discharge.</summary>
    public IReadOnlyList<NotCheckedCount> Uncovered => uncovered;
    public int TooLong => tooLong;

    public void Start(RecordView view, int maxPerRuleAndTable, bool visitGoesOn)
    {
        record = view;
        bool isClean = findings.Count == 0 && !isOpen;
        isOpen = visitGoesOn;
        limit = maxPerRuleAndTable;
        malformed = 0;
        unreadable = 0;
        uncovered.Clear();
        tooLong = 0;
        Current = null;
        if (isClean) return;
        findings.Clear();
        badCells.Clear();
        counts.Clear();
        Array.Clear(badColumns);
        Array.Clear(missing);
        Array.Clear(weights);
    }

    public int Weight(Severity severity) => weights[(int)severity];

    public Finding[] Take()
    {
        foreach ((RuleInfo info, int[] perTable) in counts)
        {
            for (int t = 0; t < perTable.Length; t++)
            {
                if (perTable[t] > limit) findings.Add(LeftOut(info, (TableId)t, perTable[t] - limit));
            }
        }

        return [.. findings];
    }

    /// <summary>Takes the answer of the current rule for one row.</summary>
    public void Take(Answer answer, Row row)
    {
        if (answer.Verdict == Verdict.Broken) Broken(row, answer.Breach);
        else if (answer.UncoveredBy is { } list) IsUncovered(list.Name);
        else if (answer.Verdict == Verdict.NotChecked) malformed++;
    }

    /// <summary>The list isn't there or doesn't cover the day of a row: told once per list.</summary>
    public void IsUncovered(string list)
    {
        foreach (NotCheckedCount known in uncovered)
        {
            if (known.List == list) return;
        }

        uncovered.Add(new NotCheckedCount(NotCheckedCause.ListNotLoaded, list, 1));
    }

    /// <summary>The current rule could not be judged: a value it reads is malformed.</summary>
    public void NotChecked() => malformed++;

    public void NotReadable() => unreadable++;

    /// <summary>The current rule needed more steps than it may.</summary>
    public void NotFinished() => tooLong++;

    /// <summary>The current rule is broken in this row.</summary>
    public void Broken(Row row, Breach? breach = null)
    {
        Rule rule = Current!;
        FieldId at = breach?.Field ?? (rule.At.Table == row.Table.Id ? rule.At : default);
        bool hasField = at.Table == row.Table.Id;
        if (hasField && ReadsBadCell(rule, row, at)) return;
        Add(rule.Info, row.Table, row.Position, hasField ? at : null, breach);
    }

    /// <summary>The current rule is broken for a table as a whole.</summary>
    public void BrokenTable(TableId table, FieldId? field, Breach? breach = null) => Add(Current!.Info, table, field, breach);

    /// <summary>A finding that isn't of the current rule: structure and fields.</summary>
    public void Add(RuleInfo info, Row row, FieldId? field, Breach? breach = null) => Add(info, row.Table, row.Position, field, breach);

    /// <summary>A finding for a table as a whole, whether or not the record has the table.</summary>
    public void Add(RuleInfo info, TableId table, FieldId? field, Breach? breach = null)
    {
        string value = breach?.Part ?? "";
        if (Waits(info, table.Code(), field, value) || !Admit(info, table)) return;
        Severity severity = Lower(info.Severity, breach?.Severity);
        var cell = new Cell(table.Code(), null, field?.Name);
        Write(info, severity, cell, "", value, breach, default, field);
    }

    /// <summary>A finding at any cell, for what the reader noticed.</summary>
    public void Add(RuleInfo info, Cell cell, Breach breach)
    {
        TableId table = TableNames.TryParse(cell.Table, out TableId known) ? known : TableId.Xml0;
        if (Admit(info, table)) Write(info, Lower(info.Severity, breach.Severity), cell, "", breach.Part ?? "", breach, default, null);
    }

    /// <summary>An element that every row should have isn't there; reported once per field.</summary>
    public void MissingElement(FieldId field, Row row)
    {
        if (missing[Column(field)]) return;
        missing[Column(field)] = true;
        Add(Families.MissingField, row.Table, row.Position, field, null);
    }

    public bool IsBad(FieldId field, int position) => !IsClean && badCells.Contains(Key(field, position));

    /// <summary>True when a warning or block has been told at this cell already.</summary>
    public bool HasFinding(FieldId field, int row)
    {
        foreach (Finding finding in findings)
        {
            if (finding.Severity > Severity.Info && finding.At.Row == row && finding.At.Table == field.Table.Code() && finding.At.Field == field.Name) return true;
        }

        return false;
    }

    public bool IsBadAnywhere(FieldId field) => badColumns[Column(field)];

    private static int Column(FieldId field) => ((int)field.Table * MaxColumns) + field.Column;

    private static long Key(FieldId field, int position) => ((long)position << 16) | (long)Column(field);

    private static Severity Lower(Severity severity, Severity? milder) => milder is { } m && m < severity ? m : severity;

    private bool ReadsBadCell(Rule rule, Row row, FieldId at)
    {
        if (IsClean) return false;
        bool format = rule.Info.Layer <= RuleLayer.Format;
        if (IsBad(at, row.Position))
        {
            if (!format) malformed++;
            return true;
        }

        if (format) return false;
        foreach (FieldId read in rule.Reads)
        {
            bool bad = read.Table == row.Table.Id ? IsBad(read, row.Position) : IsBadAnywhere(read);
            if (!bad) continue;
            malformed++;
            return true;
        }

        return false;
    }

    private bool Waits(RuleInfo info, string table, FieldId? field, string value) => isOpen && DischargeRules.Waits(info.Code, table, field?.Name ?? "", value);

    private void Add(RuleInfo info, Table table, int position, FieldId? field, Breach? breach)
    {
        Severity severity = Lower(info.Severity, breach?.Severity);
        if (field is { } bad && info.Layer <= RuleLayer.Format && severity > Severity.Info && !Families.KeepsValue(info) && !ReferenceEquals(info, Families.MissingField))
        {
            badCells.Add(Key(bad, position));
            badColumns[Column(bad)] = true;
        }

        Row row = table[position - 1];
        // What waits for the end of the visit doesn't count, but rules that read the cell wait too.
        if (isOpen && Waits(info, table.Id.Code(), field, ValueOf(field, row, breach))) return;
        if (!Admit(info, table.Id)) return;
        string value = ValueOf(field, row, breach);
        if (table.Id == TableId.Xml6 && value.Length > 0) value = Show.Hidden;
        string stt = record.SttOf(table.Id) is { } column ? Show.Text(row[column]) : "";
        Write(info, severity, new Cell(table.Id.Code(), position, field?.Name), stt, value, breach, row, field);
    }

    private static string ValueOf(FieldId? field, Row row, Breach? breach) => breach?.Part ?? (field is { } f ? Show.Text(row[f]) : "");

    private bool Admit(RuleInfo info, TableId table)
    {
        if (!counts.TryGetValue(info, out int[]? perTable)) counts.Add(info, perTable = new int[TableNames.Count]);
        return ++perTable[(int)table] <= limit;
    }

    private void Write(RuleInfo info, Severity severity, Cell cell, string stt, string value, Breach? breach, Row row, FieldId? field)
    {
        weights[(int)severity]++;
        string basis = TableNames.TryParse(cell.Table, out TableId table) ? Families.BasisOf(info, table) : info.LegalBasis;
        var message = new Message(record, cell, stt, value, breach, row);
        var finding = new Finding(
            info.Code, severity, cell, stt, value, message.Fill(breach?.Message ?? info.MessageVi), breach?.Message is null ? message.Fill(info.Fix) : "", basis, breach?.Expected);
        // Checks of structure and fields report under other codes than the rule judged last.
        Rule? rule = Current is { } current && ReferenceEquals(current.Info, info) ? current : null;
        findings.Add(FindingContext.Complete(finding, record, field, rule, breach, row));
    }

    private Finding LeftOut(RuleInfo info, TableId table, int count)
    {
        weights[(int)info.Severity]++;
        return new Finding(
            info.Code, info.Severity, new Cell(table.Code(), null, null), "", "",
            $"Còn {count} chỗ nữa ở {table.Code()} sai cùng quy tắc này, không liệt kê hết.", "Sửa nguyên nhân chung rồi kiểm tra lại.", info.LegalBasis, null);
    }
}
