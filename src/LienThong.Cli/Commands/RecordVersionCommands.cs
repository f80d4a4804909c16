using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Records;
using LienThong.Cli.Sending;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Records;
using LienThong.Gateway.Records.Comparing;

namespace LienThong.Cli.Commands;

/// <summary><c>records history</c>, <c>records diff</c> and <c>records correct</c></summary>
internal static class RecordVersionCommands
{
    private static readonly Option<string?> Facility = Setting.Text("--facility", "MACSKCB", "Cơ sở, khi nhiều cơ sở có cùng MA_LK.");

    /// <summary>Versions, moves and calls of a record.</summary>
    public static Command History()
    {
        Argument<string> id = Id();
        var command = new Command("history", "Các phiên bản, lý do, diễn biến và lần gửi của một hồ sơ.") { id, InHouse.Data, InHouse.Postgres, Facility, InHouse.Output };
        command.Aliases.Add("show");
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            RecordDetail record = (await house.Queries.FindAsync(house.Self, await RecordAsync(house, parsed, id, ct), ct))!;
            if (json) Json.Print(j => HistoryOutput.Write(j, record));
            else HistoryOutput.PrintText(record);
            return ExitCode.Fine;
        }, ct));
        return command;
    }

    /// <summary>What differs between two versions.</summary>
    public static Command Diff()
    {
        Argument<string> id = Id();
        Option<string?> from = Setting.Text("--from", "SỐ", "Bản trước; mặc định bản liền trước.");
        Option<string?> to = Setting.Text("--to", "SỐ", "Bản sau; mặc định bản đang chờ người chọn, không có thì bản hiện hành.");
        Option<string?> output = Setting.Text("--output", "text|json|csv", "Dạng kết quả; mặc định text.");
        var command = new Command("diff", "Những ô khác nhau giữa hai phiên bản của một hồ sơ, tiền trước.") { id, from, to, InHouse.Data, InHouse.Postgres, Facility, output };
        command.SetAction(async (parsed, ct) =>
        {
            string format = DiffOutput.FormatOf(parsed.GetValue(output));
            int earlier = parsed.Number(from, 1, int.MaxValue, 0), later = parsed.Number(to, 1, int.MaxValue, 0);
            (House house, _) = await House.OpenAsync(parsed.Need(InHouse.Data), parsed.GetValue(InHouse.Postgres), create: false, ct);
            await using House owned = house;
            Guid record = await RecordAsync(house, parsed, id, ct);
            VersionComparison found = await house.Comparisons.CompareAsync(house.Self, record, earlier == 0 ? null : earlier, later == 0 ? null : later, ct)
                ?? throw new CommandFailure(ExitCode.Blocked, "không có phiên bản này.");
            DiffOutput.Print(found.Diff, format, $"{Words.Plain(found.Record.MaLk, 100)}: bản {found.From.Version} → bản {found.To.Version}", j =>
            {
                j.WriteString("id", found.Record.Id);
                j.WriteString("maLk", found.Record.MaLk);
                j.WriteNumber("from", found.From.Version);
                j.WriteNumber("to", found.To.Version);
                j.WriteString("reason", found.To.Reason);
                j.WriteString("reasonCode", found.To.ReasonCode);
            });
            return ExitCode.Fine;
        });
        return command;
    }

    /// <summary>Makes a new version with some cells changed.</summary>
    public static Command Correct()
    {
        Argument<string> id = Id();
        var changes = new Argument<string[]>("BẢNG.DÒNG.TRƯỜNG=GIÁ_TRỊ") { Description = "Ô cần sửa, ví dụ XML3.2.T_BHTT=50600; nêu được nhiều ô.", Arity = ArgumentArity.OneOrMore };
        Option<string?> reason = Setting.Text("--reason", "MÃ", $"Lý do: {string.Join(", ", ChangeReasons.All.Where(r => r.IsChoice).Select(r => r.Code))}.");
        Option<string?> note = Setting.Text("--note", "LÝ DO", "Nói rõ lý do.");
        Option<string?> reference = Setting.Text("--reference", "SỐ", "Số văn bản trao đổi với BHXH.");
        Option<string?> referenceDate = Setting.Text("--reference-date", "yyyy-MM-dd", "Ngày văn bản.");
        var command = new Command("correct", "Sửa một số ô: tạo phiên bản mới, kiểm tra lại; server ký và gửi như mọi hồ sơ.")
            { id, changes, reason, note, reference, referenceDate, InHouse.Data, InHouse.Postgres, Facility, InHouse.Output };
        command.SetAction((parsed, ct) =>
        {
            CellChange[] cells = [.. (parsed.GetValue(changes) ?? []).Select(CellOf)];
            ChangeReason why = new(parsed.GetValue(reason), parsed.GetValue(note) ?? "")
            {
                ReferenceNumber = parsed.GetValue(reference),
                ReferenceDate = ValidateCommand.Day(parsed.GetValue(referenceDate)),
            };
            return InHouse.RunAsync(parsed, async (house, json) =>
            {
                Guid record = await RecordAsync(house, parsed, id, ct);
                return await house.Corrections.CorrectAsync(house.Self, record, cells, why, ct) switch
                {
                    ChangeResult.Done done => Done(done, json),
                    ChangeResult.Refused { Code: "bad-change" or "bad-reason" or "reason-required" } refused => throw CommandFailure.Usage(refused.Message),
                    ChangeResult.Refused refused => throw new CommandFailure(ExitCode.Blocked, refused.Message),
                    _ => throw new CommandFailure(ExitCode.Blocked, "không có hồ sơ này."),
                };
            }, ct);
        });
        return command;
    }

    private static int Done(ChangeResult.Done done, bool json)
    {
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteString("id", done.Id);
                j.WriteNumber("version", done.Version);
                j.WriteString("state", done.State.ToString());
                j.WriteEndObject();
            });
        }
        else
        {
            Screen.Out.WriteLine($"Đã tạo bản {done.Version}: {RecordStates.Vietnamese(done.State)}.");
        }

        return done.State == RecordState.Invalid ? ExitCode.Blocked : ExitCode.Fine;
    }

    private static CellChange CellOf(string text)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        string[] place = equals < 0 ? [] : text[..equals].Split('.');
        return place is [var table, var row, var field] && int.TryParse(row, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? new CellChange(table, number, field, text[(equals + 1)..])
            : throw CommandFailure.Usage($"«{Words.Plain(text, 100)}» phải có dạng BẢNG.DÒNG.TRƯỜNG=GIÁ_TRỊ, ví dụ XML3.2.T_BHTT=50600.");
    }

    private static Task<Guid> RecordAsync(House house, ParseResult parsed, Argument<string> id, CancellationToken ct) =>
        RecordNamed.FindAsync(house, parsed.GetValue(id)!, parsed.GetValue(Facility), ct);

    private static Argument<string> Id() => new("HỒ_SƠ") { Description = "Mã hồ sơ trong hệ thống (id) hoặc MA_LK." };
}
