using System.Globalization;
using System.Text.RegularExpressions;
using LienThong.Gateway.Rejudging;
using LienThong.Gateway.Rules;
using LienThong.Validation;

namespace LienThong.Server.Pages.Rules;

/// <summary>Rules, exceptions and causes in the words of the people who use them.</summary>
internal static partial class RuleWords
{
    /// <summary>A rule's message without the places that a finding fills in.</summary>
    public static string Plain(RuleInfo rule)
    {
        string text = RowNumber().Replace(rule.MessageVi, "").Replace("{table}", IsName(rule.Table) ? rule.Table : "…", StringComparison.Ordinal).Replace(" dòng {stt}", "", StringComparison.Ordinal);
        text = text.Replace("{label} ({field})", FieldOf(rule), StringComparison.Ordinal).Replace("{field}", FieldOf(rule), StringComparison.Ordinal);
        text = Places().Replace(text, "…").Replace("\"…\"", "…", StringComparison.Ordinal).Replace("….", "…", StringComparison.Ordinal);
        return text.Length > 0 && char.IsLower(text[0]) ? char.ToUpper(text[0], CultureInfo.InvariantCulture) + text[1..] : text;
    }

    /// <summary>How to mend what a rule finds, without the places that a finding fills in.</summary>
    public static string PlainFix(RuleInfo rule) => Places().Replace(rule.Fix, "…").Replace("….", "…", StringComparison.Ordinal);

    private static string FieldOf(RuleInfo rule) => rule.Fields.Length > 0 && IsName(rule.Fields) ? rule.Fields : "…";

    // One table or one field, not the families or groups that some rows of the catalogue speak of.
    private static bool IsName(string text) => text != "PKG" && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_');

    /// <summary>What an exception does.</summary>
    public static string Name(ExceptionAction action) => action switch
    {
        ExceptionAction.Silence => "Miễn (không tính)",
        ExceptionAction.Info => "Hạ xuống thông tin",
        ExceptionAction.Warn => "Hạ xuống cảnh báo",
        _ => "Nâng một mức",
    };

    /// <summary>Where a run over stored records stands.</summary>
    public static string Name(RejudgeState state) => state switch
    {
        RejudgeState.Running => "Đang chạy",
        RejudgeState.Paused => "Tạm dừng",
        RejudgeState.Done => "Đã xong",
        RejudgeState.Stopped => "Đã dừng",
        _ => "Bị lỗi",
    };

    /// <summary>Where an exception stands.</summary>
    public static string Name(ExceptionState state) => state switch
    {
        ExceptionState.Proposed => "Chờ duyệt",
        ExceptionState.Refused => "Không duyệt",
        ExceptionState.Coming => "Chưa bắt đầu",
        ExceptionState.Active => "Đang hiệu lực",
        ExceptionState.Expired => "Đã hết hạn",
        _ => "Đã kết thúc sớm",
    };

    /// <summary>Its colour.</summary>
    public static string Colour(ExceptionState state) => state switch
    {
        ExceptionState.Proposed => "yellow",
        ExceptionState.Active => "green",
        ExceptionState.Coming => "azure",
        _ => "secondary",
    };

    /// <summary>Who mends a cause.</summary>
    public static string Name(CauseKeeper keeper) => keeper switch
    {
        CauseKeeper.HisVendor => "Đơn vị phần mềm HIS",
        CauseKeeper.CatalogueKeeper => "Người quản lý danh mục",
        CauseKeeper.Department => "Khoa thực hiện",
        CauseKeeper.InsuranceOffice => "Bộ phận BHYT",
        _ => "Bác sĩ chỉ định",
    };

    /// <summary>What a mark says.</summary>
    public static string Name(MarkVerdict verdict) => verdict == MarkVerdict.Confirmed ? "Đúng là lỗi" : "Không phải lỗi";

    /// <summary>The cause in one sentence.</summary>
    public static string Sentence(CauseCard c)
    {
        string place = c.Field.Length > 0 ? $"{c.Table}.{c.Field}" : c.Table.Length > 0 ? c.Table : "hồ sơ";
        return c.Cause.Kind switch
        {
            CauseKind.Missing => $"HIS không xuất {place}",
            CauseKind.Form => $"HIS ghi {place} sai dạng, ví dụ «{c.Example}»",
            CauseKind.Value => $"HIS ghi {place} = «{c.Cause.Key}», giá trị không được nhận",
            CauseKind.Code when c.Cause.Keeper == CauseKeeper.CatalogueKeeper => $"Mã «{c.Cause.Key}» ở {place} không có trong danh mục",
            CauseKind.Code => $"Mã «{c.Cause.Key}»: lỗi lặp lại ở {place}",
            CauseKind.Staff => $"Nhân viên «{c.Cause.Key}» ở {place} chưa có trong danh mục nhân lực",
            CauseKind.Department => $"Khoa {c.Cause.Key}: lỗi lặp lại ở {place}",
            _ => c.Cause.Keeper == CauseKeeper.HisVendor ? $"HIS {(c.Field.Length > 0 ? "tính hoặc ghi" : "xuất")} {place} khác quy định" : $"Lỗi lặp lại ở {place}",
        };
    }

    /// <summary>What an exception is limited to; empty when to nothing.</summary>
    public static string Limits(ExceptionMatch m)
    {
        List<string> limits = [];
        void Add(string name, string value)
        {
            if (value.Length > 0)
                limits.Add($"{name} {value}");
        }

        Add("bảng", m.Table);
        Add("trường", m.Field);
        Add("giá trị", m.Value);
        Add("loại KCB", m.VisitKind);
        Add("khoa", m.Department);
        Add("mã", m.Item);
        Add("đầu thẻ", m.CardPrefix);
        return string.Join(" · ", limits);
    }

    /// <summary>A share as people read it: 12,5 %.</summary>
    public static string Share(decimal? percent) => percent is { } p ? $"{Vi.Money(decimal.Round(p, 1))} %" : "–";

    [GeneratedRegex(@"\{[A-Za-z_0-9]+\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Places();

    [GeneratedRegex(@"^(XML\d+ )?[Dd]òng \{stt\}: ", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex RowNumber();
}
