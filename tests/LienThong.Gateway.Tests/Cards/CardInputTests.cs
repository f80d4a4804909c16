using System.Text;
using LienThong.Gateway.Cards;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Cards;

/// <summary>What is typed or scanned at the desk.</summary>
public sealed class CardInputTests
{
    private const string Name = "Trần Thị Ví Dụ";
    private static readonly DateTimeOffset Now = new(2026, 7, 10, 2, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("GD4790000012345", CardNumberKind.Card, "GD4790000012345")]
    [InlineData(" gd 4 79 0000012345 ", CardNumberKind.Card, "GD4790000012345")]
    [InlineData("GD-4-79-0000012345", CardNumberKind.Card, "GD4790000012345")]
    [InlineData("0000012345", CardNumberKind.SocialInsurance, "0000012345")]
    [InlineData("079 090 000 123", CardNumberKind.Citizen, "079090000123")]
    public void Numbers_are_known_by_their_form(string typed, CardNumberKind kind, string number)
    {
        CardQuestion question = Asked(typed, Name, "05/03/1990");

        Assert.Equal((kind, number), (question.Kind, question.Number));
    }

    [Theory]
    [InlineData("", "Quét mã QR")]
    [InlineData("GD479000001234O", "chữ O")]
    [InlineData("GD6790000012345", "mã quyền lợi phải từ 1 đến 5")]
    [InlineData("1D4790000012345", "2 chữ cái")]
    [InlineData("179090000123", "chữ số đầu phải là 0")]
    [InlineData("024000123", "CMND 9 chữ số")]
    [InlineData("GD47900000123456", "16 ký tự")]
    [InlineData("đâylàmộtsốrấtdàiđâylàmộtsốrấtdàiđâylàmộtsốrấtdàiđâylàmộtsốrấtdài", "ký tự")]
    public void A_number_that_can_t_be_one_is_refused_with_what_to_do(string typed, string told) =>
        Assert.Contains(told, Errors(typed, Name, "05/03/1990").Single(e => e.Field == "number").Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("05/03/1990", "05/03/1990")]
    [InlineData("5/3/1990", "05/03/1990")]
    [InlineData("05-03-1990", "05/03/1990")]
    [InlineData("05031990", "05/03/1990")]
    [InlineData("19900305", "05/03/1990")]
    [InlineData("199003050000", "05/03/1990")]
    [InlineData("1990-03-05", "05/03/1990")]
    [InlineData("1990", "1990")]
    [InlineData("00/00/1990", "1990")]
    [InlineData("03/1990", "1990")]
    [InlineData("199000000000", "1990")]
    public void Birth_dates_become_what_the_portal_takes(string typed, string asked) => Assert.Equal(asked, Asked("0000012345", Name, typed).Birth);

    [Theory]
    [InlineData("")]
    [InlineData("31/02/1990")]
    [InlineData("11/07/2026")]
    [InlineData("1899")]
    [InlineData("05/03/90")]
    [InlineData("hôm qua")]
    public void Other_birth_dates_are_refused(string typed) => Assert.Equal("birth", Assert.Single(Errors("0000012345", Name, typed)).Field);

    [Theory]
    [InlineData("")]
    [InlineData("A")]
    [InlineData("Trần Thị 2")]
    [InlineData("Trần<script>")]
    [InlineData("Tr?n Th? V?")]
    [InlineData("Tr\uD800n")]
    public void Names_that_can_t_be_one_are_refused(string typed) => Assert.Equal("name", Assert.Single(Errors("0000012345", typed, "1990")).Field);

    [Fact]
    public void A_name_is_asked_for_composed_and_with_single_blanks()
    {
        CardQuestion question = Asked("0000012345", "  Trần \t Thị  Ví Dụ ".Normalize(NormalizationForm.FormD), "1990");

        Assert.Equal(Name, question.Name);
    }

