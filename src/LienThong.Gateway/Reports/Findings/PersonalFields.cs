namespace LienThong.Gateway.Reports.Findings;

/// <summary>Which cells of a row tell who a person is, or of a HIV treatment: a report shows them only where they are what is wrong.</summary>
internal static class PersonalFields
{
    private static readonly string[] Parts =
        ["HO_TEN", "HOTEN", "CCCD", "DIA_CHI", "DIEN_THOAI", "NGAY_SINH", "NGAYSINH", "MA_THE", "MA_BHXH", "NOI_CU_TRU", "HIV", "ARV", "CTX"];

    /// <summary>Stands for a value that isn't shown.</summary>
    public const string Hidden = "•••";

    /// <summary>True when the value is shown only where a finding points at it.</summary>
    public static bool Holds(string field) => Array.Exists(Parts, part => field.Contains(part, StringComparison.Ordinal));
}
