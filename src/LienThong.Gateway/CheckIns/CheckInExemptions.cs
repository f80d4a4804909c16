using System.Globalization;
using System.Reflection;
using LienThong.Standard;

namespace LienThong.Gateway.CheckIns;

/// <summary>A case in which the law asks for no check-in.</summary>
/// <param name="Code">Stable name.</param>
/// <param name="Field">Field of XML0 that decides; <c>@sample_only</c> for the facility's setting.</param>
/// <param name="Values">Its values; an empty one means an empty field.</param>
/// <param name="From">First day.</param>
/// <param name="To">Last day; null while it holds.</param>
/// <param name="LegalBasis">Where it is written.</param>
/// <param name="Message">What to tell people, in Vietnamese.</param>
public sealed record CheckInExemption(string Code, string Field, IReadOnlyList<string> Values, DateOnly From, DateOnly? To, string LegalBasis, string Message);

/// <summary>The legal exemptions from check-ins, as dated data (<c>exemptions.csv</c>).</summary>
public static class CheckInExemptions
{
    private const string SampleOnly = "@sample_only";

    /// <summary>All of them.</summary>
    public static IReadOnlyList<CheckInExemption> All { get; } = Read();

    /// <summary>The one that applies to a check-in; null when it has to be sent.</summary>
    /// <param name="row">Row of XML0.</param>
    /// <param name="day">Day of arrival.</param>
    public static CheckInExemption? Of(Row row, DateOnly day) => Find(day, e =>
        e.Field != SampleOnly && FieldId.TryParse(TableId.Xml0, e.Field, out FieldId field) && e.Values.Contains(row[field].Text.Trim(), StringComparer.Ordinal));

    /// <summary>The one of facilities that only take samples.</summary>
    public static CheckInExemption? OfSampleOnly(DateOnly day) => Find(day, e => e.Field == SampleOnly);

    private static CheckInExemption? Find(DateOnly day, Func<CheckInExemption, bool> applies) =>
        All.FirstOrDefault(e => e.From <= day && (e.To is null || day <= e.To) && applies(e));

    private static List<CheckInExemption> Read()
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("CheckIns/exemptions.csv")
            ?? throw new InvalidOperationException("exemptions.csv is not embedded.");
        using StreamReader reader = new(data);
        List<CheckInExemption> rows = [];
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',', 7);
            rows.Add(new CheckInExemption(cells[0], cells[1], cells[2].Split(';'), Day(cells[3])!.Value, Day(cells[4]), cells[5], cells[6]));
        }
        return rows;
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
