namespace LienThong.PortalSimulator;

/// <summary>An invented card.</summary>
/// <param name="CardNumber"><c>maThe</c>.</param>
/// <param name="FullName"><c>hoTen</c>.</param>
/// <param name="BirthDate"><c>ngaySinh</c>, <c>dd/MM/yyyy</c> or <c>yyyy</c>.</param>
/// <param name="ValidFrom">First day.</param>
/// <param name="ValidTo">Last day.</param>
public sealed record SimulatorCard(string CardNumber, string FullName, string BirthDate, DateOnly ValidFrom, DateOnly ValidTo)
{
    /// <summary>First-registration facility <c>maDKBD</c>.</summary>
    public string RegisteredFacility { get; init; } = "";

    /// <summary>Sex as shown: Nam or Nữ.</summary>
    public string Sex { get; init; } = "";

    /// <summary>Citizen number of the holder; found by it as well.</summary>
    public string CitizenId { get; init; } = "";

    /// <summary><c>maKV</c>: K1, K2, K3 or empty.</summary>
    public string Area { get; init; } = "";

    /// <summary><c>ngayDu5Nam</c>; null when not told.</summary>
    public DateOnly? FiveYears { get; init; }

    /// <summary>The card that follows this one: code 003 when this one is over, 004 while it isn't.</summary>
    public SimulatorNewCard? Newer { get; init; }

    /// <summary>Earlier visits.</summary>
    public IReadOnlyList<SimulatorVisit> Visits { get; init; } = [];

    /// <summary>A code that is always answered for this card, for example 110; null: judged by the dates.</summary>
    public string? FixedCode { get; init; }
}

/// <summary>The card that follows another.</summary>
/// <param name="CardNumber"><c>maTheMoi</c>.</param>
/// <param name="ValidFrom"><c>gtTheTuMoi</c>.</param>
/// <param name="ValidTo"><c>gtTheDenMoi</c>.</param>
/// <param name="RegisteredFacility"><c>maDKBDMoi</c>.</param>
public sealed record SimulatorNewCard(string CardNumber, DateOnly ValidFrom, DateOnly ValidTo, string RegisteredFacility);

/// <summary>An earlier visit of a card's holder, a line of <c>dsLichSuKCB2018</c>.</summary>
/// <param name="RecordNumber"><c>maHoSo</c>.</param>
/// <param name="FacilityCode"><c>maCSKCB</c>.</param>
/// <param name="AdmittedAt"><c>ngayVao</c>, <c>yyyyMMddHHmm</c>.</param>
/// <param name="DischargedAt"><c>ngayRa</c>, <c>yyyyMMddHHmm</c>.</param>
/// <param name="Diagnosis"><c>tenBenh</c>.</param>
public sealed record SimulatorVisit(string RecordNumber, string FacilityCode, string AdmittedAt, string DischargedAt, string Diagnosis);
