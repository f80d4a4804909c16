using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The cost lines of one record, each read once, when the first rule asks for its table. Buffers are kept for the next record.</summary>
internal sealed class CostLines
{
    private readonly Lines drugs = new(LineFields.Drugs);
    private readonly Lines services = new(LineFields.Services);
    private RowIndex? serviceCodes;
    private Dictionary<ulong, decimal>? packageSums;
    private bool indexed;
    private bool summed;
    private TimeChain chain;
    private (TableId Table, int Row) chained;

    /// <summary>Rows to sort by a key, for one rule at a time.</summary>
    public RowIndex Scratch { get; } = new();

    public ReadOnlySpan<CostLine> Drugs => drugs.Read();

    public ReadOnlySpan<CostLine> Services => services.Read();

    public void Start(RecordView record)
    {
        drugs.Start(record[TableId.Xml2]);
        services.Start(record[TableId.Xml3]);
        indexed = false;
        summed = false;
        chained = default;
    }

    /// <summary>The line of a row of XML2 or XML3.</summary>
    public ref readonly CostLine Of(Row row) => ref (row.Table.Id == TableId.Xml2 ? drugs : services).Read()[row.Position - 1];

    /// <summary>The moments of a row in their order; kept for the next rule over the same row.</summary>
    public TimeChain ChainOf(Row row, RecordView record)
    {
        var at = (row.Table.Id, row.Position);
        if (chained == at) return chain;
        chained = at;
        return chain = TimeChain.Of(row, record);
    }

    /// <summary>True when XML3 has a service (no supply) with this code.</summary>
    public bool HasService(ReadOnlySpan<byte> code)
    {
        RowIndex codes = serviceCodes ??= new RowIndex();
        if (!indexed) IndexServices(codes);
        return codes.Has(RowIndex.Key(code));
    }

    /// <summary>What the supplies of a package (<see cref="Packages.Of"/>) come to, by their own amounts or by their formula, whichever is more.</summary>
    public decimal PackageSum(ulong package)
    {
        Dictionary<ulong, decimal> sums = packageSums ??= [];
        if (!summed) SumPackages(sums);
        return sums.GetValueOrDefault(package);
    }

    private void SumPackages(Dictionary<ulong, decimal> sums)
    {
        summed = true;
        sums.Clear();
        ReadOnlySpan<CostLine> lines = Services;
        for (int i = 0; i < lines.Length; i++)
        {
            ulong package = Packages.Of(services.Table![i], lines[i]);
            if (package != 0) sums[package] = sums.GetValueOrDefault(package) + Math.Max(lines[i].Covered, LineAmounts.Covered(lines[i]));
        }
    }

    private void IndexServices(RowIndex codes)
    {
        indexed = true;
        codes.Clear();
        ReadOnlySpan<CostLine> lines = Services;
        for (int i = 0; i < lines.Length; i++)
        {
            ReadOnlySpan<byte> code = services.Table![i][Xml3.MA_DICH_VU].Trimmed;
            if (!code.IsEmpty && !lines[i].IsSupply) codes.Add(RowIndex.Key(code), i);
        }

        codes.Sort();
    }

    private sealed class Lines(LineFields fields)
    {
        private CostLine[] lines = new CostLine[32];
        private int count = -1;

        public Table? Table { get; private set; }

        public void Start(Table? rows)
        {
            Table = rows;
            count = rows is null ? 0 : -1;
        }

        public ReadOnlySpan<CostLine> Read()
        {
            if (count < 0) Load();
            return lines.AsSpan(0, count);
        }

        private void Load()
        {
            count = Table!.Count;
            if (lines.Length < count) lines = new CostLine[Math.Max(count, lines.Length * 2)];
            for (int i = 0; i < count; i++) lines[i] = Read(Table[i]);
        }

        private CostLine Read(Row row)
        {
            bool drug = fields.Table == TableId.Xml2;
            Amounts bad = Amounts.None;
            decimal price = Amount(row, fields.Price, Amounts.Price, ref bad);
            return new CostLine
            {
                Group = row.Group(),
                Scope = row[fields.Scope].Trimmed is [>= (byte)'1' and <= (byte)'3' and var scope] ? scope - '0' : 0,
                Quantity = Amount(row, fields.Quantity, Amounts.Quantity, ref bad),
                Price = price,
                Payable = drug ? price : Amount(row, fields.Payable, Amounts.Payable, ref bad),
                ServiceRate = drug ? 100 : Amount(row, Xml3.TYLE_TT_DV, Amounts.ServiceRate, ref bad),
                CoverRate = Amount(row, fields.CoverRate, Amounts.CoverRate, ref bad),
                Charged = Amount(row, fields.Charged, Amounts.Charged, ref bad),
                Covered = Amount(row, fields.Covered, Amounts.Covered, ref bad),
                Level = Amount(row, fields.Level, Amounts.Level, ref bad),
                Others = Amount(row, fields.Others, Amounts.Others, ref bad),
                Own = Amount(row, fields.Own, Amounts.Own, ref bad),
                Copaid = Amount(row, fields.Copaid, Amounts.Copaid, ref bad),
                Fund = Amount(row, fields.Fund, Amounts.Fund, ref bad),
                Ordered = row[fields.Ordered].DateTime12(),
                Done = row[fields.Done].DateTime12(),
                Finished = drug ? Read<DateTime>.Absent : row[Xml3.NGAY_KQ].DateTime12(),
                Unreadable = drug && bad.HasFlag(Amounts.Price) ? bad | Amounts.Payable : bad,
            };
        }

        // Numbers beyond any price would overflow products: they count as unreadable, as their length or range is reported anyway.
        private static decimal Amount(Row row, FieldId field, Amounts which, ref Amounts bad)
        {
            Read<decimal> amount = row[field].Decimal();
            decimal most = which switch
            {
                Amounts.Quantity => 1_000_000_000m,
                Amounts.ServiceRate or Amounts.CoverRate or Amounts.Level => 1_000m,
                _ => 1_000_000_000_000m,
            };
            if (amount.IsMalformed || Math.Abs(amount.Value) > most)
            {
                bad |= which;
                return 0;
            }

            return amount.Value;
        }
    }
}
