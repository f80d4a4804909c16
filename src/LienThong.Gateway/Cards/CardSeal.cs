using System.Text.Json;
using LienThong.Gateway.Facilities;

namespace LienThong.Gateway.Cards;

/// <summary>A question with the one who asks it, as kept encrypted.</summary>
internal sealed record SealedQuestion(CardNumberKind Kind, string Number, string Name, string Birth, CardStaff? Staff)
{
    public CardQuestion Question => new(Kind, Number, Name, Birth);

    public static SealedQuestion Of(CardQuestion question, CardStaff? staff) => new(question.Kind, question.Number, question.Name, question.Birth, staff);

    public override string ToString() => nameof(SealedQuestion);
}

/// <summary>One field that an answer tells differently from the answer before.</summary>
/// <param name="Field">Official name in the portal's answer, such as <c>gtTheDen</c>.</param>
/// <param name="Before">What it was; empty when it wasn't told.</param>
/// <param name="After">What it is.</param>
public sealed record CardFieldChange(string Field, string Before, string After)
{
    /// <summary>Field only: the values are personal.</summary>
    public override string ToString() => $"{nameof(CardFieldChange)} {Field}";
}

/// <summary>Encrypts what card lookups know of people with the key ring of the data folder.</summary>
internal sealed class CardSeal(Secrets secrets)
{
    public byte[] Close<T>(T content) => secrets.Protect(JsonSerializer.SerializeToUtf8Bytes(content));

    public T Open<T>(byte[] content) => JsonSerializer.Deserialize<T>(secrets.Reveal(content))!;

    public byte[] CloseBytes(byte[] content) => secrets.Protect(content);

    public byte[] OpenBytes(byte[] content) => secrets.Reveal(content);
}
