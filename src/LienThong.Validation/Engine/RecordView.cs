using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>One record as rules see it: its rows, the moment of checking and the facts that many rules ask for, read once.</summary>
internal sealed class RecordView
{
    private static readonly DateOnly QD3176From = Releases.Get("QD3176").MandatoryFrom ?? DateOnly.MaxValue;

    private readonly Read<decimal>[] sums = new Read<decimal>[2 * 256];
    private readonly bool[] summed = new bool[2 * 256];
    private readonly Dictionary<int, int> serviceRows = [];
    private bool indexed;
    private int lastService;
    private (TableId Table, int Position) listedRow;
    private DateOnly listedDay;
    private Record record = null!;
    private RuleSet rules = null!;
    private Row summary;

    /// <summary>Moment of checking and the like.</summary>
    public JudgeContext Context { get; private set; } = null!;

    /// <summary>Code lists of the facility.</summary>
    public CodeLists Lists { get; private set; } = CodeLists.None;

    /// <summary>A list that the rule's row in the catalogue says it needs: then it is there.</summary>
    public CodeList List(ListDefinition definition) =>
        Lists.Find(definition) ?? throw new InvalidOperationException($"A rule looks into {definition.Name} without naming it in needs_list.");

    public Release Release => rules.Release;

    /// <summary>The day that decides rules and lists: <c>NGAY_RA</c>, or what stands for it.</summary>
    public DateOnly Day { get; private set; }

    public bool HasSummary { get; private set; }

    /// <summary>The row of XML1. Rules run only when there is one, save those of layer 1.</summary>
    public Row Summary => summary;

    /// <summary>Moment of checking, Vietnam local time.</summary>
    public DateTime ProcessTime => Context.ProcessTime;

    /// <summary><c>MA_LOAI_KCB</c> as a number, 0 when it isn't two digits.</summary>
    public int VisitKind { get; private set; }

    /// <summary><c>XML1.NGAY_VAO</c>.</summary>
    public Read<DateTime> Arrived { get; private set; }

    /// <summary><c>XML1.NGAY_RA</c>.</summary>
    public Read<DateTime> Discharged { get; private set; }

    /// <summary><c>XML1.NGAY_SINH</c>.</summary>
    public Read<Birth> Born { get; private set; }

    /// <summary><c>NGAY_VAO_NOI_TRU</c>, or <c>NGAY_VAO</c> when it is empty: the start of the stay.</summary>
    public Read<DateTime> StayFrom { get; private set; }

    /// <summary>QĐ 3176 applies: <c>NGAY_RA</c> is on or after its first mandatory day.</summary>
    public bool SinceQD3176 { get; private set; }

    /// <summary>Costs without a single line of XML2 or XML3: <c>REC-TABLE-001</c> tells it, and sums over lines say nothing.</summary>
    public bool LacksLines { get; private set; }

    /// <summary>A card is given and the visit isn't paid outside insurance (<c>MA_DOITUONG_KCB</c> other than 9).</summary>
    public bool InClaim { get; private set; }

    public Record Record => record;

    /// <summary>What already held for a text of this record.</summary>
    public Repeats Repeats { get; } = new();

    /// <summary>What form 03/DM has for the drug line at hand.</summary>
    public DrugMatch Listed => field ??= new DrugMatch();

    /// <summary>The cost lines of XML2 and XML3.</summary>
    public CostLines Lines { get; } = new();

    /// <summary>A table with at least one row; null when there is none.</summary>
    public Table? this[TableId table] => record[table] is { Count: > 0 } rows ? rows : null;

    public void Start(Record subject, RuleSet ruleSet, JudgeContext context, CodeLists lists, DateOnly day)
    {
        record = subject;
        rules = ruleSet;
        Context = context;
        Lists = lists;
        Day = day;
        Array.Clear(summed);
        indexed = false;
        lastService = -1;
        listedRow = default;
        Lines.Start(this);
        Listed.Start();
        Repeats.Start();
        HasSummary = subject.Summary is not null;
        summary = subject.Summary ?? default;
        if (HasSummary) ReadSummary();
    }

    /// <summary>The sum of a field over all rows of XML2 or XML3: empty counts as 0, one malformed value makes the sum malformed.</summary>
    public Read<decimal> Sum(FieldId field)
    {
        int at = ((field.Table == TableId.Xml2 ? 0 : 1) * 256) + field.Column;
        if (!summed[at])
        {
            summed[at] = true;
            sums[at] = SumRows(field);
        }

        return sums[at];
    }

