namespace LienThong.Validation;

/// <summary>Every rule over several records.</summary>
internal static class HistoryRules
{
    public static HistoryRule[] All { get; } = [.. EpisodeRules.All, .. PersonHistoryRules.All, .. WorkRules.All, .. CardHistoryRules.All, .. ProcurementRules.All];
}
