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
        var lists = new List<string>();
        long values = 0, parts = 0, tooLong = 0;
        foreach (NotCheckedTotal total in tally.NotChecked)
        {
            if (total.Cause == NotCheckedCause.ListNotLoaded) lists.Add(total.List);
            else if (total.Cause == NotCheckedCause.MalformedValue) values += total.Count;
            else if (total.Cause == NotCheckedCause.TooLong) tooLong += total.Count;
            else parts += total.Count;
        }

        if (lists.Count > 0) AppendMissing(text, lists);
        if (values > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra được {values} chỗ vì giá trị sai dạng (đã nêu ở trên).");
        if (parts > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra được {parts} quy tắc vì một phần hồ sơ không đọc được.");
        if (tooLong > 0) text.AppendLine(CultureInfo.InvariantCulture, $"Chưa kiểm tra xong {tooLong} lượt quy tắc riêng vì phép tính quá dài: rút gọn quy tắc.");
    }

    // A handful tells what kind of lists is meant; the JSON names all of them.
    private static void AppendMissing(StringBuilder text, List<string> lists)
    {
        const int Most = 5;
        List<string> titles = lists.ConvertAll(name => ListDefinitions.Find(name)?.TitleVi).FindAll(t => t is not null)!;
        text.Append("Một số quy tắc chưa kiểm tra được vì chưa có ").Append(CultureInfo.InvariantCulture, $"{lists.Count} danh mục hoặc dữ liệu");
        if (titles.Count > 0) text.Append(" (").AppendJoin("; ", titles.Take(Most)).Append(lists.Count > Most ? "; …)" : ")");
        text.AppendLine(": nạp bằng --catalog, hoặc nhập vào thư mục dữ liệu bằng lienthong catalog import.");
    }
}
