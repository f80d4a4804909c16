using System.Globalization;
using System.Text;

namespace LienThong.Standard;

/// <summary>
/// Amounts of a QĐ 4210 record in the split of QĐ 130: facility price and insurance price. Only what the printed formulas of the target and the
/// record's own amounts settle; what stays open is left empty and told.
/// </summary>
internal sealed class Qd4210Amounts(RecordBuilder record, ConversionStep step, ChangeLog log)
{
    // Larger amounts than any in a record; keeps products inside what decimals can hold.
    private const decimal Largest = 1_000_000_000_000m;
    private const decimal Tolerance = 0.01m;

    private static readonly FieldId[] DrugSources = [Xml2.T_NGUONKHAC_NSNN, Xml2.T_NGUONKHAC_VTNN, Xml2.T_NGUONKHAC_VTTN, Xml2.T_NGUONKHAC_CL];
    private static readonly FieldId[] ServiceSources = [Xml3.T_NGUONKHAC_NSNN, Xml3.T_NGUONKHAC_VTNN, Xml3.T_NGUONKHAC_VTTN, Xml3.T_NGUONKHAC_CL];

    public void WorkOut()
    {
        for (int i = 0; i < record.Rows(TableId.Xml2).Count; i++)
        {
            Drug(record.Rows(TableId.Xml2)[i], i);
            NoOtherSource(record.Rows(TableId.Xml2)[i], i, Xml2.T_NGUONKHAC, DrugSources);
        }

        for (int i = 0; i < record.Rows(TableId.Xml3).Count; i++)
        {
            Service(record.Rows(TableId.Xml3)[i], i);
            NoOtherSource(record.Rows(TableId.Xml3)[i], i, Xml3.T_NGUONKHAC, ServiceSources);
        }

        if (record.Rows(TableId.Xml1) is [var summary, ..]) Totals(summary);
    }

    private void Drug(RowBuilder row, int at)
    {
        if (row[Xml2.PHAM_VI]?.Trim() == "2" && row[Xml2.TYLE_TT_BH] is { } rate && rate.Trim() is not ("" or "0")) Put(row, at, Xml2.TYLE_TT_BH, ChangeKind.Recoded, rate, "0");
        if (Read(row[Xml2.SO_LUONG]) is not { } quantity || Read(row[Xml2.DON_GIA]) is not { } price || Read(row[Xml2.TYLE_TT_BH]) is not { } percent || percent > 100) return;
        decimal whole = Round(quantity * price), insured = Round(quantity * price * percent / 100);
        Split(row, at, Xml2.THANH_TIEN, (Xml2.THANH_TIEN_BV, whole), (Xml2.THANH_TIEN_BH, insured));
    }

    private void Service(RowBuilder row, int at)
    {
        if (Read(row[Xml3.SO_LUONG]) is not { } quantity || Read(row[Xml3.DON_GIA]) is not { } price || Read(row[Xml3.THANH_TIEN]) is not { } amount) return;
        bool inside = row[Xml3.PHAM_VI]?.Trim() == "1" && Read(row[Xml3.TYLE_TT]) == 100 && Read(row[Xml3.T_BNTT]) == 0 && Read(row[Xml3.T_NGUONKHAC]) == 0
            && Near(Round(quantity * price), amount) && Read(row[Xml3.T_BHTT]) + Read(row[Xml3.T_BNCCT]) is { } shares && Near(shares, amount);
        if (!inside) return;
        Both(row, at, Xml3.DON_GIA, Xml3.DON_GIA_BV, Xml3.DON_GIA_BH);
        Both(row, at, Xml3.TYLE_TT, Xml3.TYLE_TT_DV, Xml3.TYLE_TT_BH);
        Both(row, at, Xml3.THANH_TIEN, Xml3.THANH_TIEN_BV, Xml3.THANH_TIEN_BH);
    }

    private void Totals(RowBuilder summary)
    {
        if (Sum(Xml2.THANH_TIEN_BV, Xml3.THANH_TIEN_BV) is { } whole && Sum(Xml2.THANH_TIEN_BH, Xml3.THANH_TIEN_BH) is { } insured)
        {
            Split(summary, 0, Xml1.T_TONGCHI, (Xml1.T_TONGCHI_BV, whole), (Xml1.T_TONGCHI_BH, insured));
        }

        if (SumByFee() is { } byFee) Put(summary, 0, Xml1.T_BHTT_GDV, ChangeKind.Derived, "", Text(byFee));
    }

    private void NoOtherSource(RowBuilder row, int at, FieldId total, FieldId[] parts)
    {
        if (Read(row[total]) != 0) return;
        foreach (FieldId part in parts)
        {
            if (string.IsNullOrWhiteSpace(row[part])) Put(row, at, part, ChangeKind.Derived, "", "0");
        }
    }

    /// <summary>One amount of the source becomes two; the one it equals takes its very text. Not at all when it equals neither.</summary>
    private void Split(RowBuilder row, int at, FieldId old, (FieldId Field, decimal Amount) whole, (FieldId Field, decimal Amount) insured)
    {
        string text = row[old] ?? "";
        if (Read(text) is not { } known || !(Near(known, whole.Amount) || Near(known, insured.Amount))) return;
        foreach ((FieldId field, decimal worked) in new[] { whole, insured })
        {
            Put(row, at, field, ChangeKind.Derived, text, Near(known, worked) ? text : Text(worked));
        }

        row.Set(old, null);
    }

    private void Both(RowBuilder row, int at, FieldId old, FieldId first, FieldId second)
    {
        string text = row[old]!;
        Put(row, at, first, ChangeKind.Derived, text, text);
        Put(row, at, second, ChangeKind.Derived, text, text);
        row.Set(old, null);
    }

    private void Put(RowBuilder row, int at, FieldId field, ChangeKind kind, string old, string now)
    {
        row.Set(field, now);
        log.Moved(kind, step.Computing(field), field, at, old, now);
    }

    /// <summary>Sum over both line tables; null when a line doesn't tell.</summary>
    private decimal? Sum(FieldId drugs, FieldId services)
    {
        decimal sum = 0;
        foreach (FieldId field in new[] { drugs, services })
        {
            foreach (RowBuilder row in record.Rows(field.Table))
            {
                if (Read(row[field]) is not { } amount) return null;
                sum += amount;
            }
        }

        return sum;
    }

    private decimal? SumByFee()
    {
        decimal sum = 0;
        foreach ((FieldId method, FieldId share) in new[] { (Xml2.MA_PTTT, Xml2.T_BHTT), (Xml3.MA_PTTT, Xml3.T_BHTT) })
        {
            foreach (RowBuilder row in record.Rows(method.Table))
            {
                if (row[method]?.Trim() is not ("1" or "2" or "3") || Read(row[share]) is not { } amount) return null;
                if (row[method]!.Trim() == "1") sum += amount;
            }
        }

        return sum;
    }

    private static decimal? Read(string? text)
    {
        if (text is null || text.Length > 40) return null;
        Read<decimal> number = Typed.Decimal(Encoding.UTF8.GetBytes(text.Trim()));
        return number.IsPresent && number.Value is >= 0 and < Largest ? number.Value : null;
    }

    private static bool Near(decimal one, decimal other) => Math.Abs(one - other) <= Tolerance;

    private static decimal Round(decimal amount) => Math.Round(amount, 2, MidpointRounding.AwayFromZero);

    private static string Text(decimal amount) => amount.ToString("0.##", CultureInfo.InvariantCulture);
}
