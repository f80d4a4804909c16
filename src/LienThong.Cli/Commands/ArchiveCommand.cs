using System.CommandLine;
using LienThong.Cli.Archives;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;

namespace LienThong.Cli.Commands;

/// <summary><c>archive verify|copy</c></summary>
internal static class ArchiveCommand
{
    /// <summary>The verb with its sub-verbs.</summary>
    public static Command Create() => new("archive", "Kho lưu trữ nội dung đã nhận, ký và gửi: kiểm tra, chép sang kho khác.") { Verify(), Copy() };

    private static Command Verify()
    {
        Option<string?> after = Setting.Text("--after", "HASH", "Làm tiếp sau đối tượng này, khi lần trước dừng giữa chừng.");
        var command = new Command("verify", "Đọc lại mọi đối tượng, so với mã băm; báo hồ sơ nào thiếu hoặc hỏng nội dung.") { InHouse.Data, InHouse.Postgres, InHouse.Output, after };
        command.SetAction((parsed, ct) =>
        {
            string? name = parsed.GetValue(after) is { Length: > 0 } text ? text : null;
            if (name is not null && (name.Length != 64 || !name.All(char.IsAsciiHexDigitLower)))
                throw CommandFailure.Usage("--after phải là mã băm 64 ký tự như lệnh này đã in.");
            return InHouse.RunAsync(parsed, (house, json) => ArchiveVerifyRun.RunAsync(house, name, json, ct), ct);
        });
        return command;
    }

    private static Command Copy()
    {
        Option<string?> to = Setting.Text("--to", "s3|folder", "Kho đích: s3 (theo các biến LIENTHONG_S3_…) hoặc folder (trong thư mục dữ liệu).");
        Option<bool> andSwitch = Setting.Switch("--switch", "Chép xong thì dữ liệu chuyển hẳn sang kho đích; mọi máy chủ phải đang dừng.");
        var command = new Command("copy", "Chép toàn bộ kho lưu trữ sang kho khác; cái đã có thì bỏ qua, nên chạy lại là làm tiếp.") { InHouse.Data, InHouse.Postgres, to, andSwitch };
        command.SetAction(async (parsed, ct) =>
        {
            string target = parsed.Need(to);
            if (target is not ("s3" or "folder"))
                throw CommandFailure.Usage($"--to chỉ nhận s3 hoặc folder, không nhận «{Words.Plain(target, 40)}».");
            string data = parsed.Need(InHouse.Data);
            (House house, _) = await House.OpenAsync(data, parsed.GetValue(InHouse.Postgres), create: false, ct, anyArchive: true);
            await using House owned = house;
            return await ArchiveCopyRun.RunAsync(house, data, target, parsed.GetValue(andSwitch), ct);
        });
        return command;
    }
}
