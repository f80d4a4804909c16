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

    /// <summary>How long a machine is taken by one act, and how many acts it can do a day.</summary>
    public static ListDefinition Capacity { get; } = ListDefinition.Known("machine_capacity", "Công suất máy: thời gian một lần, số lượt một ngày", ListScope.Facility,
    [
        Key("MA_MAY", "Mã máy"),
        Number("minutes", "Số phút một lần", "SO_PHUT"),
        Number("acts", "Số lượt tối đa một ngày", "SO_LUOT_NGAY"),
    ], machines: true);

    internal static ListDefinition[] All => [Intervals, Capacity];
}

/// <summary>What a machine can do.</summary>
/// <param name="Minutes">How long one act takes it, at least 1.</param>
/// <param name="MostActs">Acts a day; <see cref="int.MaxValue"/> when not told.</param>
internal readonly record struct MachineCapacity(int Minutes, int MostActs)
{
    /// <summary>A machine's capacity on a day; null when the list doesn't have the machine.</summary>
    public static MachineCapacity? Of(CodeList capacity, string machine, DateOnly day)
    {
        foreach (CodeRow row in capacity.Rows(System.Text.Encoding.UTF8.GetBytes(machine), day))
        {
            return new MachineCapacity(
                row.Number(1) is { IsPresent: true, Value: > 0 and < 1440 } minutes ? (int)minutes.Value : 1,
                row.Number(2) is { IsPresent: true, Value: > 0 and < 10_000 } acts ? (int)acts.Value : int.MaxValue);
        }

        return null;
    }
}
