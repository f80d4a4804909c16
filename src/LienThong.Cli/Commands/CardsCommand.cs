using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Gateway.Cards;
using LienThong.Portal;

namespace LienThong.Cli.Commands;

/// <summary><c>cards lookup</c></summary>
internal static class CardsCommand
{
    private static readonly (string Field, string Label)[] Shown =
    [
        ("hoTen", "Họ tên"), ("ngaySinh", "Ngày sinh"), ("maThe", "Số thẻ"), ("gtTheTu", "Giá trị từ"), ("gtTheDen", "Giá trị đến"), ("maDKBD", "Nơi ĐKBĐ"), ("maKV", "Khu vực"),
        ("ngayDu5Nam", "Đủ 5 năm từ"), ("maTheMoi", "Thẻ mới"),
    ];

    /// <summary>The verb with its own verb.</summary>
    public static Command Create() => new("cards", "Tra cứu thẻ BHYT trên Cổng.") { Lookup() };

    private static Command Lookup()
    {
        Option<string?> facility = Setting.Text("--facility", "MÃ", "Mã cơ sở; tra bằng tài khoản Cổng của cơ sở đó.");
        Option<string?> card = Setting.Text("--card", "SỐ", "Số thẻ BHYT (15 ký tự), mã số BHXH (10 số) hoặc CCCD (12 số)."), qr = Setting.Text("--qr", "TEXT", "Nội dung mã QR của thẻ căn cước hoặc thẻ BHYT, thay cho --card, --name, --birth.");
        Option<string?> name = Setting.Text("--name", "TÊN", "Họ tên có dấu."), birth = Setting.Text("--birth", "dd/MM/yyyy", "Ngày sinh, hoặc chỉ năm sinh.");
        Option<string?> maLk = Setting.Text("--ma-lk", "MA_LK", "Mã lượt khám, nếu đã có."), moment = Setting.Text("--moment", "reception|during|before-discharge", "Thời điểm tra; mặc định reception.");
        Option<string?> staff = Setting.Text("--staff-name", "TÊN", "Người tra cứu như đã đăng ký với BHXH; mặc định người đã khai của cơ sở."), staffId = Setting.Text("--staff-id", "CCCD", "Số CCCD người tra cứu.");
        var command = new Command("lookup", "Tra một thẻ; câu trả lời được lưu làm bằng chứng. Mã kết thúc 0: thẻ hợp lệ; 1: không dùng được; 3: Cổng không trả lời.")
        {
            InHouse.Data, InHouse.Postgres, facility, card, qr, name, birth, maLk, moment, staff, staffId, InHouse.Output,
        };
        command.SetAction((parsed, ct) => InHouse.RunAsync(parsed, async (house, json) =>
        {
            CardRequest request = new()
            {
                Facility = parsed.Need(facility),
                Number = parsed.GetValue(qr) is { Length: > 0 } text ? text : parsed.GetValue(card) ?? "",
                Name = parsed.GetValue(name) ?? "",
                Birth = parsed.GetValue(birth) ?? "",
                MaLk = parsed.GetValue(maLk) ?? "",
                Moment = MomentOf(parsed.GetValue(moment)),
                Staff = parsed.GetValue(staff) is { Length: > 0 } who ? new CardStaff(who, parsed.GetValue(staffId) ?? "") : null,
                Origin = "cli",
            };
            return await house.Cards.LookUpAsync(house.Self, request, ct) switch
            {
                CardLookupResult.Done done => Print(done.Lookup, json),
                CardLookupResult.Refused refused => throw CommandFailure.Usage(string.Join(' ', refused.Errors.Select(e => e.Message))),
                _ => throw new System.Diagnostics.UnreachableException(),
            };
        }, ct));
        return command;
    }

    private static int Print(CardLookupView found, bool json)
    {
        if (json) Json.Print(j => Write(j, found));
        else Tell(found);
        return found.Summary.State switch
        {
            CardState.Verified => ExitCode.Fine,
            CardState.PortalDown => ExitCode.Io,
            _ => ExitCode.Blocked,
        };
    }

    private static void Tell(CardLookupView found)
    {
        Screen.Out.WriteLine($"{CardWords.Name(found.Summary.State)}{(found.Summary.Code.Length > 0 ? $" (mã {Words.Plain(found.Summary.Code, 20)})" : "")}: {Words.Plain(found.Meaning.Meaning, 300)}");
        Screen.Out.WriteLine($"Cần làm: {found.Meaning.Remedy}.");
        foreach (string note in found.Notes) Screen.Out.WriteLine($"Lưu ý: {Words.Plain(note, 300)}");
        foreach ((string field, string label) in Shown)
        {
            if (found.Card?.Field(field) is { Length: > 0 } value) Screen.Out.WriteLine($"  {label,-12} {Words.Plain(value, 200)}");
        }

        Screen.Out.WriteLine($"Bằng chứng: {found.Summary.Id}{(found.Summary.IsSimulator ? " (Cổng mô phỏng, không có giá trị)" : "")}");
    }

    private static void Write(System.Text.Json.Utf8JsonWriter j, CardLookupView found)
    {
        j.WriteStartObject();
        j.WriteString("id", found.Summary.Id);
        j.WriteString("facility", found.Summary.Facility);
        j.WriteString("maLk", found.Summary.MaLk);
        j.WriteString("state", found.Summary.State.ToString());
        j.WriteString("code", found.Summary.Code);
        j.WriteNumberOrNull("httpStatus", found.Summary.HttpStatus);
        j.WriteMoment("at", found.Summary.At);
        j.WriteString("meaning", found.Meaning.Meaning);
        j.WriteString("remedy", found.Meaning.Remedy);
        j.WriteBoolean("simulator", found.Summary.IsSimulator);
        j.WriteStartArray("notes");
        foreach (string note in found.Notes) j.WriteStringValue(note);
        j.WriteEndArray();
        j.WriteStartObject("fields");
        foreach ((string field, string value) in found.Card?.Fields ?? new Dictionary<string, string>(StringComparer.Ordinal)) j.WriteString(field, value);
        j.WriteEndObject();
        j.WriteStartArray("visits");
        foreach (CardVisit visit in found.Card?.Visits ?? [])
        {
            j.WriteStartObject();
            j.WriteString("maHoSo", visit.RecordNumber);
            j.WriteString("maCSKCB", visit.FacilityCode);
            j.WriteString("ngayVao", visit.AdmittedAt);
            j.WriteString("ngayRa", visit.DischargedAt);
            j.WriteString("tenBenh", visit.Diagnosis);
            j.WriteEndObject();
        }

        j.WriteEndArray();
        j.WriteEndObject();
    }

    private static CardMoment MomentOf(string? text) => text switch
    {
        null or "" or "reception" => CardMoment.Reception,
        "during" => CardMoment.During,
        "before-discharge" => CardMoment.BeforeDischarge,
        _ => throw CommandFailure.Usage("--moment chỉ nhận reception, during hoặc before-discharge."),
    };
}
