using System.Globalization;
using LienThong.Extracts;
using LienThong.Gateway.Catalogues;
using CellForm = LienThong.Gateway.Catalogues.CellForm;

namespace LienThong.Gateway.Receipts.Reading;

/// <summary>Times and amounts as the portal's exports write them.</summary>
internal static class ListValues
{
    private static readonly (string Read, string Write)[] TimeForms =
    [
        ("yyyyMMddHHmmss", "yyyyMMddHHmmss"), ("yyyyMMddHHmm", "yyyyMMddHHmm"), ("yyyyMMdd", "yyyyMMdd"),
        ("d/M/yyyy H:m:s", "yyyyMMddHHmmss"), ("d/M/yyyy H:m", "yyyyMMddHHmm"), ("d/M/yyyy", "yyyyMMdd"),
        ("d-M-yyyy H:m:s", "yyyyMMddHHmmss"), ("d-M-yyyy H:m", "yyyyMMddHHmm"), ("d-M-yyyy", "yyyyMMdd"),
        ("yyyy-M-d H:m:s", "yyyyMMddHHmmss"), ("yyyy-M-d H:m", "yyyyMMddHHmm"), ("yyyy-M-d", "yyyyMMdd"),
        ("yyyy-M-d'T'H:m:s", "yyyyMMddHHmmss"), ("yyyy-M-d'T'H:m", "yyyyMMddHHmm"),
    ];

    /// <summary>A day or moment, with the digits that the text gives; null when it is none.</summary>
    public static string? Time(string text)
    {
        foreach ((string read, string write) in TimeForms)
        {
            if (DateTime.TryParseExact(text, read, CultureInfo.InvariantCulture, DateTimeStyles.AllowInnerWhite, out DateTime at))
                return at.Year is >= 2000 and <= 2200 ? at.ToString(write, CultureInfo.InvariantCulture) : null;
        }
        return null;
    }

    /// <summary>An amount in đồng; null when it is none. Point and comma are told apart by where they stand: the last one of two is the decimal mark, one that groups three digits groups thousands.</summary>
    public static decimal? Amount(SheetCell cell)
    {
        if (cell.Form is CellForm.Empty or CellForm.Error or CellForm.Day)
            return null;
        NumberForm form = cell.Form == CellForm.Number || !Decides(cell.Text, out char mark) ? NumberForm.Point : new NumberForm(mark);
        return ValueForm.TryNormalise(ValueKind.Number, cell.Text.TrimEnd('đ', 'Đ', ' '), form, out string plain) is null
            && ValueForm.AsNumber(plain) is { } amount && Math.Abs(amount) < 1_000_000_000_000m ? amount : null;
    }

    private static bool Decides(string text, out char mark)
    {
        (int point, int comma) = (text.LastIndexOf('.'), text.LastIndexOf(','));
        mark = '.';
        if (point < 0 && comma < 0)
            return false;
        char last = point > comma ? '.' : ',';
        char other = last == '.' ? ',' : '.';
        int at = Math.Max(point, comma);
        bool alone = !text.Contains(other, StringComparison.Ordinal);
        int before = text.AsSpan(0, at).TrimStart("-+ ").Length;
        bool groups = alone && (text.Count(c => c == last) > 1 || (text.Length - at - 1 == 3 && before is >= 1 and <= 3 && text.TrimStart('-', '+', ' ')[0] != '0'));
        mark = groups ? other : last;
        return true;
    }
}
