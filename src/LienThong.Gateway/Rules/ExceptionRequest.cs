using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>Reads what a person asks for: what is wrong with it, or the exception it means.</summary>
internal static class ExceptionRequest
{
    private const int LongestText = 1000;
    private const int LongestPattern = 200;
    private const int ShortestGroup = 2;

    /// <summary>Rules a code or group of codes means, among those of this version.</summary>
    public static IEnumerable<RuleInfo> Rules(string rule) => rule.EndsWith('*')
        ? RuleCatalogue.All.Where(r => r.Code.StartsWith(rule[..^1], StringComparison.Ordinal))
        : RuleCatalogue.Find(rule) is { } one ? [one] : [];

    /// <summary>Whether it lowers a protected rule, so that a second person has to agree.</summary>
    public static bool NeedsApproval(RuleException e) =>
        e.Action != ExceptionAction.Raise && Rules(e.Rule).Any(r => RuleProtections.Of(r.Code) == RuleProtection.WarnOnly);

    /// <summary>What is wrong with a request; null when nothing is.</summary>
    /// <param name="draft">The request.</param>
    /// <param name="known">Whether findings of such a rule are stored, for rules that this version doesn't bring along.</param>
    /// <param name="now">Now.</param>
    public static string? Fault(ExceptionDraft draft, bool known, DateTimeOffset now)
    {
        ExceptionMatch m = draft.Match;
        if (string.IsNullOrWhiteSpace(draft.Reason))
            return "Ghi lý do của ngoại lệ.";
        if (draft.Reason.Length > LongestText || draft.Evidence.Length > LongestText)
            return $"Lý do và căn cứ dài nhất {LongestText} ký tự.";
        if (draft.Rule.EndsWith('*') && draft.Rule.Length <= ShortestGroup)
            return "Nhóm quy tắc quá rộng: ghi ít nhất hai ký tự đầu của mã, ví dụ «X2*».";
        if (Protected(draft) is { } tooFar)
            return tooFar;
        if (!known && !Rules(draft.Rule).Any())
            return $"Không có quy tắc nào mang mã «{Short(draft.Rule)}».";
        if (m.Table.Length > 0 && !TableNames.TryParse(m.Table, out _))
            return $"Không có bảng «{Short(m.Table)}»; ghi XML1 … XML15.";
        if (new[] { m.Field, m.Value, m.VisitKind, m.Department, m.Item, m.CardPrefix }.Any(t => t.Length > LongestPattern))
            return $"Điều kiện dài nhất {LongestPattern} ký tự.";
        if (m.CardPrefix.Split(';').Any(c => c.Trim().TrimEnd('*').Length > ExceptionFacts.CardCharacters))
            return $"Đầu mã thẻ dài nhất {ExceptionFacts.CardCharacters} ký tự: chỉ phần đó được lưu.";
        return Time(draft, now);
    }

    /// <summary>The exception a sound request means.</summary>
    public static RuleException Read(ExceptionDraft draft, Guid id, DateTimeOffset now) => new(
        id, draft.Facility, draft.Rule.Trim(), Trimmed(draft.Match), draft.Action, Start(draft, now), End(draft), false);

    private static string? Protected(ExceptionDraft draft)
    {
        if (draft.Action == ExceptionAction.Raise || draft.Rule.EndsWith('*'))
            return null;
        return RuleProtections.Of(draft.Rule) switch
        {
            RuleProtection.Never => "Quy tắc về chữ ký số không được miễn hoặc hạ mức.",
            RuleProtection.WarnOnly when draft.Action != ExceptionAction.Warn =>
                "Quy tắc cấu trúc chặn gửi hoặc quy tắc tiền do Cổng kiểm tra chỉ được hạ xuống mức cảnh báo, khi có người thứ hai duyệt.",
            _ => null,
        };
    }

    private static string? Time(ExceptionDraft draft, DateTimeOffset now)
    {
        DateTimeOffset start = Start(draft, now);
        if (End(draft) <= start)
            return "Ngày hết hạn phải từ hôm nay và không trước ngày bắt đầu.";
        DateOnly first = start.VietnamDay();
        return draft.To > first.AddMonths(RuleException.MostMonths) ? $"Ngoại lệ có hiệu lực nhiều nhất {RuleException.MostMonths} tháng." : null;
    }

    private static DateTimeOffset Start(ExceptionDraft draft, DateTimeOffset now) => draft.From is { } day && Midnight(day) is var start && start > now ? start : now;

    private static DateTimeOffset End(ExceptionDraft draft) => Midnight(draft.To).AddDays(1);

    // Days far outside any sense must not overflow on their way to UTC.
    private static DateTimeOffset Midnight(DateOnly day) => new(day.Year is < 2000 or > 9000 ? new DateOnly(Math.Clamp(day.Year, 2000, 9000), 1, 1) : day, default, VietnamTime.Offset);

    private static ExceptionMatch Trimmed(ExceptionMatch m) => new()
    {
        Table = m.Table.Trim(),
        Field = m.Field.Trim(),
        Value = m.Value.Trim(),
        VisitKind = m.VisitKind.Trim(),
        Department = m.Department.Trim(),
        Item = m.Item.Trim(),
        CardPrefix = m.CardPrefix.Trim(),
    };

    private static string Short(string text) => text.Length <= 40 ? text : text[..40];
}
