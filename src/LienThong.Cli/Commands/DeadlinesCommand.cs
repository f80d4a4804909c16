using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Deadlines;
using LienThong.Gateway.Records;
using LienThong.Gateway.Reports;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>deadlines</c>: what is due, with duties and how long receptions took.</summary>
internal static class DeadlinesCommand
{
    private const int Listed = 20;
    private const int Days = 14;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Chỉ cơ sở này."), output = Setting.Text("--output", "text|json|csv", "Dạng kết quả; mặc định text. csv có mọi hồ sơ chưa được tiếp nhận.");
        var command = new Command("deadlines", "Hạn nộp: quá hạn, hôm nay, tuần này, theo khoa; nhiệm vụ; thời gian từ lúc kết thúc đến lúc tiếp nhận.")
        {
            InHouse.Data, InHouse.Postgres, facility, output,
        };
        command.SetAction(async (parsed, ct) =>
        {
            string form = parsed.GetValue(output) is { Length: > 0 } given ? given : "text";
            if (form is not ("text" or "json" or "csv"))
                throw CommandFailure.Usage($"--output chỉ nhận text, json hoặc csv, không nhận «{Words.Plain(form, 40)}».");
            (House house, _) = await House.OpenAsync(parsed.Need(InHouse.Data), parsed.GetValue(InHouse.Postgres), create: false, ct);
            await using House owned = house;
            string? only = parsed.GetValue(facility) is { Length: > 0 } code ? code : null;
            if (only is not null && await house.Facilities.FindAsync(house.Self, only, ct) is null)
                throw CommandFailure.Usage($"cơ sở «{Words.Plain(only, 20)}» chưa được khai báo.");
            return form == "csv" ? await CsvAsync(house, only, ct) : await TellAsync(house, only, form == "json", ct);
        });
        return command;
    }

    private static async Task<int> CsvAsync(House house, string? facility, CancellationToken ct)
    {
        Screen.Out.WriteLine(string.Join(',', DeadlineTables.Records.Select(c => CsvCell.Of(c.Header))));
        await foreach (DueRecord record in house.Deadlines.StreamAsync(house.Self, new BoardFilter(facility), ct))
            Screen.Out.WriteLine(string.Join(',', DeadlineTables.Row(record).Select(CsvCell.Of)));
        return ExitCode.Fine;
    }

    private static async Task<int> TellAsync(House house, string? facility, bool json, CancellationToken ct)
    {
        DeadlineBoard board = await house.Deadlines.CountAsync(house.Self, facility, await house.DeadlineSettings.ChoicesAsync(house.Self, ct), ct);
        IReadOnlyList<DueRecord> records = await house.Deadlines.ListAsync(house.Self, new BoardFilter(facility), json ? 1000 : Listed, ct);
        Duty[] duties = [.. (await house.Duties.OpenAsync(house.Self, ct)).Where(d => facility is null || d.Facility == facility)];
        string[] read = [.. (await house.Facilities.ListAsync(house.Self, ct)).Select(f => f.Facility).Where(f => facility is null || f == facility)];
        DateOnly today = board.Now.VietnamDay();
        IReadOnlyList<Timeliness> days = await house.Deadlines.TimelinessAsync(house.Self, read, today.AddDays(1 - Days), today, byWard: false, ct);
        if (json) Json.Print(j => Write(j, board, records, duties, days));
        else Print(board, records, duties, days);
        return board.Total.Overdue > 0 ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static void Write(System.Text.Json.Utf8JsonWriter j, DeadlineBoard board, IReadOnlyList<DueRecord> records, Duty[] duties, IReadOnlyList<Timeliness> days)
    {
        j.WriteStartObject();
        j.WriteString("now", board.Now);
        j.WriteNumber("overdue", board.Total.Overdue);
        j.WriteNumber("today", board.Total.Today);
        j.WriteNumber("week", board.Total.Week);
        j.WriteNumber("later", board.Total.Later);
        j.WriteNumber("waiting", board.Total.Waiting);
        j.WriteNumber("byHand", board.Total.ByHand);
        if (board.Month is { } month)
        {
            j.WriteStartObject("month");
            j.WriteString("month", month.Month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            j.WriteString("closes", month.Closes);
            j.WriteNumber("toGo", month.ToGo);
            j.WriteEndObject();
        }

        j.WriteStartArray("wards");
        foreach (WardCounts w in board.Wards)
        {
            j.WriteStartObject();
            j.WriteString("facility", w.Facility);
            j.WriteString("ward", w.Ward);
            j.WriteNumber("overdue", w.Overdue);
            j.WriteNumber("today", w.Today);
            j.WriteNumber("open", w.Open);
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteStartArray("records");
        foreach (DueRecord r in records)
        {
            j.WriteStartObject();
            j.WriteString("facility", r.Facility);
            j.WriteString("maLk", r.MaLk);
            j.WriteString("state", r.State.ToString());
            j.WriteString("ward", r.Ward);
            j.WriteString("deadline", r.Deadline);
            j.WriteString("original", r.Original);
            j.WriteString("kind", r.Kind?.ToString());
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteStartArray("duties");
        foreach (Duty d in duties)
        {
            j.WriteStartObject();
            j.WriteString("id", d.Id);
            j.WriteString("facility", d.Facility);
            j.WriteString("rule", d.Rule);
            j.WriteString("title", d.Title);
            j.WriteString("dueAt", d.DueAt);
            j.WriteBoolean("overdue", d.IsOverdue(board.Now));
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteStartArray("timeliness");
        foreach (Timeliness t in days)
        {
            j.WriteStartObject();
            j.WriteString("day", t.Key);
            j.WriteNumber("records", t.Records);
            j.WriteNumber("p50", t.P50);
            j.WriteNumber("p95", t.P95);
            j.WriteNumber("late", t.Late);
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteEndObject();
    }

    private static void Print(DeadlineBoard board, IReadOnlyList<DueRecord> records, Duty[] duties, IReadOnlyList<Timeliness> days)
    {
        WardCounts t = board.Total;
        Screen.Out.WriteLine($"Quá hạn {t.Overdue} · hôm nay {t.Today} · 7 ngày tới {t.Week} · còn xa {t.Later} · quá {board.WarnMinutes} phút chưa gửi xong {t.Waiting} · chờ người xử lý {t.ByHand}");
        if (board.Month is { } month)
            Screen.Out.WriteLine($"Còn {month.ToGo} hồ sơ của tháng {month.Month.ToString("MM/yyyy", CultureInfo.InvariantCulture)}, chốt trước {Moment(month.Closes)}.");
        if (records.Count > 0) Screen.Out.WriteLine();
        foreach (DueRecord r in records)
        {
            string extended = r.Deadline > r.Original ? $" (hạn gốc {Moment(r.Original.AddMinutes(-1))}, gia hạn vì sự cố)" : "";
            Screen.Out.WriteLine($"  {Words.Plain(r.MaLk, 40),-24}  {Words.Plain(r.Ward, 10),-8}  {RecordStates.Vietnamese(r.State),-16}  {Moment(r.Deadline.AddMinutes(-1))}{extended}");
        }

        if (t.Open > records.Count) Screen.Out.WriteLine($"  … và {t.Open - records.Count} hồ sơ nữa; xem đủ bằng --output csv.");
        if (duties.Length > 0) Screen.Out.WriteLine();
        foreach (Duty d in duties)
            Screen.Out.WriteLine($"  {d.Facility}  {Moment(d.DueAt.AddMinutes(-1))}  {(d.IsOverdue(board.Now) ? "QUÁ HẠN  " : "")}{Words.Plain(d.Title, 200)}");
        if (days.Count > 0) Screen.Out.WriteLine();
        foreach (Timeliness d in days)
            Screen.Out.WriteLine($"  tiếp nhận {d.Key}: {d.Records} hồ sơ, từ lúc kết thúc p50 {d.P50} phút, p95 {d.P95} phút, trễ hạn {d.Late}");
    }

    private static string Moment(DateTimeOffset at) => at.InVietnam().ToString("dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture);
}
