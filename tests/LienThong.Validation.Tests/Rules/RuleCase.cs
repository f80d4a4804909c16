using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules;

/// <summary>One rule with a record that breaks it, the cell it must point at, and a record near by that doesn't.</summary>
/// <param name="Code">The rule.</param>
/// <param name="At">The cell as <see cref="Cell.ToString"/> writes it.</param>
/// <param name="Start">Which clean record to start from, see <see cref="CleanRecordTests.Build"/>; <c>checkin</c> for XML0.</param>
/// <param name="Break">Makes the record break the rule.</param>
/// <param name="Keep">Makes another record that meets the rule's case and keeps it; null when the clean record does.</param>
/// <param name="Severity">Severity to expect; null for the rule's own.</param>
internal sealed record RuleCase(
    string Code, string At, string Start, Action<RecordBuilder> Break, Action<RecordBuilder>? Keep = null, Severity? Severity = null)
{
    public static Judgement Judge(string start, Action<RecordBuilder>? change, CodeLists lists)
    {
        RecordBuilder builder = start == "checkin" ? A.CleanCheckIn() : CleanRecordTests.Build(start);
        change?.Invoke(builder);
        using Record record = builder.Build();
        Validator validator = Validator.Create(new ValidatorOptions { Lists = lists });
        JudgeContext context = A.Context with { ForClaim = true };
        return start == "checkin" ? validator.JudgeCheckIn(record, context) : validator.Judge(record, context);
    }

    /// <summary>The outpatient visit moved to 15 August 2024, when QĐ 4750 was in force.</summary>
    public static RecordBuilder In2024(RecordBuilder record) => record
        .Set(Xml1.NGAY_VAO, "202408150915").Set(Xml1.NGAY_RA, "202408151030").Set(Xml1.NGAY_TTOAN, "202408151030").Set(Xml1.NAM_QT, "2024")
        .Set(Xml1.GT_THE_TU, "20240101").Set(Xml1.GT_THE_DEN, "20241231").Set(Xml1.MA_NGHE_NGHIEP, "00000").Set(Xml1.MA_TTDV, "0100000017")
        .Set(Xml1.SO_NGAY_DTRI, "0");
}
