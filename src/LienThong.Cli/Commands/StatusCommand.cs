using System.CommandLine;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.CheckIns;
using LienThong.Gateway.Records;

namespace LienThong.Cli.Commands;

/// <summary><c>status</c></summary>
internal static class StatusCommand
{
    private const int MostTold = 200;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> data = Setting.Text("--data", "DIR", "Thư mục dữ liệu.");
        Option<string?> postgres = Setting.Text("--postgres", "CONN", "Chuỗi kết nối PostgreSQL thay cho SQLite.");
        Option<string?> output = Setting.Output();
        var command = new Command("status", "Hồ sơ đang ở đâu: số lượng theo trạng thái và từng hồ sơ.") { data, postgres, output };
        command.SetAction((parsed, ct) => RunAsync(parsed.Need(data), parsed.GetValue(postgres), parsed.WantsJson(output), ct));
        return command;
    }

    private static async Task<int> RunAsync(string data, string? postgres, bool json, CancellationToken ct)
    {
        (House house, _) = await House.OpenAsync(data, postgres, create: false, ct);
        await using House owned = house;
        IReadOnlyDictionary<RecordState, long> counts = await house.Queries.CountAsync(house.Self, ct);
        CheckInCounts checkIns = await house.CheckIns.CountAsync(house.Self, ct);
        List<RecordStatus> records = [];
        await foreach (RecordStatus status in house.StatusAsync(ct)) records.Add(status);
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                StatusJson.WriteCounts(j, counts);
                StatusJson.WriteRecords(j, records);
                j.WriteStartObject("checkIns");
                j.WriteNumber("waiting", checkIns.Waiting);
                j.WriteNumber("blocked", checkIns.Blocked);
                j.WriteNumber("overtaken", checkIns.Overtaken);
                j.WriteNumber("exempt", checkIns.Exempt);
                j.WriteEndObject();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        StateTable.Print(counts);
        if (checkIns.Waiting + checkIns.Blocked + checkIns.Overtaken > 0)
            Screen.Out.WriteLine($"  Check-in: {checkIns.Waiting} chờ gửi, {checkIns.Blocked} cần sửa, {checkIns.Overtaken} hồ sơ gửi trước (30 ngày)");
        Tell(records);
        return ExitCode.Fine;
    }

    private static void Tell(List<RecordStatus> records)
    {
        if (records.Count == 0) return;
        Screen.Out.WriteLine();
        int width = Math.Clamp(records.Take(MostTold).Max(r => r.MaLk.Length), 5, 40);
        Screen.Out.WriteLine($"  {"MA_LK".PadRight(width)}  {"Trạng thái",-16}  {"Lần gửi",7}  Mã giao dịch / lý do");
        foreach (RecordStatus record in records.Take(MostTold))
        {
            string last = record.LastError ?? record.MaGiaoDich ?? "";
            Screen.Out.WriteLine($"  {Words.Plain(record.MaLk, 40).PadRight(width)}  {RecordStates.Vietnamese(record.State),-16}  {record.Attempts,7}  {Words.Plain(last, 200)}");
        }

        if (records.Count > MostTold) Screen.Out.WriteLine($"  … và {records.Count - MostTold} hồ sơ nữa; xem đủ bằng --output json.");
    }
}
