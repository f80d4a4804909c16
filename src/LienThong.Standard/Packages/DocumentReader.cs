namespace LienThong.Standard;

/// <summary>Reads a check-in or medical-assessment document: each of its rows becomes a record of its own, as each belongs to a visit or person of its own.</summary>
internal sealed class DocumentReader : IDisposable
{
    private readonly Record whole = new();
    private readonly TableId table;
    private Record? current;
    private int next;

    private DocumentReader(TableId table)
    {
        this.table = table;
    }

    /// <summary>True when the document carries something in <c>CHUKYDONVI</c>.</summary>
    public bool HasSignature { get; private set; }

    public static DocumentReader Open(ByteWindow window, TableId table, ReaderLimits limits, Action<Problem> report)
    {
        var document = new DocumentReader(table);
        while (window.Span.Length <= limits.DocumentBytes && window.More())
        {
        }

        ReadOnlySpan<byte> bytes = window.Span;
        if (bytes.Length > limits.DocumentBytes)
        {
            report(Problems.DocumentTooLarge(limits.DocumentBytes));
            return document;
        }

        int slot = bytes.LastIndexOf("<CHUKYDONVI>"u8);
        document.HasSignature = slot >= 0 && !bytes[(slot + 12)..].TrimStart(" \t\r\n"u8).StartsWith("</CHUKYDONVI"u8);
        if (!StrictTable.Read(document.whole, document.whole.Open(table), bytes, limits)) report(Fault(document.whole));
        return document;
    }

    /// <summary>The next row as a record; null after the last.</summary>
    public Record? Next()
    {
        current?.Dispose();
        current = null;
        if (whole[table] is not { } rows || next >= rows.Count || whole.IsDamaged) return null;
        current = new Record();
        current.CopyRow(rows[next]);
        foreach (Deviation deviation in whole.Deviations)
        {
            if (deviation.Row is null || deviation.Row == next + 1) current.Report(deviation.Kind, table, deviation.Row is null ? null : 1, deviation.Field, deviation.Detail);
        }

        next++;
        return current;
    }

    public void Dispose()
    {
        current?.Dispose();
        whole.Dispose();
    }

    private static Problem Fault(Record record)
    {
        record.IsDamaged = true;
        Deviation last = record.Deviations[^1];
        return last.Kind switch
        {
            DeviationKind.ForbiddenDtd => Problems.Dtd(1, 1),
            _ => Problems.NotXml(last.Detail.Length > 0 ? last.Detail : "không đọc được nội dung", 1, 1),
        };
    }
}
