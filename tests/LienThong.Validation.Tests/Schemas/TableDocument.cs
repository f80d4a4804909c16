using System.Buffers;
using System.Text;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>One table document of a record, and what the rules say of it when it comes in its package or on its own.</summary>
/// <param name="Summary">XML1 of the same record; empty for XML1 itself and for documents of their own.</param>
internal sealed record TableDocument(Release Release, DateOnly Day, TableId Table, string Text, string Summary)
{
    /// <summary>The documents of an invented record.</summary>
    public static IEnumerable<TableDocument> Of(RecordBuilder builder, Release release, DateOnly day)
    {
        using Record record = builder.Build();
        string package = Encoding.UTF8.GetString(PackageWriter.WriteSingle(record, release, "99001", day));
        string summary = "";
        foreach (string file in package.Split("<FILEHOSO>")[1..])
        {
            if (!TableNames.TryParse(Between(file, "LOAIHOSO"), out TableId table)) throw new InvalidOperationException("Unknown table.");
            string text = Encoding.UTF8.GetString(Convert.FromBase64String(Between(file, "NOIDUNGFILE")));
            yield return new TableDocument(release, day, table, text, summary);
            if (table == TableId.Xml1) summary = text;
        }
    }

    /// <summary>The check-in of a record, or an assessment.</summary>
    public static TableDocument Alone(RecordBuilder builder, Release release, DateOnly day, TableId table)
    {
        using Record record = builder.Build();
        var buffer = new ArrayBufferWriter<byte>();
        if (table == TableId.Xml0) DocumentWriter.WriteCheckIn(buffer, release, record);
        else DocumentWriter.WriteAssessment(buffer, release, record);
        return new TableDocument(release, day, table, Encoding.UTF8.GetString(buffer.WrittenSpan), "");
    }

    /// <summary>What the rules find wrong with it of that which a schema tells; empty when nothing is.</summary>
    public string Findings()
    {
        bool alone = Table is TableId.Xml0 or TableId.Xml12;
        using var reader = new PackageReader(new MemoryStream(Encoding.UTF8.GetBytes(alone ? Text : Package())));
        var context = new JudgeContext(Day.ToDateTime(new TimeOnly(12, 0)).AddDays(20), "99001", Release, Day);
        Validator validator = Validator.Create();
        var found = new StringBuilder();
        while (reader.Read(out Record? record))
        {
            Judgement judgement = alone ? validator.JudgeDocument(record, context) : validator.Judge(record, context);
            foreach (Finding finding in judgement.Findings)
            {
                if (finding.At.Table == Table.Code() && XmlSchemas.Tells(Release, finding)) found.Append(finding).Append('\n');
            }
        }

        foreach (Problem problem in reader.Problems)
        {
            if (problem.Severity == Severity.Block) found.Append(problem.Message).Append('\n');
        }

        return found.ToString();
    }

    private string Package() =>
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>99001</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20260101</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO>"
        + (Summary.Length == 0 ? "" : Part("XML1", Summary)) + Part(Table.Code(), Text) + "</HOSO></DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI/></GIAMDINHHS>";

    private static string Part(string table, string text) =>
        $"<FILEHOSO><LOAIHOSO>{table}</LOAIHOSO><NOIDUNGFILE>{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}</NOIDUNGFILE></FILEHOSO>";

    private static string Between(string text, string element)
    {
        int from = text.IndexOf($"<{element}>", StringComparison.Ordinal) + element.Length + 2;
        return text[from..text.IndexOf($"</{element}>", from, StringComparison.Ordinal)];
    }
}