    [Theory]
    [InlineData("079090000123|024000123|Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu, Phường Mẫu|15042021")]
    [InlineData("079090000123||Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021\r\n")]
    [InlineData("\uFEFF079090000123|Trần Thị Ví Dụ|05/03/1990|Nữ|1 Đường Mẫu|15042021")]
    [InlineData("079090000123|024000123|Trần Thị Ví Dụ|05031990|Nữ|1 Đường Mẫu|15042021||||")]
    [InlineData("079090000123 | 024000123 | Trần Thị Ví Dụ | 05031990")]
    public void The_citizen_card_s_QR_text_tells_number_name_and_birth(string text)
    {
        CardQuestion question = Asked(text, "", "");

        Assert.Equal((CardNumberKind.Citizen, "079090000123", Name, "05/03/1990"), (question.Kind, question.Number, question.Name, question.Birth));
    }

    [Theory]
    [InlineData("GD4790000012345", CardNumberKind.Card)]
    [InlineData("0000012345", CardNumberKind.SocialInsurance)]
    public void The_insurance_card_s_QR_text_holds_the_name_in_hexadecimal(string number, CardNumberKind kind)
    {
        string text = $"{number}|{Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Name))}|05/03/1990|2|{Convert.ToHexString("Phường Mẫu"u8)}|79 - 014|01/01/2026|-|01/01/2026|79000000012345|-|4|01/06/2025|15e3b2-7102|$";

        CardQuestion question = Asked(text, "", "");

        Assert.Equal((kind, number, Name, "05/03/1990"), (question.Kind, question.Number, question.Name, question.Birth));
    }

    [Theory]
    [InlineData("abc|def|ghi")]
    [InlineData("|||||||")]
    [InlineData("079090000123|")]
    public void Another_QR_text_is_refused(string text) => Assert.Contains("Không đọc được mã QR", Assert.Single(Errors(text, "", "")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_QR_text_of_any_length_is_looked_at_in_bounds() => Assert.Equal("number", Assert.Single(Errors("079090000123|" + new string('x', 100_000), "", "")).Field);

    [Fact]
    public void A_name_the_reader_garbled_is_said_so() =>
        Assert.Contains("UTF-8", Errors("079090000123||Tr?n Th? V? D?|05031990|N?|x|15042021", "", "").Single().Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Lê Văn Mẫu", "079085000111", 0)]
    [InlineData("", "079085000111", 1)]
    [InlineData("Lê Văn Mẫu", "0790850001", 1)]
    [InlineData("", "", 2)]
    public void Who_looks_up_has_a_name_and_a_citizen_number(string name, string id, int mistakes)
    {
        List<CardInputError> errors = [];

        CardStaff? staff = CardInput.Staff(name, id, errors);

        Assert.Equal((mistakes, mistakes == 0), (errors.Count, staff is not null));
    }

    [Theory]
    [InlineData("Trần Thị Ví Dụ", "trần  thị ví dụ", true, true)]
    [InlineData("Trần Thị Ví Dụ", "Tran Thi Vi Du", false, true)]
    [InlineData("Đặng Thử", "Dang Thu", false, true)]
    [InlineData("Trần Thị Ví Dụ", "Trần Thị Khác", false, false)]
    public void Names_are_compared_as_written_and_then_without_accents(string one, string other, bool same, bool alike) =>
        Assert.Equal((same, alike), (PersonNames.Plain(one) == PersonNames.Plain(other), PersonNames.Bare(one) == PersonNames.Bare(other)));

    [Fact]
    public void Nothing_personal_is_in_what_they_print()
    {
        CardQuestion question = Asked("GD4790000012345", Name, "1990");
        string[] printed = [$"{question}", $"{new CardRequest { Number = "GD4790000012345", Name = Name }}", $"{new CardStaff("Lê Văn Mẫu", "079085000111")}"];

        Assert.All(printed, p => Assert.False(p.Contains("0000012345", StringComparison.Ordinal) || p.Contains("Ví", StringComparison.Ordinal) || p.Contains("0790", StringComparison.Ordinal), p));
    }

    private static CardQuestion Asked(string number, string name, string birth)
    {
        List<CardInputError> errors = [];
        CardQuestion? question = CardInput.Read(new CardRequest { Number = number, Name = name, Birth = birth }, Now, errors);
        Assert.Empty(errors);
        return question!;
    }

    private static List<CardInputError> Errors(string number, string name, string birth)
    {
        List<CardInputError> errors = [];
        Assert.Null(CardInput.Read(new CardRequest { Number = number, Name = name, Birth = birth }, Now, errors));
        return errors;
    }
}
