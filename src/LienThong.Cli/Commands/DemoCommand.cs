using System.CommandLine;
using LienThong.Cli.Demo;

namespace LienThong.Cli.Commands;

/// <summary><c>demo</c></summary>
internal static class DemoCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<bool> once = Setting.Switch("--once", "Dừng sau khi xong, in bảng trạng thái; không mở trang web.");
        Option<string?> records = Setting.Text("--records", "N", "Số tệp hồ sơ bịa; mặc định 220.");
        Option<string?> urls = Setting.Text("--urls", "URL", "Địa chỉ trang web; mặc định http://127.0.0.1:5080.");
        var command = new Command("demo", "Chạy thử trọn đường đi với hồ sơ bịa và Cổng mô phỏng, trong thư mục tạm.") { once, records, urls };
        command.SetAction((parsed, ct) => DemoRun.ExecuteAsync(
            parsed.GetValue(once), parsed.Number(records, 200, 100_000, 220), parsed.GetValue(urls) ?? "http://127.0.0.1:5080", ct));
        return command;
    }
}
