namespace LienThong.Validation.Tests.History;

/// <summary>A history of records given by a test.</summary>
internal sealed class KnownRecords(params RecordFacts[] others) : IRecordHistory
{
    public RecordFacts[] Versions { get; init; } = [];

    public bool Accepted { get; init; }

    public CardAnswer? Answer { get; init; }

    public CheckInFacts? Said { get; init; }

    public int Facilities { get; init; }

    public bool Answers(string list) => list is HistoryLists.Submissions or HistoryLists.Cards or HistoryLists.CheckIns;

    public IReadOnlyList<RecordFacts> With(HistoryKey key) => [.. others.Where(o => HistoryKey.Of(o).Exists(k => k.Hash == key.Hash))];

    public int OtherFacilities(HistoryKey key, string facility) => Facilities;

    public decimal Claimed(RecordFacts own, string code, string? tender, DateOnly from, DateOnly through) =>
        others.SelectMany(o => o.Claims).Where(c => c.Code == code && (tender is null || c.Tender == tender) && c.Day >= from && c.Day <= through).Sum(c => c.Quantity);

    public IReadOnlyList<RecordFacts> Earlier(RecordFacts own) => Versions;

    public bool WasAccepted(RecordFacts own) => Accepted;

    public CardAnswer? Card(RecordFacts own) => Answer;

    public CheckInFacts? CheckIn(RecordFacts own) => Said;
}
