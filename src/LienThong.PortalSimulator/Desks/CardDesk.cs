using System.Collections.Concurrent;
using System.Globalization;
using LienThong.Standard;

namespace LienThong.PortalSimulator;

/// <summary>Answers card lookups from the invented cards: every code of CV 1923/BHXH-CNTT, by card, by question and by who asks.</summary>
internal sealed class CardDesk
{
    private const int KeptChecks = 20;
    private readonly SimulatorClock clock;
    private readonly TokenDesk tokens;
    private readonly ConcurrentDictionary<string, SimulatorCard> cards = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> staff = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, List<CardCheckEntry>> checks = new(StringComparer.Ordinal);

    public CardDesk(SimulatorOptions options, SimulatorClock clock, TokenDesk tokens)
    {
        (this.clock, this.tokens) = (clock, tokens);
        foreach (SimulatorCard card in options.Cards)
            Put(card);
        foreach ((string id, string name) in options.Staff)
            staff[id] = name;
    }

    /// <summary>Adds a card or puts it in the place of the one with its number.</summary>
    public void Put(SimulatorCard card) => cards[card.CardNumber] = card;

    /// <summary>Registers a member of staff for every account that registered nobody itself.</summary>
    public void Register(string citizenId, string name) => staff[citizenId] = name;

    /// <summary>Answers one lookup.</summary>
    /// <param name="query">token, id_token, username, password.</param>
    /// <param name="body">maThe, hoTen, ngaySinh, hoTenCb, cccdCb; null when it isn't a JSON object.</param>
    public Reply Lookup(IQueryCollection query, FormFields? body)
    {
        SimulatorAccount? account = tokens.Check(query["token"].ToString(), query["id_token"].ToString(), query["password"].ToString());
        if (account is null || account.UserName != query["username"].ToString() || account.Locked)
            return Note("401", "Lỗi xác thực tài khoản");
        if (body is null || !body.WasJson || Missing(body) || !IsBirthDate(body["ngaySinh"]))
            return Note("205", "Sai định dạng tham số");
        if (StaffFault(account, body["cccdCb"], body["hoTenCb"]) is { } stranger)
            return stranger;
        string asked = body["maThe"];
        return Find(asked) is { } card ? Compare(card, body, account) : Unknown(asked);
    }

    private Reply? StaffFault(SimulatorAccount account, string citizenId, string name)
    {
        IReadOnlyDictionary<string, string> registered = account.Staff.Count > 0 ? account.Staff : staff;
        if (registered.Count == 0)
            return null;
        if (!registered.TryGetValue(citizenId, out string? known))
            return Note("054", "CCCD người tra cứu chưa được cơ sở đăng ký");
        return known == name ? null : Note("055", "Họ tên người tra cứu không khớp CCCD");
    }

    // Newer cards show the last ten characters only.
    private SimulatorCard? Find(string number) => number.Length == 15
        ? cards.GetValueOrDefault(number) ?? cards.Values.FirstOrDefault(c => c.Newer?.CardNumber == number)
        : cards.Values.FirstOrDefault(c => (number.Length == 12 && c.CitizenId == number) || (number.Length == 10 && c.CardNumber.EndsWith(number, StringComparison.Ordinal)));

    // What is wrong with a number nobody has; that it is told before «not found» is our reading of the letter's table.
    private static Reply Unknown(string number)
    {
        if (number.Length != 15)
            return number.Length is 10 or 12 && number.All(char.IsAsciiDigit) ? Note("050", "Không có thông tin thẻ") : Note("051", "Mã thẻ không đúng");
        if (!number.AsSpan(0, 2).ToString().All(char.IsAsciiLetterUpper) || !number.Skip(2).All(char.IsAsciiDigit))
            return Note("051", "Mã thẻ không đúng");
        if (number[2] is < '1' or > '5')
            return Note("053", "Mã quyền lợi (ký tự 3) không đúng");
        if (number.AsSpan(3, 2) is "00")
            return Note("052", "Mã tỉnh cấp thẻ (ký tự 4, 5) không đúng");
        return number[..2] switch
        {
            "QN" or "CY" => Note("001", "Thẻ do BHXH Bộ Quốc phòng quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân"),
            "CA" => Note("002", "Thẻ do BHXH Bộ Công an quản lý, đề nghị kiểm tra thẻ và giấy tờ tùy thân"),
            _ => Note("050", "Không có thông tin thẻ"),
        };
    }

