using LienThong.Gateway.Catalogues;
using LienThong.Standard;

namespace LienThong.Gateway.Receipts.Reading;

/// <summary>Reads a list of the portal row by row, however large; what can't be read stands in <see cref="Problems"/>.</summary>
/// <param name="fileName">Its name, for problems.</param>
/// <param name="facility">Facility the list is read for; rows that name another are refused.</param>
/// <param name="said">The kind somebody said it is; null to find out.</param>
/// <param name="limits">How much is taken.</param>
internal sealed class PortalListReading(string fileName, string facility, PortalListKind? said, CatalogueLimits limits)
{
    private readonly ProblemLog problems = new(fileName, limits.Errors);
    private int unread;

    /// <summary>What was wrong with file and rows.</summary>
    public ProblemLog Problems => problems;

    /// <summary>What kind of list it is; null when none was recognised.</summary>
    public PortalListKind? Kind { get; private set; }

    /// <summary>Rows that were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Whether it says of itself that a simulator wrote it.</summary>
    public bool Simulator { get; private set; }

    /// <summary>The rows. Ends early when the file turns out to be damaged; see <see cref="Failed"/>.</summary>
    /// <param name="content">The file; must be able to seek.</param>
    public IEnumerable<PortalRow> Read(Stream content)
    {
        using IEnumerator<PortalRow> rows = Rows(content).GetEnumerator();
        while (Next(rows))
            yield return rows.Current;
        if (Kind is null && !Failed)
            Fail("Không nhận ra danh sách nào của Cổng qua tiêu đề cột", $"Xuất lại danh sách từ Cổng và giữ nguyên dòng tiêu đề (trong {ListColumns.HeadRows} dòng đầu), hoặc chọn đúng loại danh sách.");
    }

    /// <summary>Whether the file as a whole can't be read; then none of its rows may be used.</summary>
    public bool Failed { get; private set; }

    private bool Next(IEnumerator<PortalRow> rows)
    {
        try
        {
            return rows.MoveNext();
        }
        catch (UnreadableFileException e)
        {
            Fail(e.Message, e.Fix);
            return false;
        }
    }

    private void Fail(string message, string fix)
    {
        Failed = true;
        problems.Add(Severity.Block, "", null, "", "", message, fix);
    }

    private IEnumerable<PortalRow> Rows(Stream content)
    {
        foreach (Sheet sheet in SheetFile.Open(content, limits))
        {
            foreach (PortalRow row in Rows(sheet))
                yield return row;
        }
        if (unread > 0 && Kind is not null)
            problems.Add(Severity.Info, "", null, "", "", $"{unread} trang không phải danh sách này nên không dùng", "Không cần làm gì nếu đúng như vậy.");
    }

    private IEnumerable<PortalRow> Rows(Sheet sheet)
    {
        using IEnumerator<SheetRow> rows = sheet.Rows.GetEnumerator();
        List<SheetRow> head = [];
        while (head.Count < ListColumns.HeadRows && rows.MoveNext())
            head.Add(rows.Current);
        ListColumns? columns = ListColumns.Find(head, Kind ?? said);
        if (columns is null || (said is null && Kind is { } first && columns.Kind != first))
        {
            unread += head.Count > 0 ? 1 : 0;
            yield break;
        }
        Kind ??= said ?? columns.Kind;
        Simulator |= head.TakeWhile(r => r.Line < columns.LastLine).Any(r => r.Cells.Any(c => Extracts.FoldedName.Of(c.Text).Contains("MOPHONG", StringComparison.Ordinal)));
        PortalRowReading reading = new(columns, Kind!.Value, sheet.Name, facility, problems);
        foreach (SheetRow row in head.Where(r => r.Line > columns.LastLine))
        {
            if (reading.Read(row) is { } made)
                yield return made;
        }
        while (rows.MoveNext())
        {
            if (reading.Read(rows.Current) is { } made)
                yield return made;
        }
        Refused += reading.Refused;
        reading.Tell();
    }
}
