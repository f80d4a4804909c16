using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What stands around a finding: who, which code, how much money, and the cells the rule read beside its own. Read only when there is a finding.</summary>
internal static class FindingContext
{
    private const int MostRelated = 12;

    public static Finding Complete(Finding finding, RecordView record, FieldId? field, Rule? rule, Breach? breach, Row row) => finding with
    {
        Department = Department(record, row),
        Doctor = Doctor(field, row),
        Item = Item(record, field, finding, row),
        AtRisk = AtRisk(finding, record, field, row),
        Related = Related(record, field, rule, breach, row),
    };

    private static string Department(RecordView record, Row row)
    {
        string own = row.Table?.Id switch
        {
            TableId.Xml2 => Code(row[Xml2.MA_KHOA]),
            TableId.Xml3 => Code(row[Xml3.MA_KHOA]),
            TableId.Xml7 => Code(row[Xml7.MA_KHOA_RV]),
            _ => "",
        };
        return own.Length > 0 || !record.HasSummary ? own : Code(record.Summary[Xml1.MA_KHOA]);
    }

    private static string Doctor(FieldId? field, Row row) => row.Table?.Id switch
    {
        TableId.Xml2 => Code(row[Xml2.MA_BAC_SI]),
        TableId.Xml3 when field == Xml3.NGUOI_THUC_HIEN || row[Xml3.MA_BAC_SI].IsEmpty => Code(row[Xml3.NGUOI_THUC_HIEN]),
        TableId.Xml3 => Code(row[Xml3.MA_BAC_SI]),
        TableId.Xml4 => Code(row[Xml4.MA_BS_DOC_KQ]),
        TableId.Xml5 => Code(row[Xml5.NGUOI_THUC_HIEN]),
        TableId.Xml7 => Code(row[Xml7.MA_BS]),
        TableId.Xml10 => Code(row[Xml10.MA_BS]),
        TableId.Xml11 => Code(row[Xml11.MA_BS]),
        TableId.Xml13 => Code(row[Xml13.MA_BAC_SI]),
        TableId.Xml14 => Code(row[Xml14.MA_BAC_SI]),
        _ => "",
    };

    private static string Item(RecordView record, FieldId? field, Finding finding, Row row)
    {
        if (field is { } at && (at.Name.StartsWith("MA_BENH", StringComparison.Ordinal) || at.Name == "MA_PTTT_QT")) return finding.Value;
        return row.Table?.Id switch
        {
            TableId.Xml2 => Code(row[Xml2.MA_THUOC]),
            TableId.Xml3 => row[Xml3.MA_VAT_TU].IsEmpty ? Code(row[Xml3.MA_DICH_VU]) : Code(row[Xml3.MA_VAT_TU]),
            TableId.Xml4 => Code(row[Xml4.MA_DICH_VU]),
            TableId.Xml1 => Code(row[record.Release.Id == "QD4210" ? Xml1.MA_BENH : Xml1.MA_BENH_CHINH]),
            _ => "",
        };
    }

    private static decimal? AtRisk(Finding finding, RecordView record, FieldId? field, Row row)
    {
        if (finding.Severity == Severity.Info) return null;
        if (finding.Severity == Severity.Block) return record.HasSummary ? Amount(record.Summary[Xml1.T_BHTT]) : null;
        decimal? fund = row.Table?.Id switch
        {
            TableId.Xml1 => Amount(row[Xml1.T_BHTT]),
            TableId.Xml2 => Amount(row[Xml2.T_BHTT]),
            TableId.Xml3 => Amount(row[Xml3.T_BHTT]),
            _ => null,
        };
        if (fund is null) return null;
        if (Excess(finding, field, row) is { } excess) return Math.Min(excess, Math.Max(0, fund.Value));
        return row.Table!.Id == TableId.Xml1 ? null : fund;
    }

    // What an amount is over the right one; null when the cell holds no amount or the right one isn't known.
    private static decimal? Excess(Finding finding, FieldId? field, Row row)
    {
        if (field is not { } at || finding.Expected is not { Length: > 0 } expected || !IsMoney(at.Name)) return null;
        Read<decimal> right = Typed.Decimal(Encoding.UTF8.GetBytes(expected));
        return right.IsPresent && Amount(row[at]) is { } amount ? Math.Max(0, amount - right.Value) : null;
    }

    private static RelatedCell[] Related(RecordView record, FieldId? field, Rule? rule, Breach? breach, Row row)
    {
        var cells = new List<RelatedCell>();
        if (breach?.Beside is { } beside) cells.AddRange(beside);
        if (rule is not null && field != rule.At) Add(cells, record, rule.At, row);
        if (rule is not null)
        {
            foreach (FieldId read in rule.Reads)
            {
                if (read != field && read != rule.At) Add(cells, record, read, row);
            }
        }

        return cells.Count == 0 ? [] : [.. cells];
    }

    private static void Add(List<RelatedCell> cells, RecordView record, FieldId read, Row row)
    {
        if (cells.Count == MostRelated || !MayShow(read) || record.Release.Field(read) is null) return;
        if (row.Table?.Id == read.Table) cells.Add(Of(row, read));
        else if (read.Table == TableId.Xml1 && record.HasSummary) cells.Add(Of(record.Summary, read));
        else if (record[read.Table] is { } table) cells.Add(Whole(record, table, read));
    }

    // A field of another table: the one cell, the sum of an amount, or how many rows were read.
    private static RelatedCell Whole(RecordView record, Table table, FieldId read)
    {
        if (table.Count == 1) return Of(table[0], read);
        var cell = new Cell(read.Table.Code(), null, read.Name);
        bool sums = read.Table is TableId.Xml2 or TableId.Xml3 && IsMoney(read.Name);
        return sums && record.Sum(read) is { IsPresent: true } sum ? new RelatedCell(cell, Show.Money(sum.Value)) : new RelatedCell(cell, $"{Show.Number(table.Count)} dòng");
    }

    public static RelatedCell Of(Row row, FieldId field) => new(new Cell(field.Table.Code(), row.Position, field.Name), Code(row[field]));

    private static bool IsMoney(string field) => field.StartsWith("T_", StringComparison.Ordinal) || field.StartsWith("THANH_TIEN", StringComparison.Ordinal);

    /// <summary>Names of people and HIV data aren't shown beside findings.</summary>
    public static bool MayShow(FieldId field) =>
        field.Table != TableId.Xml6 && !field.Name.StartsWith("HO_TEN", StringComparison.Ordinal) && !field.Name.StartsWith("HOTEN", StringComparison.Ordinal);

    private static decimal? Amount(Value value) => value.Decimal() is { IsPresent: true } amount ? amount.Value : null;

    private static string Code(Value value) => value.IsEmpty ? "" : Show.Text(value).Trim();
}
