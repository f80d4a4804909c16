using System.Text;
using LienThong.Standard;

namespace LienThong.Gateway.Cards;

/// <summary>Turns what was typed or scanned into a question for the portal, or says what is wrong with it.</summary>
/// <remarks>Form of numbers: QĐ 1351/QĐ-BHXH (card), NĐ 137/2015/NĐ-CP (citizen number); of dates: CV 1923/BHXH-CNTT 2024.</remarks>
public static class CardInput
{
    private const int LongestName = 100;
    private const int LongestMaLk = 100;

    /// <summary>Reads a request.</summary>
    /// <param name="request">As asked.</param>
    /// <param name="now">The moment: nobody is born later.</param>
    /// <param name="errors">Takes what is wrong; nothing may be asked then.</param>
    /// <returns>The question; null when something is wrong.</returns>
    public static CardQuestion? Read(CardRequest request, DateTimeOffset now, ICollection<CardInputError> errors)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(errors);
        int before = errors.Count;
        (string number, string name, string birth) = (request.Number, request.Name, request.Birth);
        if (CardQr.IsQr(number))
        {
            if (CardQr.Read(number) is not { } qr)
            {
                errors.Add(new CardInputError("number", "Không đọc được mã QR này: cần QR của thẻ căn cước hoặc thẻ BHYT. Quét lại, hoặc gõ số thẻ, họ tên, ngày sinh."));
                return null;
            }
            (number, name, birth) = (qr.Number, Or(qr.Name, name), Or(qr.Birth, birth));
        }
        (CardNumberKind Kind, string Number)? read = Number(number, errors);
        string cleanName = Name(name, errors);
        string? born = birth.Length <= 40 ? CardDates.Birth(birth, now.VietnamDay()) : null;
        if (born is null)
        {
            errors.Add(new CardInputError("birth", string.IsNullOrWhiteSpace(birth)
                ? "Nhập ngày sinh dạng dd/MM/yyyy, hoặc chỉ năm sinh."
                : "Ngày sinh không đúng: ghi dd/MM/yyyy (ví dụ 05/03/1990), hoặc chỉ năm sinh (1990)."));
        }
        if (MaLkProblem(request.MaLk) is { } problem)
            errors.Add(new CardInputError("maLk", problem));
        return errors.Count > before ? null : new CardQuestion(read!.Value.Kind, read.Value.Number, cleanName, born!);
    }

    /// <summary>Reads who looks up.</summary>
    /// <returns>In the form the portal takes; null when something is wrong.</returns>
    public static CardStaff? Staff(string? name, string? citizenId, ICollection<CardInputError> errors)
    {
        ArgumentNullException.ThrowIfNull(errors);
        List<CardInputError> own = [];
        string clean = Name(name ?? "", own);
        string id = Packed(citizenId ?? "");
        if (own.Count > 0)
            errors.Add(new CardInputError("staff", "Họ tên người tra cứu không đúng: ghi đủ họ tên như đã đăng ký với BHXH."));
        if (id.Length != 12 || !id.All(char.IsAsciiDigit))
            errors.Add(new CardInputError("staff", "Số CCCD người tra cứu phải có 12 chữ số, như đã đăng ký với BHXH."));
        else if (own.Count == 0)
            return new CardStaff(clean, id);
        return null;
    }

    private static (CardNumberKind, string)? Number(string text, ICollection<CardInputError> errors)
    {
        string number = text.Length <= 60 ? Packed(text) : text;
        switch (number.Length)
        {
            case 0:
                errors.Add(new CardInputError("number", "Quét mã QR, hoặc nhập số thẻ BHYT (15 ký tự), mã số BHXH (10 số) hoặc số CCCD (12 số)."));
                return null;
            case 15:
                return CardProblem(number) is { } wrong ? Wrong(wrong) : (CardNumberKind.Card, number);
            case 12 when number.All(char.IsAsciiDigit):
                return number[0] == '0' ? (CardNumberKind.Citizen, number) : Wrong("Số CCCD bắt đầu bằng mã tỉnh 001–096: chữ số đầu phải là 0.");
            case 10 when number.All(char.IsAsciiDigit):
                return (CardNumberKind.SocialInsurance, number);
            case 9 when number.All(char.IsAsciiDigit):
                return Wrong("Số CMND 9 chữ số không tra được: dùng số CCCD (12 số), mã số BHXH (10 số) hoặc số thẻ BHYT (15 ký tự).");
            default:
                return Wrong($"Số vừa nhập có {number.Length} ký tự: số thẻ BHYT có 15 ký tự (2 chữ + 13 số), mã số BHXH 10 số, CCCD 12 số.");
        }

        (CardNumberKind, string)? Wrong(string message)
        {
            errors.Add(new CardInputError("number", message));
            return null;
        }
    }

    private static string? CardProblem(string number)
    {
        if (!char.IsAsciiLetterUpper(number[0]) || !char.IsAsciiLetterUpper(number[1]))
            return "Số thẻ BHYT 15 ký tự phải bắt đầu bằng 2 chữ cái không dấu, ví dụ GD4…";
        for (int i = 2; i < number.Length; i++)
        {
            if (!char.IsAsciiDigit(number[i]))
                return $"Ký tự thứ {i + 1} của số thẻ là «{number[i]}»: từ ký tự thứ 3 phải là chữ số{(number[i] is 'O' or 'Q' ? " (số 0, không phải chữ O)" : "")}.";
        }
        return number[2] is >= '1' and <= '5' ? null : $"Ký tự thứ 3 của số thẻ là «{number[2]}»: mã quyền lợi phải từ 1 đến 5.";
    }

    private static string Name(string text, ICollection<CardInputError> errors)
    {
        if (text.Length > LongestName * 2)
            text = text[..(LongestName * 2)];
        string name = string.Join(' ', Normal(text).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (name.Length < 2)
            errors.Add(new CardInputError("name", "Nhập họ tên đầy đủ, có dấu, như trên thẻ."));
        else if (name.Contains('\uFFFD') || name.Contains('?'))
            errors.Add(new CardInputError("name", "Họ tên bị lỗi dấu: đặt máy quét sang UTF-8, hoặc gõ họ tên bằng tay."));
        else if (name.Length > LongestName || name.Any(static c => char.IsDigit(c) || char.IsControl(c) || "<>;|{}\\\"".Contains(c, StringComparison.Ordinal)))
            errors.Add(new CardInputError("name", $"Họ tên có số hoặc ký tự lạ, hoặc dài quá {LongestName} ký tự: ghi đúng như trên thẻ."));
        return name;
    }

    // A hostile text may hold halves of surrogate pairs, which can't be normalised.
    private static string Normal(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            return "\uFFFD\uFFFD";
        }
    }

    private static string? MaLkProblem(string maLk) => maLk.Length <= LongestMaLk && !maLk.Any(char.IsControl) ? null : $"MA_LK không được quá {LongestMaLk} ký tự.";

    private static string Packed(string text) => string.Concat(text.Where(static c => !char.IsWhiteSpace(c) && c is not ('.' or '-' or '_' or '\uFEFF'))).ToUpperInvariant();

    private static string Or(string first, string second) => first.Length > 0 ? first : second;
}
