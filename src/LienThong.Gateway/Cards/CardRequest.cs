namespace LienThong.Gateway.Cards;

/// <summary>When in a visit a card is looked up.</summary>
public enum CardMoment
{
    /// <summary>On arrival.</summary>
    Reception,

    /// <summary>During treatment: long stays, a card about to run out.</summary>
    During,

    /// <summary>Before the visit ends.</summary>
    BeforeDischarge,
}

/// <summary>Who registered on the portal looks up.</summary>
/// <param name="Name">Full name (<c>hoTenCb</c>).</param>
/// <param name="CitizenId">Citizen number (<c>cccdCb</c>), 12 digits.</param>
public sealed record CardStaff(string Name, string CitizenId)
{
    /// <summary>Nothing: both are personal.</summary>
    public override string ToString() => nameof(CardStaff);
}

/// <summary>A lookup as somebody asks for it; nothing of it is checked yet.</summary>
public sealed record CardRequest
{
    /// <summary>Facility whose account asks.</summary>
    public string Facility { get; init; } = "";

    /// <summary>Card number, social-insurance number or citizen number as typed, or the text of a QR code.</summary>
    public string Number { get; init; } = "";

    /// <summary>Name as typed; not needed when the QR code holds it.</summary>
    public string Name { get; init; } = "";

    /// <summary>Birth date as typed; not needed when the QR code holds it.</summary>
    public string Birth { get; init; } = "";

    /// <summary><c>MA_LK</c> of the visit; empty when not known yet.</summary>
    public string MaLk { get; init; } = "";

    /// <summary>When in the visit.</summary>
    public CardMoment Moment { get; init; }

    /// <summary>Who looks up; null for the one set for the user, else for the facility.</summary>
    public CardStaff? Staff { get; init; }

    /// <summary>Where it is asked: <c>page</c>, <c>api</c>, <c>cli</c>.</summary>
    public string Origin { get; init; } = "api";

    /// <summary>Nothing: nearly every member is personal.</summary>
    public override string ToString() => nameof(CardRequest);
}

/// <summary>Kinds of numbers a person can be looked up by.</summary>
public enum CardNumberKind
{
    /// <summary>Card number, 15 characters.</summary>
    Card,

    /// <summary>Social-insurance number, 10 digits.</summary>
    SocialInsurance,

    /// <summary>Citizen number, 12 digits.</summary>
    Citizen,
}

/// <summary>What is asked about a person, checked and in the form the portal takes.</summary>
/// <param name="Kind">What sort of number it is.</param>
/// <param name="Number">The number, capitals, no blanks.</param>
/// <param name="Name">Name with diacritics, NFC.</param>
/// <param name="Birth"><c>dd/MM/yyyy</c> or <c>yyyy</c>.</param>
public sealed record CardQuestion(CardNumberKind Kind, string Number, string Name, string Birth)
{
    /// <summary>The social-insurance number when the number tells it; else empty.</summary>
    internal string SocialNumber => Kind == CardNumberKind.Citizen ? "" : Number[^10..];

    /// <summary>Birth as records begin it: <c>yyyyMMdd</c> or <c>yyyy</c>.</summary>
    internal string BornAsInRecord => CardDates.AsInRecord(Birth);

    /// <summary>Kind of number only: the rest is personal.</summary>
    public override string ToString() => $"{nameof(CardQuestion)} {Kind}";
}

/// <summary>A mistake in a request.</summary>
/// <param name="Field">Where: <c>number</c>, <c>name</c>, <c>birth</c>, <c>maLk</c>, <c>staff</c>, <c>facility</c>.</param>
/// <param name="Message">Vietnamese: what is wrong and what to do.</param>
public sealed record CardInputError(string Field, string Message);
