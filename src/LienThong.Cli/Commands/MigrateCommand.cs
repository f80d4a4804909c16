using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;

namespace LienThong.Cli.Commands;

/// <summary><c>migrate</c></summary>
internal static class MigrateCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu; được tạo nếu chưa có.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        var command = new Command("migrate", "Đưa cơ sở dữ liệu lên đúng phiên bản của chương trình.") { data, postgres };
        command.SetAction((parsed, ct) => RunAsync(parsed.Need(data), parsed.GetValue(postgres), ct));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, CancellationToken ct)
    {
        (House house, IReadOnlyList<string> applied) = await House.OpenAsync(data, postgres, create: true, ct);
        await house.DisposeAsync();
        foreach (string step in applied) Screen.Out.WriteLine($"  đã áp dụng {step}");
        Screen.Out.WriteLine(applied.Count == 0 ? "Cơ sở dữ liệu đã đúng phiên bản." : $"Đã áp dụng {applied.Count} bước.");
        return ExitCode.Fine;
    }
}
