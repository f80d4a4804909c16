using static LienThong.Validation.ListDefinitions;

namespace LienThong.Validation;

/// <summary>Lists that only rules over several records look into.</summary>
internal static class HistoryCodeLists
{
    /// <summary>How long a service may not be repeated for one person.</summary>
    public static ListDefinition Intervals { get; } = ListDefinition.Known("service_interval", "Khoảng cách tối thiểu giữa hai lần dịch vụ", ListScope.Facility,
    [
        Key("MA_DICH_VU", "Mã dịch vụ"),
        Number("hours", "Số giờ tối thiểu", "SO_GIO"),
    ]);

    /// <summary>How long a machine is taken by one act.</summary>
    public static ListDefinition Capacity { get; } = ListDefinition.Known("machine_capacity", "Thời gian sử dụng máy cho một lần", ListScope.Facility,
    [
        Key("MA_MAY", "Mã máy"),
        Number("minutes", "Số phút một lần", "SO_PHUT"),
    ], machines: true);

    internal static ListDefinition[] All => [Intervals, Capacity];
}
