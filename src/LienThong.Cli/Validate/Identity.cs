using LienThong.Gateway.Reports.Findings;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>By what a record is known to people.</summary>
internal static class Identity
{
    /// <summary><c>MA_LK</c> as received; of an assessment <c>SO_BIEN_BAN</c>; empty when unknown.</summary>
    public static string MaLk(Record record)
    {
        if (record.Summary is { } row) return row[Xml1.MA_LK].Text;
        if (record[TableId.Xml0] is { Count: > 0 } checkIn) return checkIn[0][Xml0.MA_LK].Text;
        return record[TableId.Xml12] is { Count: > 0 } assessment ? assessment[0][Xml12.SO_BIEN_BAN].Text : "";
    }

    /// <summary><c>MA_CSKCB</c> of the record, or of its envelope when it has none.</summary>
    public static string MaCskcb(Record record, string envelope)
    {
        string own = record.Summary is { } row ? row[Xml1.MA_CSKCB].Text
            : record[TableId.Xml0] is { Count: > 0 } checkIn ? checkIn[0][Xml0.MA_CSKCB].Text
            : "";
        return own.Length > 0 ? own : envelope;
    }

    /// <summary>A record as findings of a report name it.</summary>
    public static FindingSource Of(string path, Record record, string envelope, Judgement judgement) =>
        new(path, record.Index + 1, MaLk(record), MaCskcb(record, envelope), judgement.Release.Id);
}
