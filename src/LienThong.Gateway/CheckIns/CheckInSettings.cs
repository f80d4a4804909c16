namespace LienThong.Gateway.CheckIns;

/// <summary>What a facility decided about its check-ins.</summary>
/// <param name="Facility">Facility code.</param>
/// <param name="SampleOnly">It only receives patients or samples for tests: the law asks for no check-in.</param>
/// <param name="WarnMinutes">Age in minutes from which an unsent check-in is a warning, 1–1440.</param>
/// <param name="AlertMinutes">Age in minutes from which it is an alert, at least <paramref name="WarnMinutes"/>.</param>
public sealed record CheckInSettings(string Facility, bool SampleOnly, int WarnMinutes, int AlertMinutes)
{
    /// <summary>Default of <see cref="WarnMinutes"/>.</summary>
    public const int DefaultWarn = 15;

    /// <summary>Default of <see cref="AlertMinutes"/>.</summary>
    public const int DefaultAlert = 60;

    /// <summary>Settings of a facility that decided nothing.</summary>
    public static CheckInSettings Default(string facility) => new(facility, false, DefaultWarn, DefaultAlert);

    /// <summary>What is wrong with them, in Vietnamese; null when nothing is.</summary>
    public string? Complaint() => WarnMinutes is < 1 or > 1440 || AlertMinutes < WarnMinutes || AlertMinutes > 10_080
        ? "Cảnh báo từ 1 đến 1440 phút; báo động không sớm hơn cảnh báo và không quá 7 ngày." : null;
}
