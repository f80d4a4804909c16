using LienThong.Cli.Terminal;
using LienThong.Gateway.Facilities;
using LienThong.Gateway.Intake;
using LienThong.Gateway.Records;
using LienThong.Gateway.Signing;
using LienThong.Gateway.Submission;
using LienThong.Portal;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Cli.Sending;

/// <summary>The verb <c>send</c>.</summary>
internal static class SendRun
{
    /// <summary>Runs it.</summary>
    /// <returns>0 everything is with the portal, 1 something is blocked, refused or left, 3 files or database failed.</returns>
    public static async Task<int> ExecuteAsync(SendArguments a, CancellationToken ct)
    {
        List<FoundFile> found = Files.Walk(a.Paths);
        string password = Files.ReadPassword(a.PasswordFile), keyPassword = Files.ReadPassword(a.PfxPasswordFile);
        byte[] pfx = Files.ReadAll(a.Pfx);
        (House house, _) = await House.OpenAsync(a.Data, a.Postgres, create: true, ct);
        await using House owned = house;
        await house.Facilities.EnsureAsync(house.Self, a.Facility, a.Facility, ct);
        Demand(await house.Facilities.SetPortalAccountAsync(
            house.Self, new PortalAccount(a.Portal, a.Facility, a.Facility[..2], a.Account, PortalAccount.Digest(password)), ct));
        SigningKeyChange key = await house.Keys.AddAsync(
            house.Self, new SigningKeyDraft(a.Facility, "", new KeyPlace.Pfx(), new KeySecrets { File = pfx, Password = keyPassword }) { RegisteredOn = TimeProvider.System.GetUtcNow().VietnamDay(), Unlocks = true }, ct);
        if (!key.Done) throw new CommandFailure(ExitCode.Blocked, key.Message);

        foreach (FoundFile lost in found.Where(f => f.Trouble is not null)) Screen.Fail($"{lost.Path}: {lost.Trouble}.");
        var board = new Board(a.Json);
        string[] files = [.. found.Where(f => f.Trouble is null).Select(f => f.Path)];
        List<IntakeReport> reports = await Flow.IngestAsync(house, files, board, ct);
        DrainSummary drain = await Flow.DrainAsync(house, a.Patience, shared: false, board, ct);
        var summary = await SendSummary.MakeAsync(house, a.Facility, reports, drain, ct);
        if (a.Json) Json.Print(summary.Write);
        else summary.Tell();
        int code = summary.IsFine ? ExitCode.Fine : ExitCode.Blocked;
        return files.Length < found.Count ? ExitCode.Worse(code, ExitCode.Io) : code;
    }

    private static void Demand(SettingResult result)
    {
        if (!result.Ok) throw new CommandFailure(ExitCode.Blocked, result.Message);
    }
}

/// <summary>What became of the files of one call.</summary>
internal sealed class SendSummary
{
    private const int MostTold = 20;
    private readonly IReadOnlyList<IntakeReport> reports;
    private readonly DrainSummary drain;
    private readonly FacilityView facility;
    private readonly List<RecordStatus> records;

    private SendSummary(IReadOnlyList<IntakeReport> reports, DrainSummary drain, FacilityView facility, List<RecordStatus> records) =>
        (this.reports, this.drain, this.facility, this.records) = (reports, drain, facility, records);

    /// <summary>Everything of these files is with the portal.</summary>
    public bool IsFine => reports.All(r => r.Outcome is IntakeOutcome.Complete or IntakeOutcome.Duplicate) && records.TrueForAll(r => r.State == RecordState.Accepted);

    /// <summary>Collects it.</summary>
    public static async Task<SendSummary> MakeAsync(House house, string facility, List<IntakeReport> reports, DrainSummary drain, CancellationToken ct)
    {
        HashSet<Guid> own = [.. reports.SelectMany(r => r.Records).Select(r => r.RecordId).OfType<Guid>()];
        List<RecordStatus> touched = [];
        await foreach (RecordStatus status in house.StatusAsync(ct))
        {
            if (own.Contains(status.Id)) touched.Add(status);
        }

        FacilityView view = (await house.Facilities.FindAsync(house.Self, facility, ct))!;
        return new SendSummary(reports, drain, view, touched);
    }

