using System.CommandLine;
using LienThong.Cli.Pull;

namespace LienThong.Cli.Commands;

/// <summary><c>pull</c></summary>
internal static class PullCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Argument<string> file = new("FILE.yaml") { Description = "Tệp mô tả nguồn dữ liệu (mục pull và cách ghép cột)." };
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu; không cần khi chạy --dry-run.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<bool> once = Setting.Switch("--once", "Lấy một lượt rồi dừng; không có thì lấy mãi theo every của tệp, đến khi bấm Ctrl-C.");
        Option<bool> dry = Setting.Switch("--dry-run", "Chỉ đọc và in những gì sẽ lấy, không lưu gì.");
        Option<string?> from = Setting.Text("--from", "WATERMARK", "Bắt đầu lại từ mốc này thay cho mốc đã lưu, ví dụ \"2026-07-01 00:00:00\".");
        Option<string?> output = Setting.Output();
        var command = new Command("pull", "Lấy lượt khám từ cơ sở dữ liệu HIS (chỉ đọc): PostgreSQL, SQLite, hoặc qua lệnh và trình điều khiển của nơi dùng.") { file, data, postgres, once, dry, from, output };
        command.SetAction((parsed, ct) =>
        {
            string path = parsed.GetValue(file)!;
            bool json = parsed.WantsJson(output);
            return parsed.GetValue(dry)
                ? PullDryRun.RunAsync(path, parsed.GetValue(from), json, ct)
                : PullRun.RunAsync(path, parsed.Need(data), parsed.GetValue(postgres), parsed.GetValue(once), parsed.GetValue(from), json, ct);
        });
        return command;
    }
}
