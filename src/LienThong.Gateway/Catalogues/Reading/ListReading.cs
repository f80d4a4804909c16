using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>What somebody says about a file besides its content.</summary>
/// <param name="FileName">Its name.</param>
/// <param name="Facility">Facility whose rows are taken; empty for a national list.</param>
/// <param name="List">The list it is; null to find out.</param>
/// <param name="From">First day of rows that don't say it themselves; null: they always were valid.</param>
/// <param name="AcceptedOn">Day on which the portal took the rows; null when they say so themselves or nobody knows.</param>
internal sealed record ReadingOptions(string FileName, string Facility, ListDefinition? List, DateOnly? From, DateOnly? AcceptedOn);

/// <summary>Reads a file: finds the lists in it, turns rows into texts, tells each wrong row.</summary>
internal sealed class ListReading(ReadingOptions options, CatalogueLimits limits)
{
    private readonly ProblemLog problems = new(options.FileName, limits.Errors);

    /// <summary>What was wrong.</summary>
    public ProblemLog Problems => problems;

    /// <summary>All lists of a file. What can't be read stands in <see cref="Problems"/>.</summary>
    /// <param name="content">The file; must be able to seek.</param>
    /// <param name="tell">Told how many rows are read.</param>
    /// <param name="ct">Stops the work.</param>
    public List<ReadSheet> Read(Stream content, Action<long>? tell, CancellationToken ct)
    {
        List<ReadSheet> read = [];
        List<string> unknown = [];
        long rows = 0;
        try
        {
            foreach (Sheet sheet in SheetFile.Open(content, limits))
            {
                if (ReadSheet(sheet, unknown, () => Count(ref rows, tell, ct)) is not { } found)
                    continue;
                if (read.Exists(r => r.Layout.Definition == found.Layout.Definition))
                    problems.Add(Severity.Block, sheet.Name, null, "", "", $"Trang thứ hai cùng là danh mục «{found.Layout.Definition.TitleVi}»", "Gộp vào một trang rồi nhập lại.");
                else
                    read.Add(found);
            }
        }
        catch (UnreadableFileException e)
        {
            problems.Add(Severity.Block, "", null, "", "", e.Message, e.Fix);
            return [];
        }
        Tell(unknown, read.Count > 0);
        return read;
    }

    private static void Count(ref long rows, Action<long>? tell, CancellationToken ct)
    {
        if (++rows % 1000 != 0)
            return;
        ct.ThrowIfCancellationRequested();
        tell?.Invoke(rows);
    }

    private ReadSheet? ReadSheet(Sheet sheet, List<string> unknown, Action count)
    {
        using IEnumerator<SheetRow> rows = sheet.Rows.GetEnumerator();
        List<SheetRow> head = [];
        while (head.Count <= ListRecognition.HeaderRows && rows.MoveNext())
            head.Add(rows.Current);
        if (head.Count == 0)
            return null;
        List<SheetRow> first = head.Count > ListRecognition.HeaderRows ? head[..ListRecognition.HeaderRows] : head;
        HeaderMatch? match = ListRecognition.Find(first, $"{options.FileName} {sheet.Name}", options.List, out ListDefinition[] rivals);
        if (match is null)
        {
            if (rivals.Length > 0)
                problems.Add(Severity.Block, sheet.Name, null, "", "", $"Có thể là nhiều loại danh mục: {string.Join(", ", rivals.Select(r => r.Name))}", "Chọn loại danh mục (--kind) rồi nhập lại.");
            else
                unknown.Add(sheet.Name);
            return null;
        }
        if (match.Ignored.Length > 0)
            problems.Add(Severity.Info, sheet.Name, match.Line, "", "", $"Không dùng các cột: {string.Join(", ", match.Ignored.Take(20))}", "Không cần làm gì nếu danh mục không cần các cột này.");
        RowReading reading = new(match, sheet.Name, options, problems);
        foreach (SheetRow row in head.SkipWhile(r => r.Line <= match.Line).Where((r, i) => i > 0 || !HeaderMatch.IsNumbers(r)))
            Take(row);
        while (rows.MoveNext())
            Take(rows.Current);
        return new ReadSheet(match.Layout, sheet.Name, reading.Rows, reading.Refused, match.From >= 0);

        void Take(SheetRow row)
        {
            count();
            reading.Take(row);
        }
    }

    private void Tell(List<string> unknown, bool anyRead)
    {
        foreach (string sheet in unknown)
        {
            string wanted = options.List is { } list ? $": thiếu cột {string.Join(", ", ListLayout.Of(list).Columns.Where(c => c.Demand.HasFlag(Demand.Needed)).Select(c => c.Name))}" : "";
            problems.Add(
                anyRead ? Severity.Info : Severity.Block, sheet, null, "", "", $"Không nhận ra danh mục nào qua tiêu đề cột trong {ListRecognition.HeaderRows} dòng đầu{wanted}",
                "Kiểm tra dòng tiêu đề, hoặc chọn loại danh mục (--kind).");
        }
        if (unknown.Count == 0 && !anyRead && problems.Told.Count == 0)
            problems.Add(Severity.Block, "", null, "", "", "Tệp không có dòng nào", "Xuất lại danh mục rồi nhập lại.");
    }
}
