using LienThong.Gateway.Records;

namespace LienThong.Server.Pages.Records;

/// <summary>Reads the fields of <see cref="ReasonFields"/>.</summary>
internal static class ReasonForm
{
    /// <summary>The reason; null when the form asks for none. A day that can't be read becomes the last day there is, so that it is refused and not lost.</summary>
    public static ChangeReason? Read(IFormCollection form)
    {
        (string code, string text, string day) = (form["ma-ly-do"].ToString(), form["ly-do"].ToString(), form["ngay-van-ban"].ToString().Trim());
        if (code.Length == 0 && text.Length == 0)
            return null;
        return new ChangeReason(code.Length > 0 ? code : null, text)
        {
            ReferenceNumber = form["so-van-ban"].ToString().Trim() is { Length: > 0 } number ? number : null,
            ReferenceDate = day.Length == 0 ? null : Vi.ReadDay(day) ?? DateOnly.MaxValue,
        };
    }
}
