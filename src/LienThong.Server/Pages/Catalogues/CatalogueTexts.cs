using System.Globalization;
using LienThong.Gateway.Catalogues;

namespace LienThong.Server.Pages.Catalogues;

/// <summary>Words and addresses of the catalogue pages.</summary>
internal static class CatalogueTexts
{
    /// <summary>Page of a list.</summary>
    public static string Url(CatalogueEdition e, string more = "") =>
        $"/danh-muc/{e.List}?co-so={Uri.EscapeDataString(e.Facility)}{more}";

    /// <summary>«từ 01/01/2026 đến 30/06/2026»; «mọi ngày» when nothing bounds it.</summary>
    public static string Period(DateOnly? from, DateOnly? to) => (from, to) switch
    {
        (null, null) => "mọi ngày",
        ({ } first, null) => $"từ {Day(first)}",
        (null, { } last) => $"đến {Day(last)}",
        ({ } first, { } last) => $"{Day(first)} – {Day(last)}",
    };

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);
}
