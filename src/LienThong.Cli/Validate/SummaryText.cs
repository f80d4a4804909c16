using System.Globalization;
using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>What a run has found altogether, as text.</summary>
internal static class SummaryText
{
    /// <summary>Appends it.</summary>
    public static void Append(StringBuilder text, Tally tally)
    {
        text.Append(CultureInfo.InvariantCulture, $"{tally.Files} tệp, {tally.Records} hồ sơ: {tally.Records - tally.Blocked} gửi được, {tally.Blocked} không được gửi");
        if (tally.Unreadable > 0) text.Append(CultureInfo.InvariantCulture, $"; {tally.Unreadable} tệp không đọc được hoặc đọc không hết");
        text.AppendLine(".").AppendLine(CultureInfo.InvariantCulture, $"Trong hồ sơ: {Words.Counts(tally.Findings)}. Ở tệp: {Words.Counts(tally.Problems)}.");
        AppendNotChecked(text, tally);
    }

    private static void AppendNotChecked(StringBuilder text, Tally tally)
    {
        var lists = new StringBuilder();
        long values = 0, parts = 0, tooLong = 0;
        foreach (NotCheckedTotal total in tally.NotChecked)
        {
            if (total.Cause == NotCheckedCause.ListNotLoaded) lists.Append(lists.Length == 0 ? "" : ", ").Append(total.List);
            else if (total.Cause == NotCheckedCause.MalformedValue) values += total.Count;
            else if (total.Cause == NotCheckedCause.TooLong) tooLong += total.Count;
            else parts += total.Count;
        }

        if (lists.Length > 0) text.Append("Chưa kiểm tra được vì chưa nạp danh mục: ").Append(lists).AppendLine(".");
        if (values > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra được {values} chỗ vì giá trị sai dạng (đã nêu ở trên).");
        if (parts > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra được {parts} quy tắc vì một phần hồ sơ không đọc được.");
        if (tooLong > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra xong {tooLong} lượt quy tắc riêng vì phép tính quá dài: rút gọn quy tắc.");
    }
}
