namespace LienThong.Portal;

/// <summary>What became of one card lookup.</summary>
public abstract record CardLookupOutcome
{
    private CardLookupOutcome()
    {
    }

    /// <summary>The portal answered; <see cref="CardAnswer.Code"/> tells what it thinks of the card.</summary>
    /// <param name="Card">The answer, whole and read.</param>
    public sealed record Answered(CardAnswer Card) : CardLookupOutcome;

    /// <summary>No usable answer. Keep it as well: it is the proof for the fallback procedure.</summary>
    /// <param name="Cause">Vietnamese sentence for the desk.</param>
    /// <param name="NeedsPerson">True for account faults: stop asking.</param>
    /// <param name="Answer">What came back, if anything.</param>
    public sealed record NotAnswered(string Cause, bool NeedsPerson, PortalAnswer? Answer) : CardLookupOutcome;
}

/// <summary>An answered card lookup.</summary>
/// <param name="Code"><c>maKetQua</c>.</param>
/// <param name="Meaning">The code's line in the table.</param>
/// <param name="Note"><c>ghiChu</c>: text for the desk.</param>
/// <param name="Fields">Every text member of the answer by its official name (<c>gtTheTu</c>, <c>maDKBD</c>, …), any case.</param>
/// <param name="Visits"><c>dsLichSuKCB2018</c>.</param>
/// <param name="Checks"><c>dsLichSuKT2018</c>.</param>
/// <param name="Answer">The whole answer: evidence.</param>
public sealed record CardAnswer(
    string Code, CardLookupCode Meaning, string Note, IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<CardVisit> Visits, IReadOnlyList<CardCheck> Checks, PortalAnswer Answer)
{
    /// <summary>A text member; empty when absent.</summary>
    public string Field(string name) => Fields.TryGetValue(name, out string? value) ? value : "";

    /// <summary>Code only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardAnswer)} {Code}";
}

/// <summary>An earlier visit the portal knows of.</summary>
/// <param name="RecordNumber"><c>maHoSo</c>.</param>
/// <param name="FacilityCode"><c>maCSKCB</c>.</param>
/// <param name="AdmittedAt"><c>ngayVao</c>, <c>yyyyMMddHHmm</c>.</param>
/// <param name="DischargedAt"><c>ngayRa</c>, <c>yyyyMMddHHmm</c>.</param>
/// <param name="Diagnosis"><c>tenBenh</c>.</param>
/// <param name="Condition"><c>tinhTrang</c>.</param>
/// <param name="Result"><c>kqDieuTri</c>.</param>
/// <param name="Reason"><c>lyDoVV</c>.</param>
public sealed record CardVisit(
    string RecordNumber, string FacilityCode, string AdmittedAt, string DischargedAt, string Diagnosis, string Condition,
    string Result, string Reason);

/// <summary>An earlier lookup of the same card.</summary>
/// <param name="UserName"><c>userKT</c>.</param>
/// <param name="At"><c>thoiGianKT</c>, <c>yyyyMMddHHmm</c>.</param>
/// <param name="Message"><c>thongBao</c> (also written <c>thongbao</c>).</param>
/// <param name="Code"><c>maLoi</c>.</param>
public sealed record CardCheck(string UserName, string At, string Message, string Code);
