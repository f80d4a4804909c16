using System.Globalization;
using System.Reflection;
using LienThong.Standard;

namespace LienThong.Gateway.Doctor;

/// <summary>An invented examination of yesterday (<c>record.csv</c>), to be sent to a training portal or a simulator.</summary>
internal static class TrialRecord
{
    /// <summary>The record and the release it is written in.</summary>
    /// <param name="facility">Facility that sends it.</param>
    /// <param name="now">The moment; it makes the key its own.</param>
    public static (Record Record, Release Release, string MaLk) Make(string facility, DateTimeOffset now)
    {
        DateOnly day = now.VietnamDay().AddDays(-1);
        Release release = Releases.InForceOn(day) ?? Releases.Newest;
        string maLk = $"KIEMTRA.{facility}.{now.InVietnam().ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture)}";
        RecordBuilder builder = new();
        foreach ((string table, string field, string value) in Template())
        {
            FieldId id = TableNames.TryParse(table, out TableId known) && FieldId.TryParse(known, field, out FieldId found)
                ? found
                : throw new InvalidOperationException($"record.csv names {table}.{field}, which no release knows.");
            if (release.Table(id.Table)?.Find(id) is null)
                continue;
            builder.Set(id, value
                .Replace("{ma_lk}", maLk, StringComparison.Ordinal)
                .Replace("{facility}", facility, StringComparison.Ordinal)
                .Replace("{day}", day.ToString("yyyyMMdd", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{year}", day.ToString("yyyy", CultureInfo.InvariantCulture), StringComparison.Ordinal)
                .Replace("{month}", day.ToString("MM", CultureInfo.InvariantCulture), StringComparison.Ordinal));
        }
        foreach (TableId table in (TableId[])[TableId.Xml1, TableId.Xml3])
            builder.Rows(table)[0].FillWith(release);
        return (builder.Build(), release, maLk);
    }

    private static IEnumerable<(string Table, string Field, string Value)> Template()
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("Doctor/record.csv")
            ?? throw new InvalidOperationException("record.csv isn't embedded.");
        using StreamReader reader = new(data);
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',', 3);
            yield return (cells[0], cells[1], cells[2].Trim('"'));
        }
    }
}