    /// <summary>The sum of the same amount over XML2 and XML3.</summary>
    public Read<decimal> Sum(FieldId drugs, FieldId services)
    {
        Read<decimal> first = Sum(drugs);
        Read<decimal> second = Sum(services);
        return first.IsPresent && second.IsPresent ? Read<decimal>.Of(first.Value + second.Value) : Read<decimal>.Malformed;
    }

    /// <summary>True when <c>MA_LOAI_KCB</c> is one of these numbers.</summary>
    public bool IsVisit(int first, int second = -1, int third = -1, int fourth = -1, int fifth = -1, int sixth = -1, int seventh = -1) =>
        VisitKind == first || VisitKind == second || VisitKind == third || VisitKind == fourth || VisitKind == fifth || VisitKind == sixth || VisitKind == seventh;

    /// <summary>First row of XML3 (from 0) with this service code, both without their suffixes; -1 when there is none.</summary>
    public int ServiceRow(ReadOnlySpan<byte> code)
    {
        if (this[TableId.Xml3] is not { } services) return -1;
        if (lastService >= 0 && ResultRules.Bare(services[lastService][Xml3.MA_DICH_VU].Trimmed).SequenceEqual(code)) return lastService;
        if (!indexed) IndexServices(services);
        if (!serviceRows.TryGetValue(Hash(code), out int at)) return -1;
        for (; at < services.Count; at++)
        {
            if (ResultRules.Bare(services[at][Xml3.MA_DICH_VU].Trimmed).SequenceEqual(code)) return lastService = at;
        }

        return -1;
    }

    /// <summary>True when XML3 has a row of one of these cost groups (<c>MA_NHOM</c>).</summary>
    public bool HasService(params ReadOnlySpan<int> groups)
    {
        if (this[TableId.Xml3] is not { } services) return false;
        for (int i = 0; i < services.Count; i++)
        {
            int group = services[i].Group();
            foreach (int wanted in groups)
            {
                if (wanted == group) return true;
            }
        }

        return false;
    }

    /// <summary>The day by which a row is looked up in lists (<see cref="Validation.Listed.DayOf"/>); kept for the next rule over the same row.</summary>
    public DateOnly ListDay(Row row)
    {
        var at = (row.Table.Id, row.Position);
        if (listedRow == at) return listedDay;
        listedRow = at;
        return listedDay = Validation.Listed.DayOf(row, this);
    }

    /// <summary>The table's running number, when it has one.</summary>
    public FieldId? SttOf(TableId table) => rules.SttOf(table);

    private Read<decimal> SumRows(FieldId field)
    {
        decimal sum = 0;
        if (this[field.Table] is { } table)
        {
            for (int i = 0; i < table.Count; i++)
            {
                Read<decimal> amount = table[i][field].Decimal();
                if (amount.IsMalformed) return amount;
                sum += amount.Value;
            }
        }

        return Read<decimal>.Of(sum);
    }

    private void ReadSummary()
    {
        VisitKind = TwoDigits(summary[Xml1.MA_LOAI_KCB].Trimmed);
        Arrived = summary[Xml1.NGAY_VAO].DateTime12();
        Discharged = summary[Xml1.NGAY_RA].DateTime12();
        Born = Birth.Of(summary[Xml1.NGAY_SINH]);
        Read<DateTime> ward = summary[Xml1.NGAY_VAO_NOI_TRU].DateTime12();
        StayFrom = ward.IsAbsent ? Arrived : ward;
        SinceQD3176 = Day >= QD3176From;
        LacksLines = this[TableId.Xml2] is null && this[TableId.Xml3] is null && summary[Xml1.T_TONGCHI_BV].Decimal() is { IsPresent: true, Value: > 0 };
        InClaim = !summary[Xml1.MA_THE_BHYT].IsEmpty && !summary[Xml1.MA_DOITUONG_KCB].Is("9"u8);
    }

    private static int Hash(ReadOnlySpan<byte> code)
    {
        var hash = default(HashCode);
        hash.AddBytes(code);
        return hash.ToHashCode();
    }

    private void IndexServices(Table services)
    {
        serviceRows.Clear();
        for (int i = 0; i < services.Count; i++) serviceRows.TryAdd(Hash(ResultRules.Bare(services[i][Xml3.MA_DICH_VU].Trimmed)), i);
        indexed = true;
    }

    private static int TwoDigits(ReadOnlySpan<byte> text) =>
        text.Length == 2 && char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : 0;
}