    /// <summary>As JSON.</summary>
    public void Write(System.Text.Json.Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("files", reports.Count);
        json.WriteStartObject("intake");
        json.WriteNumber("found", reports.Sum(r => r.Found));
        json.WriteNumber("stored", reports.Sum(r => r.Stored));
        json.WriteNumber("same", reports.Sum(r => r.Duplicates));
        json.WriteNumber("refused", reports.Sum(r => r.Refused));
        json.WriteNumber("blocked", reports.Sum(r => r.Blocked));
        json.WriteEndObject();
        json.WriteNumber("signed", drain.Signed);
        json.WriteNumber("sent", drain.Sent);
        json.WriteNumber("waiting", drain.Waiting);
        json.WriteNumber("setAside", drain.Dead);
        json.WriteMoment("nextDue", drain.NextDue);
        json.WriteString("stopped", facility.SignPausedCause ?? facility.SendPausedCause ?? facility.StoppedCause);
        StatusJson.WriteCounts(json, records);
        StatusJson.WriteRecords(json, records);
        json.WriteStartArray("problems");
        foreach (IntakeReport report in reports)
        {
            foreach (LienThong.Standard.Problem problem in report.Problems) WriteTrouble(json, report.FileName, problem.Hoso, problem.Code, problem.Message);
            foreach (IntakeRecord record in report.Records.Where(r => r.Verdict == IntakeVerdict.Refused)) WriteTrouble(json, report.FileName, record.Hoso, "INTAKE-REFUSED", record.Message);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>For people.</summary>
    public void Tell()
    {
        TextWriter to = Screen.Out;
        to.WriteLine();
        to.WriteLine($"{reports.Count} tệp, {reports.Sum(r => r.Found)} hồ sơ: {reports.Sum(r => r.Stored)} nhận mới, {reports.Sum(r => r.Duplicates)} đã có từ trước, {reports.Sum(r => r.Refused)} không nhận được.");
        to.WriteLine($"Đã ký {drain.Signed}, đã gửi {drain.Sent}{(drain.Waiting > 0 ? $", còn {drain.Waiting} đang chờ" : "")}{(drain.Dead > 0 ? $", {drain.Dead} cần người xem" : "")}.");
        to.WriteLine();
        StateTable.Print(records.GroupBy(r => r.State).ToDictionary(g => g.Key, g => g.LongCount()));
        if ((facility.SignPausedCause ?? facility.SendPausedCause ?? facility.StoppedCause) is { } cause) to.WriteLine($"Đang dừng: {Words.Plain(cause, 300)}");
        TellTrouble(to);
        TellRecords(to);
    }

    private void TellTrouble(TextWriter to)
    {
        string[] lines =
        [
            .. reports.SelectMany(r => r.Problems.Where(p => p.Severity == LienThong.Standard.Severity.Block).Select(p => $"  {r.FileName}: {p.Message} [{p.Code}]")),
            .. reports.SelectMany(r => r.Records.Where(x => x.Verdict == IntakeVerdict.Refused).Select(x => $"  {r.FileName}, hồ sơ {x.Hoso + 1}: {x.Message}")),
        ];
        List(to, "Tệp và hồ sơ không nhận được:", lines);
    }

    private void TellRecords(TextWriter to) => List(to, "Hồ sơ chưa ở Cổng:",
        [.. records.Where(r => r.State != RecordState.Accepted).Select(r => $"  {r.MaLk}  {RecordStates.Vietnamese(r.State)}{(r.LastError is { } e ? $": {e}" : "")}")]);

    private static void List(TextWriter to, string title, string[] lines)
    {
        if (lines.Length == 0) return;
        to.WriteLine();
        to.WriteLine(title);
        foreach (string line in lines.Take(MostTold)) to.WriteLine(Words.Plain(line, 400));
        if (lines.Length > MostTold) to.WriteLine($"  … và {lines.Length - MostTold} nữa.");
    }

    private static void WriteTrouble(System.Text.Json.Utf8JsonWriter json, string file, int? hoso, string code, string message)
    {
        json.WriteStartObject();
        json.WriteString("file", file);
        json.WriteNumberOrNull("hoso", hoso);
        json.WriteString("code", code);
        json.WriteString("message", message);
        json.WriteEndObject();
    }
}