    private Reply Compare(SimulatorCard card, FormFields body, SimulatorAccount account)
    {
        string name = body["hoTen"].Trim();
        if (!string.Equals(card.FullName, name, StringComparison.OrdinalIgnoreCase))
        {
            bool firstFits = name.Length > 0 && char.ToUpperInvariant(name[0]) == char.ToUpperInvariant(card.FullName[0]);
            return Note(firstFits ? "061" : "060", "Sai họ tên");
        }

        if (card.BirthDate != body["ngaySinh"] && !(body["ngaySinh"].Length == 4 && card.BirthDate.EndsWith(body["ngaySinh"], StringComparison.Ordinal)))
            return Note("070", "Sai ngày sinh");
        string code = card.FixedCode ?? CodeByDates(card);
        string note = code is "000" or "004" ? "Thẻ còn giá trị sử dụng!" : code == "003" ? "Thẻ cũ hết giá trị sử dụng, đã cấp thẻ mới!" : "Thẻ không còn giá trị sử dụng!";
        return new Reply(code,
        [
            ("ghiChu", $"{note} Họ tên : {card.FullName}, Ngày sinh : {card.BirthDate}"), ("maThe", card.CardNumber), ("hoTen", card.FullName),
            ("ngaySinh", card.BirthDate), ("gioiTinh", card.Sex), ("diaChi", "Phường Mẫu"), ("maDKBD", card.RegisteredFacility),
            ("cqBHXH", "BHXH cơ sở Mẫu"), ("gtTheTu", Day(card.ValidFrom)), ("gtTheDen", Day(card.ValidTo)), ("maKV", card.Area), ("ngayDu5Nam", Day(card.FiveYears)),
            ("maSoBHXH", card.CardNumber.Length >= 10 ? card.CardNumber[^10..] : ""), ("maTheCu", ""), ("maTheMoi", card.Newer?.CardNumber ?? ""),
            ("gtTheTuMoi", Day(card.Newer?.ValidFrom)), ("gtTheDenMoi", Day(card.Newer?.ValidTo)), ("maDKBDMoi", card.Newer?.RegisteredFacility ?? ""), ("tenDKBDMoi", ""),
            ("dsLichSuKCB2018", card.Visits.Select(static v => new CardVisitEntry(v.RecordNumber, v.FacilityCode, v.AdmittedAt, v.DischargedAt, v.Diagnosis)).ToArray()),
            ("dsLichSuKT2018", Checked(card.CardNumber, new CardCheckEntry(account.UserName, clock.Vietnam("yyyyMMddHHmm"), note, code))),
        ]);
    }

    private string CodeByDates(SimulatorCard card)
    {
        var today = clock.Now.VietnamDay();
        bool valid = today <= card.ValidTo;
        return card.Newer is null ? valid ? "000" : "010" : valid ? "004" : "003";
    }

    // Every lookup of a card is told to whoever looks it up next.
    private CardCheckEntry[] Checked(string number, CardCheckEntry now)
    {
        List<CardCheckEntry> list = checks.GetOrAdd(number, static _ => []);
        lock (list)
        {
            list.Insert(0, now);
            if (list.Count > KeptChecks)
                list.RemoveAt(KeptChecks);
            return [.. list];
        }
    }

    private static Reply Note(string code, string note) => new(code, [("ghiChu", note)]);

    private static bool Missing(FormFields body) => body["maThe"].Length == 0 || body["hoTen"].Length == 0
        || body["ngaySinh"].Length == 0 || body["hoTenCb"].Length == 0 || body["cccdCb"].Length == 0;

    private static bool IsBirthDate(string text) =>
        DateOnly.TryParseExact(text, ["dd/MM/yyyy", "yyyy", "ddMMyyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Day(DateOnly? day) => day?.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture) ?? "";
}

#pragma warning disable SA1300, IDE1006 // The portal's own member names.
/// <summary>A line of <c>dsLichSuKT2018</c>.</summary>
internal sealed record CardCheckEntry(string userKT, string thoiGianKT, string thongBao, string maLoi);

/// <summary>A line of <c>dsLichSuKCB2018</c>.</summary>
internal sealed record CardVisitEntry(string maHoSo, string maCSKCB, string ngayVao, string ngayRa, string tenBenh)
{
    public string tinhTrang => "1";
    public string kqDieuTri => "2";
    public string lyDoVV => "3";
    public string TEMP1 => "";
    public string TEMP2 => "";
    public string TEMP3 => "";
    public string TEMP4 => "";
    public string TEMP5 => "";
}
#pragma warning restore SA1300, IDE1006
