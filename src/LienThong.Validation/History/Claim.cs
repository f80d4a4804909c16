using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>A line of a record that claims something bought by tender.</summary>
/// <param name="Table">XML2 or XML3.</param>
/// <param name="Row">Position of the row, from 1.</param>
/// <param name="Stt"><c>STT</c> as received.</param>
/// <param name="Code"><c>MA_THUOC</c> or <c>MA_VAT_TU</c>, NFC, in capitals: lists compare codes so.</param>
/// <param name="Tender"><c>TT_THAU</c>, NFC, in capitals.</param>
/// <param name="Day">Day of <c>NGAY_YL</c>.</param>
/// <param name="Quantity"><c>SO_LUONG</c>, above zero.</param>
/// <param name="Department"><c>MA_KHOA</c>.</param>
/// <param name="Doctor"><c>MA_BAC_SI</c>, first item.</param>
/// <param name="Fund"><c>T_BHTT</c> in VND.</param>
public sealed record Claim(
    TableId Table, int Row, string Stt, string Code, string Tender, DateOnly Day, decimal Quantity, string Department, string Doctor, decimal Fund)
{
    /// <summary>What a record claims per code, tender and day, in that order.</summary>
    public static List<ClaimedQuantity> Sum(RecordFacts facts) =>
    [
        .. facts.Claims.GroupBy(c => (c.Code, c.Tender, c.Day))
            .Select(g => new ClaimedQuantity(g.Key.Code, g.Key.Tender, g.Key.Day.DayNumber, (long)decimal.Round(g.Sum(c => c.Quantity) * ClaimedQuantity.PerUnit)))
            .OrderBy(q => q.Code, StringComparer.Ordinal).ThenBy(q => q.Tender, StringComparer.Ordinal).ThenBy(q => q.Day),
    ];
}

/// <summary>How much of a code and tender was claimed for a day.</summary>
/// <param name="Code">As <see cref="Claim.Code"/>.</param>
/// <param name="Tender">As <see cref="Claim.Tender"/>.</param>
/// <param name="Day">As <see cref="DateOnly.DayNumber"/>.</param>
/// <param name="Thousandths">Quantity in thousandths, as exact as <c>SO_LUONG</c> is.</param>
public readonly record struct ClaimedQuantity(string Code, string Tender, int Day, long Thousandths)
{
    /// <summary>Thousandths in one.</summary>
    public const int PerUnit = 1000;
}
