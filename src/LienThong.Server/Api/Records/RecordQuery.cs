using System.ComponentModel;
using System.Globalization;
using LienThong.Gateway.Records;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;

namespace LienThong.Server.Api.Records;

/// <summary>Filter and page of a record list, as written in an address. Pages and API read it the same way.</summary>
public sealed record RecordQuery
{
    /// <summary>States, by their English names.</summary>
    [FromQuery(Name = "state"), Description("Only these states (Received, Invalid, Ready, Held, Signed, Sending, Accepted, Rejected, OutcomeUnknown); may be repeated.")]
    public string[]? State { get; init; }

    /// <summary>First day of discharge.</summary>
    [FromQuery(Name = "from"), Description("First day of discharge (NGAY_RA), yyyy-MM-dd or dd/MM/yyyy.")]
    public string? From { get; init; }

    /// <summary>Last day of discharge.</summary>
    [FromQuery(Name = "to"), Description("Last day of discharge (NGAY_RA), yyyy-MM-dd or dd/MM/yyyy.")]
    public string? To { get; init; }

    /// <summary>Beginning of <c>MA_LK</c>.</summary>
    [FromQuery(Name = "maLk"), Description("Beginning of MA_LK.")]
    public string? MaLk { get; init; }

    /// <summary>Part of the patient's name.</summary>
    [FromQuery(Name = "name"), Description("Part of the patient's name, with or without accents.")]
    public string? Name { get; init; }

    /// <summary>Facility codes.</summary>
    [FromQuery(Name = "facility"), Description("Only these facilities; may be repeated.")]
    public string[]? Facility { get; init; }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    [FromQuery(Name = "blocked"), Description("true: only with blocking findings; false: only without.")]
    public string? Blocked { get; init; }

    /// <summary><c>discharge</c> or <c>arrival</c>.</summary>
    [FromQuery(Name = "order"), Description("discharge (default) or arrival; newest first.")]
    public string? Order { get; init; }

    /// <summary>Key of the page before.</summary>
    [FromQuery(Name = "after"), Description("Key of the page before: its `next`.")]
    public string? After { get; init; }

    /// <summary>Key of the page behind.</summary>
    [FromQuery(Name = "before"), Description("Key of the page behind: its `previous`.")]
    public string? Before { get; init; }

    /// <summary>Rows, 1–500.</summary>
    [FromQuery(Name = "take"), Description("Rows, 1–500. Default 50.")]
    public string? Take { get; init; }

    /// <summary>Address of a list with this filter, another page and further parameters.</summary>
    public string Url(string path, string? after, string? before, params ReadOnlySpan<(string Name, string Value)> more)
    {
        QueryBuilder query = [];
        foreach (string state in State ?? [])
            query.Add("state", state);
        foreach (string facility in Facility ?? [])
            query.Add("facility", facility);
        foreach ((string name, string? value) in new[]
            { ("from", From), ("to", To), ("maLk", MaLk), ("name", Name), ("blocked", Blocked), ("order", Order), ("take", Take), ("after", after), ("before", before) })
        {
            if (Text(value) is { } text)
                query.Add(name, text);
        }
        foreach ((string name, string value) in more)
            query.Add(name, value);
        return path + query.ToQueryString();
    }

    /// <summary>Reads the filter.</summary>
    /// <param name="errors">Parameter → what is wrong with it, in Vietnamese. What is wrong is left out of the filter.</param>
    public (RecordFilter Filter, PageRequest Page) Read(out Dictionary<string, string[]> errors)
    {
        Dictionary<string, string[]> wrong = new(StringComparer.Ordinal);
        List<RecordState> states = [];
        foreach (string text in State ?? [])
        {
            if (text.Length == 0)
                continue;
            if (Enum.TryParse(text, ignoreCase: true, out RecordState state) && Enum.IsDefined(state) && !char.IsAsciiDigit(text[0]))
                states.Add(state);
            else
                wrong["state"] = [$"Không có trạng thái «{Short(text)}»."];
        }
        RecordFilter filter = new()
        {
            States = states,
            Facilities = Facility?.Where(f => f.Length > 0).ToArray() ?? [],
            DischargedFrom = Day("from", From, wrong),
            DischargedTo = Day("to", To, wrong),
            MaLk = Text(MaLk),
            Name = Text(Name),
            Blocked = Flag(wrong),
            Order = OrderOf(wrong),
        };
        int take = 50;
        if (Take is { Length: > 0 } && !(int.TryParse(Take, NumberStyles.None, CultureInfo.InvariantCulture, out take) && take is >= 1 and <= 500))
            wrong["take"] = ["Số dòng phải từ 1 đến 500."];
        errors = wrong;
        return (filter, new PageRequest(wrong.ContainsKey("take") ? 50 : take, Text(After), Text(Before)));
    }

    private bool? Flag(Dictionary<string, string[]> wrong)
    {
        if (Text(Blocked) is not { } text)
            return null;
        if (bool.TryParse(text, out bool blocked))
            return blocked;
        wrong["blocked"] = ["Chỉ nhận true hoặc false."];
        return null;
    }

    private RecordOrder OrderOf(Dictionary<string, string[]> wrong)
    {
        if (Text(Order) is not { } text || text.Equals("discharge", StringComparison.OrdinalIgnoreCase))
            return RecordOrder.Discharge;
        if (text.Equals("arrival", StringComparison.OrdinalIgnoreCase))
            return RecordOrder.Arrival;
        wrong["order"] = ["Chỉ nhận discharge hoặc arrival."];
        return RecordOrder.Discharge;
    }

    private static DateOnly? Day(string name, string? text, Dictionary<string, string[]> wrong)
    {
        if (Text(text) is not { } day)
            return null;
        if (DateOnly.TryParseExact(day, ["yyyy-MM-dd", "d/M/yyyy"], CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date))
            return date;
        wrong[name] = ["Ngày phải ở dạng dd/MM/yyyy hoặc yyyy-MM-dd."];
        return null;
    }

    private static string? Text(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed : null;

    private static string Short(string text) => text.Length > 40 ? text[..40] : text;
}
