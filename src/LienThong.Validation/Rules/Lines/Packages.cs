using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Supplies of one service and package (<c>MA_DICH_VU</c>, <c>GOI_VTYT</c>), whose covered sum has a ceiling of 45 base salaries.</summary>
internal static class Packages
{
    private const decimal Salaries = 45;

    /// <summary>45 base salaries on the day of the order; null when the day isn't known.</summary>
    public static decimal? Ceiling(in CostLine line) =>
        line.Ordered.IsPresent && DatedAmount.BaseSalary.On(line.Ordered.Value.Day()) is { } salary ? Salaries * salary : null;

    /// <summary>The package a supply row belongs to; 0 when it belongs to none.</summary>
    public static ulong Of(Row row, in CostLine line)
    {
        if (!line.IsSupply || line.Scope != 1) return 0;
        ReadOnlySpan<byte> service = row[Xml3.MA_DICH_VU].Trimmed;
        return service.IsEmpty ? 0 : RowIndex.Key(row[Xml3.GOI_VTYT].Trimmed, RowIndex.Key(service));
    }

    /// <summary>
    /// True for a row of a package above its ceiling: such rows are adjusted by hand and follow no formula. Asked only when the
    /// amount doesn't follow its formula, because it adds up the packages.
    /// </summary>
    public static bool IsAboveCeiling(Row row, RecordView record, Tolerance allowed)
    {
        if (allowed.IsNear || row.Table.Id != TableId.Xml3) return false;
        ref readonly CostLine line = ref record.Lines.Of(row);
        ulong package = Of(row, line);
        return package != 0 && Ceiling(line) is { } ceiling && record.Lines.PackageSum(package) > ceiling + 1;
    }
}
