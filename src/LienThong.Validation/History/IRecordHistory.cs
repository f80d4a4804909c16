using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What is known besides the record that is judged. Answers are read before judging: asking costs no waiting.</summary>
public interface IRecordHistory
{
    /// <summary>Whether it can answer for a list that rules name: <see cref="HistoryLists"/>. Rules that need another one answer 'not checked'.</summary>
    bool Answers(string list);

    /// <summary>Current versions of other records that have the key, and perhaps some that don't: compare before use.</summary>
    IReadOnlyList<RecordFacts> With(HistoryKey key);

    /// <summary>Facilities, other than the given one, with a record that has the key; only their number may be told.</summary>
    int OtherFacilities(HistoryKey key, string facility);

    /// <summary>How much other current records of the facility claim of a drug or supply.</summary>
    /// <param name="own">The record being judged; what an earlier version of it claimed isn't counted.</param>
    /// <param name="code">As <see cref="Claim.Code"/>.</param>
    /// <param name="tender">As <see cref="Claim.Tender"/>; null for every tender.</param>
    /// <param name="from">First day counted.</param>
    /// <param name="through">Last day counted.</param>
    decimal Claimed(RecordFacts own, string code, string? tender, DateOnly from, DateOnly through);

    /// <summary>Facts of earlier versions of the same record, oldest first; empty when the officer changed it on purpose.</summary>
    IReadOnlyList<RecordFacts> Earlier(RecordFacts own);

    /// <summary>Whether a version of this <c>MA_LK</c> was accepted by the portal before.</summary>
    bool WasAccepted(RecordFacts own);

    /// <summary>What the card look-up of the visit answered; null when there was none.</summary>
    CardAnswer? Card(RecordFacts own);

    /// <summary>Whether its facility looks cards up here, so that a visit without a look-up is worth telling.</summary>
    bool ExpectsCard(RecordFacts own) => true;

    /// <summary>Whether its facility hands check-ins in here, so that a visit without one is worth telling.</summary>
    bool ExpectsCheckIn(RecordFacts own) => true;

    /// <summary>The check-in of this <c>MA_LK</c>; null when none was sent.</summary>
    CheckInFacts? CheckIn(RecordFacts own);
}

/// <summary>Lists whose content isn't codes but what the system has stored.</summary>
public static class HistoryLists
{
    /// <summary>Records taken in before.</summary>
    public const string Submissions = "submission_history";

    /// <summary>Answers of card look-ups.</summary>
    public const string Cards = "card_lookup";

    /// <summary>Check-ins that were sent.</summary>
    public const string CheckIns = "check_in_history";
}

/// <summary>What a check-in said.</summary>
/// <param name="MaBn"><c>MA_BN</c>.</param>
/// <param name="Sex"><c>GIOI_TINH</c>.</param>
/// <param name="Arrived"><c>NGAY_VAO</c>; null when unreadable.</param>
/// <param name="Name"><c>HO_TEN</c>.</param>
/// <param name="Born"><c>NGAY_SINH</c>.</param>
/// <param name="Card"><c>MA_THE_BHYT</c>, last ten characters.</param>
public sealed record CheckInFacts(string MaBn, string Sex, DateTime? Arrived, string Name, string Born, string Card)
{
    /// <summary><c>MA_THE_BHYT</c>, the first one as written; empty when there is none.</summary>
    public string CardNumber { get; init; } = "";

    /// <summary>Reads them out of a row of XML0.</summary>
    public static CheckInFacts Of(Row row) => FactsReading.CheckIn(row);

    /// <summary>Nothing: nearly every member is personal.</summary>
    public override string ToString() => nameof(CheckInFacts);
}
