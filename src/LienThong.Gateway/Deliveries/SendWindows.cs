using System.Globalization;
using System.Text.RegularExpressions;
using LienThong.Standard;

namespace LienThong.Gateway.Deliveries;

/// <summary>
/// When a destination may be sent to, in Vietnam time. Written as people write it: <c>T2-T6 18:00-06:00; T7,CN 00:00-24:00</c>; days may be left out
/// (every day); empty means always. A span over midnight belongs to the day it begins on.
/// </summary>
public sealed partial class SendWindows
{
    private const int Day = 24 * 60;
    private static readonly string[] Names = ["CN", "T2", "T3", "T4", "T5", "T6", "T7"];
    private readonly List<Window> windows;

    private SendWindows(string text, List<Window> windows) => (Text, this.windows) = (text, windows);

    /// <summary>No limit.</summary>
    public static SendWindows Always { get; } = new("", []);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>Reads windows; null when the text isn't of this form.</summary>
    public static SendWindows? TryParse(string? text)
    {
        text = (text ?? "").Trim();
        if (text.Length == 0)
            return Always;
        if (text.Length > 200)
            return null;
        List<Window> read = [];
        foreach (string part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            Match match = Form().Match(part);
            if (!match.Success || Days(match.Groups["days"].Value) is not { } days || Minutes(match.Groups["from"].Value) is not { } from
                || Minutes(match.Groups["to"].Value) is not { } to || from == to || from == Day)
                return null;
            read.Add(new Window(days, from, to));
        }
        return read.Count == 0 ? null : new SendWindows(text, read);
    }

    /// <summary>Whether stored windows allow sending at a moment; a text that is none allows it.</summary>
    internal static bool IsOpen(string stored, DateTimeOffset at) => stored.Length == 0 || TryParse(stored) is not { } windows || windows.IsOpen(at);

    /// <summary>Whether sending is allowed at a moment.</summary>
    public bool IsOpen(DateTimeOffset at)
    {
        if (windows.Count == 0)
            return true;
        DateTimeOffset local = at.InVietnam();
        int minute = (int)local.TimeOfDay.TotalMinutes, today = (int)local.DayOfWeek, yesterday = (today + 6) % 7;
        return windows.Exists(w => w.From < w.To
            ? w.Days[today] && minute >= w.From && minute < w.To
            : (w.Days[today] && minute >= w.From) || (w.Days[yesterday] && minute < w.To));
    }

    /// <summary>The next moment at which sending is allowed: the given one when it is.</summary>
    public DateTimeOffset OpenFrom(DateTimeOffset at)
    {
        if (IsOpen(at))
            return at;
        DateTimeOffset local = at.InVietnam();
        DateTimeOffset minute = new(local.Year, local.Month, local.Day, local.Hour, local.Minute, 0, local.Offset);
        for (int i = 1; i <= 8 * Day; i++)
        {
            if (IsOpen(minute.AddMinutes(i)))
                return minute.AddMinutes(i);
        }
        return at;
    }

    private static bool[]? Days(string text)
    {
        bool[] days = new bool[7];
        if (text.Length == 0)
        {
            Array.Fill(days, true);
            return days;
        }
        foreach (string part in text.ToUpperInvariant().Split(',', StringSplitOptions.TrimEntries))
        {
            string[] ends = part.Split('-');
            int first = Array.IndexOf(Names, ends[0]), last = Array.IndexOf(Names, ends[^1]);
            if (first < 0 || last < 0 || ends.Length > 2)
                return null;
            for (int day = first; ; day = (day + 1) % 7)
            {
                days[day] = true;
                if (day == last)
                    break;
            }
        }
        return days;
    }

    private static int? Minutes(string text)
    {
        int hour = int.Parse(text.AsSpan(0, text.Length - 3), CultureInfo.InvariantCulture), minute = int.Parse(text.AsSpan(text.Length - 2), CultureInfo.InvariantCulture);
        return minute < 60 && (hour * 60) + minute <= Day ? (hour * 60) + minute : null;
    }

    [GeneratedRegex("^(?:(?<days>[A-Za-z0-9, -]+?) +)?(?<from>[0-9]{1,2}:[0-9]{2}) *- *(?<to>[0-9]{1,2}:[0-9]{2})$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();

    private sealed record Window(bool[] Days, int From, int To);
}
