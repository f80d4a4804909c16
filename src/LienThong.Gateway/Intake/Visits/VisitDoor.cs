using LienThong.Extracts;
using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Visits;

/// <summary>What is asked of a visit before its record is stored (processes.md §5–6).</summary>
internal static class VisitDoor
{
    /// <summary>Why a changed visit waits when the version before it was signed.</summary>
    public const string ReasonMissing = "Hồ sơ trước đã ký hoặc đã gửi nhưng bản HIS gửi lại không ghi lý do sửa. Ghi lý do để dùng bản này, hoặc giữ bản hiện có.";

    /// <summary>Reason of a version that only adds the payment (processes.md §2.2).</summary>
    public const string PaymentAdded = "Bổ sung ngày thanh toán";

    private const int LongestReason = 500;
    private const int LongestMaLk = 100;

    // Clocks of hospital and gateway may differ by this much.
    private static readonly TimeSpan ClockError = TimeSpan.FromMinutes(5);

    // Working out the settlement period needs the day of payment.
    private static readonly FieldId[] PaymentFields = [Xml1.NGAY_TTOAN, Xml1.NAM_QT, Xml1.THANG_QT];

    /// <summary>Why a visit can't be taken at all, before it is built; null when it can.</summary>
    /// <param name="visit">The visit.</param>
    /// <param name="now">The moment.</param>
    /// <param name="accepts">Why records of a facility may not be stored; null when they may.</param>
    public static ExtractProblem? Refusal(Visit visit, DateTimeOffset now, Func<string, string?> accepts)
    {
        if (visit.Key.Length > LongestMaLk)
            return Problem(visit, VisitFields.Visit.MA_LK, $"MA_LK dài quá {LongestMaLk} ký tự.", "Dùng mã lượt khám ngắn hơn.");
        if (accepts(visit.Facility) is { } foreign)
            return Problem(visit, VisitFields.Visit.MA_CSKCB, foreign, "Kiểm tra MA_CSKCB của lượt khám.");
        string end = visit[VisitFields.Visit.NGAY_RA];
        if (end.Length == 0)
            return Problem(visit, VisitFields.Visit.NGAY_RA, "Lượt khám chưa kết thúc (NGAY_RA trống).", "Gửi lại khi lượt khám kết thúc; muốn kiểm tra trước thì dùng /api/v1/check.");
        string latest = (now + ClockError).InVietnam().ToString("yyyyMMddHHmm", System.Globalization.CultureInfo.InvariantCulture);
        return string.CompareOrdinal(end, latest) > 0
            ? Problem(visit, VisitFields.Visit.NGAY_RA, "Ngày ra (NGAY_RA) ở tương lai.", "Gửi khi lượt khám đã kết thúc; muốn kiểm tra trước thì dùng /api/v1/check.")
            : null;
    }

    /// <summary>Whether a visit could be taken if it had ended: then it may have check-ins to tell.</summary>
    public static bool GoesOn(Visit visit, Func<string, string?> accepts) =>
        visit[VisitFields.Visit.NGAY_RA].Length == 0 && visit.Key.Length is > 0 and <= LongestMaLk && accepts(visit.Facility) is null;

    /// <summary>The reason a visit gives; null when it gives none.</summary>
    public static string? ReasonGiven(Visit visit)
    {
        string reason = visit[VisitFields.Visit.Reason].Trim();
        return reason.Length == 0 ? null : reason.Length > LongestReason ? reason[..LongestReason] : reason;
    }

    /// <summary>Reason of the version made of a changed visit.</summary>
    public static ChangeReason ReasonOf(PendingVisit visit) => visit.Reason is { } given
        ? ChangeReason.FromString(given)
        : visit.AddsPayment ? ChangeReason.FromString(PaymentAdded) : VersionPlacing.Unexplained;

    /// <summary>Whether the hospital system has sent a later revision already.</summary>
    public static bool IsOutdated(PendingVisit visit, List<VisitSourceRow>? known) => visit.Revision is { } revision && known?.Max(s => s.Revision) > revision;

    /// <summary>What to say of an outdated visit.</summary>
    public static string Outdated(PendingVisit visit, List<VisitSourceRow> known) =>
        $"Đã nhận lần sửa {known.Max(s => s.Revision)} của lượt khám này; lần sửa {visit.Revision} cũ hơn nên không nhận. Gửi bản mới nhất, hoặc tăng «revision».";

    /// <summary>Whether two records differ in nothing but the payment that the first one lacks.</summary>
    public static bool OnlyAddsPayment(byte[] before, byte[] after)
    {
        using OpenRecord old = OpenRecord.From(before), now = OpenRecord.From(after);
        if (old.Record.Summary is not { } unpaid || !unpaid[Xml1.NGAY_TTOAN].IsEmpty)
            return false;
        RecordBuilder first = RecordBuilder.From(old.Record), second = RecordBuilder.From(now.Record);
        foreach (FieldId field in PaymentFields)
        {
            first.Set(field, "");
            second.Set(field, "");
        }
        using Record a = first.Build(), b = second.Build();
        return StoredForm.Of("", Releases.Newest, a).AsSpan().SequenceEqual(StoredForm.Of("", Releases.Newest, b));
    }

    private static ExtractProblem Problem(Visit visit, VisitField field, string message, string fix)
    {
        Place place = visit[SectionId.Visit] is [VisitRow row, ..] ? row.Place : default;
        string column = visit.Columns.TryGetValue(SectionId.Visit, out IReadOnlyDictionary<string, string>? columns) && columns.TryGetValue(field.Spec.Name, out string? header) ? header : field.Spec.Name;
        return new ExtractProblem(ExtractCodes.Build, Severity.Block, message, fix, place.File ?? "", place.Line, column, ExtractProblem.Shown(visit[field]), visit.Key);
    }
}
