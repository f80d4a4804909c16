namespace LienThong.Gateway.Receipts;

/// <summary>Lists that the portal's screens export (portal-api.md §8).</summary>
public enum PortalListKind
{
    /// <summary>Files received in a month, one row per transaction: «Danh sách tiếp nhận».</summary>
    Reception,
    /// <summary>Result of sending with the faults that checking found: «Kết quả gửi hồ sơ XML».</summary>
    Results,
    /// <summary>Records taken into a request for payment: «Danh sách đề nghị thanh toán».</summary>
    Payment,
}

/// <summary>What a row of a list says of its record.</summary>
internal enum RowVerdict
{
    /// <summary>It is there; the row says no more.</summary>
    Seen,
    /// <summary>Received, not checked yet.</summary>
    Pending,
    /// <summary>Checked and without fault, or taken into a request for payment.</summary>
    Confirmed,
    /// <summary>Faults were found.</summary>
    Faulty,
}

/// <summary>One row of a list. Times keep the digits that the list gave: <c>yyyyMMdd</c> up to <c>yyyyMMddHHmmss</c>, Vietnam time; empty when absent.</summary>
internal sealed record PortalRow(
    int Line, string MaLk, string Transaction, string Received, string NgayRa, decimal? Total, decimal? Fund, RowVerdict Verdict, string Code, string Text)
{
    private const char NoMaLk = '#';

    /// <summary>What rows are brought together by: <c>MA_LK</c>, or the transaction where the list has no <c>MA_LK</c>.</summary>
    public string Key => MaLk.Length > 0 ? MaLk : NoMaLk + Transaction;
}

/// <summary>Names of the lists for people and programs.</summary>
public static class PortalLists
{
    /// <summary>The list's name on the portal.</summary>
    public static string Vietnamese(PortalListKind kind) => kind switch
    {
        PortalListKind.Reception => "Danh sách tiếp nhận",
        PortalListKind.Results => "Kết quả gửi, danh sách lỗi",
        PortalListKind.Payment => "Danh sách đề nghị thanh toán",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };

    /// <summary>Reads <c>reception</c>, <c>results</c> or <c>payment</c>; null for other text.</summary>
    public static PortalListKind? Parse(string? text) => text switch
    {
        "reception" => PortalListKind.Reception,
        "results" => PortalListKind.Results,
        "payment" => PortalListKind.Payment,
        _ => null,
    };
}
