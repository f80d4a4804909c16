using System.Globalization;
using LienThong.Standard;

namespace LienThong.PortalSimulator;

/// <summary>Answers card lookups from the invented cards.</summary>
internal sealed class CardDesk(SimulatorOptions options, SimulatorClock clock, TokenDesk tokens)
{
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
        if (options.Staff.Count > 0 && !options.Staff.ContainsKey(body["cccdCb"]))
            return Note("054", "CCCD người tra cứu chưa được cơ sở đăng ký");
        if (options.Staff.Count > 0 && options.Staff[body["cccdCb"]] != body["hoTenCb"])
            return Note("055", "Họ tên người tra cứu không khớp CCCD");
        SimulatorCard? card = options.Cards.FirstOrDefault(c => c.CardNumber == body["maThe"]);
        return card is null ? Note("050", "Không có thông tin thẻ") : Compare(card, body, account);
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
        var today = clock.Now.VietnamDay();
        string code = card.FixedCode ?? (today <= card.ValidTo ? "000" : "010");
        string note = code == "000" ? "Thẻ còn giá trị sử dụng!" : "Thẻ không còn giá trị sử dụng!";
        return new Reply(code,
        [
            ("ghiChu", $"{note} Họ tên : {card.FullName}, Ngày sinh : {card.BirthDate}"), ("maThe", card.CardNumber), ("hoTen", card.FullName),
            ("ngaySinh", card.BirthDate), ("gioiTinh", card.Sex), ("diaChi", "Phường Mẫu"), ("maDKBD", card.RegisteredFacility),
            ("cqBHXH", "BHXH cơ sở Mẫu"), ("gtTheTu", Day(card.ValidFrom)), ("gtTheDen", Day(card.ValidTo)), ("maKV", ""), ("ngayDu5Nam", ""),
            ("maSoBHXH", ""), ("maTheCu", ""), ("maTheMoi", ""), ("gtTheTuMoi", ""), ("gtTheDenMoi", ""), ("maDKBDMoi", ""), ("tenDKBDMoi", ""),
            ("dsLichSuKCB2018", Array.Empty<object>()),
            ("dsLichSuKT2018", new[]
            {
                new { userKT = account.UserName, thoiGianKT = clock.Vietnam("yyyyMMddHHmm"), thongBao = note, maLoi = code },
            }),
        ]);
    }

    private static Reply Note(string code, string note) => new(code, [("ghiChu", note)]);

    private static bool Missing(FormFields body) => body["maThe"].Length == 0 || body["hoTen"].Length == 0
        || body["ngaySinh"].Length == 0 || body["hoTenCb"].Length == 0 || body["cccdCb"].Length == 0;

    private static bool IsBirthDate(string text) =>
        DateOnly.TryParseExact(text, ["dd/MM/yyyy", "yyyy", "ddMMyyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
