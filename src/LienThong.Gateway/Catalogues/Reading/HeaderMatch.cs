using LienThong.Extracts;
using LienThong.Validation;

namespace LienThong.Gateway.Catalogues;

/// <summary>How the columns of a sheet fit a list.</summary>
internal sealed class HeaderMatch
{
    private static readonly string[] FromHeaders = ["TUNGAY", "VALIDFROM", "HIEULUCTU", "TUNGAYHIEULUC", "NGAYHIEULUC"];
    private static readonly string[] ToHeaders = ["DENNGAY", "VALIDTO", "HIEULUCDEN", "DENNGAYHIEULUC"];
    private static readonly string[] FacilityHeaders = ["MACSKCB"];
    private static readonly string[] AcceptedHeaders = ["CHAPNHAN", "DUOCCHAPNHAN", "CONGCHAPNHAN"];
    private static readonly string[] AcceptedOnHeaders = ["NGAYCHAPNHAN"];
    private static readonly string[] StatusHeaders = ["STATUS"];

    private HeaderMatch(ListLayout layout, SheetRow row, string[] folded, string[] numbers)
    {
        Layout = layout;
        Line = row.Line;
        HashSet<int> used = [];
        int Place(IEnumerable<string> headers) => headers.Select(h => h.StartsWith('#') ? Array.IndexOf(numbers, h) : Array.IndexOf(folded, h)).Where(i => i >= 0).DefaultIfEmpty(-1).First() is var at && at >= 0 && used.Add(at) ? at : -1;

        Source = new int[layout.Columns.Count];
        FlagSource = new (int, string)[layout.Columns.Count];
        for (int i = 0; i < Source.Length; i++)
        {
            LayoutColumn column = layout.Columns[i];
            Source[i] = Place(column.Headers);
            if (Source[i] < 0 && column.FlagValues.FirstOrDefault(f => Array.IndexOf(folded, f.Key) >= 0) is { Key: { } header, Value: var value })
                (FlagSource[i], Source[i]) = ((Array.IndexOf(folded, header), value), -1);
            else
                FlagSource[i] = (-1, "");
        }
        (From, To, Facility) = (Place(FromHeaders), Place(ToHeaders), Place(FacilityHeaders));
        (Accepted, AcceptedOn, Status) = (Place(AcceptedHeaders), Place(AcceptedOnHeaders), Place(StatusHeaders));
        Score = Source.Count(s => s >= 0) + FlagSource.Count(f => f.Item1 >= 0) + (layout.DemandsStart && From >= 0 ? 1 : 0);
        Missing = [.. layout.Columns.Where((c, i) => c.Demand.HasFlag(Demand.Needed) && Source[i] < 0).Select(c => c.Name)];
        HasKey = layout.Columns.Take(layout.Definition.KeyCount).Where((_, i) => Source[i] >= 0).Any();
        Ignored = [.. row.Cells.Where((c, i) => c.Form != CellForm.Empty && !used.Contains(i) && !FlagSource.Any(f => f.Item1 == i) && folded[i] is not ("STT" or "ID")).Select(c => c.Text)];
    }

    public ListLayout Layout { get; }

    /// <summary>Line of the header.</summary>
    public int Line { get; }

    /// <summary>For each column of the layout its place in the sheet; −1 when the sheet doesn't have it.</summary>
    public int[] Source { get; }

    /// <summary>For flags told by the value of a shared column: its place and that value.</summary>
    public (int Place, string Value)[] FlagSource { get; }

    public int From { get; }

    public int To { get; }

    public int Facility { get; }

    public int Accepted { get; }

    public int AcceptedOn { get; }

    public int Status { get; }

    /// <summary>Columns that fit.</summary>
    public int Score { get; }

    /// <summary>Needed columns the sheet lacks.</summary>
    public string[] Missing { get; }

    /// <summary>Whether one of the keys is there.</summary>
    public bool HasKey { get; }

    /// <summary>Headers of the sheet that aren't kept.</summary>
    public string[] Ignored { get; }

    /// <summary>Whether the sheet can be this list at all.</summary>
    public bool Fits => HasKey && Missing.Length == 0;

    /// <summary>The row of column numbers under some headers: (1), (2), (3) …</summary>
    public static bool IsNumbers(SheetRow row) =>
        row.Cells.Length > 2 && row.Cells.Select((c, i) => (c, i)).All(p => p.c.Form == CellForm.Empty ? p.i > 2 : p.c.Text.Trim('(', ')', ' ') == (p.i + 1).ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Fits a header row to a list.</summary>
    public static HeaderMatch Of(ListLayout layout, SheetRow header, SheetRow? below)
    {
        string[] folded = Array.ConvertAll(header.Cells, c => c.Form == CellForm.Text ? FoldedName.Of(c.Text) : "");
        string[] numbers = below is { } row && IsNumbers(row) ? [.. Enumerable.Range(1, row.Cells.Length).Select(n => $"#{n}")] : [];
        return new HeaderMatch(layout, header, folded, numbers);
    }
}

/// <summary>Finds out which list a sheet is.</summary>
internal static class ListRecognition
{
    /// <summary>Rows looked at for the header: appendices of decisions have titles above it.</summary>
    public const int HeaderRows = 10;

    /// <summary>The best header among the first rows of a sheet; null when none fits.</summary>
    /// <param name="rows">First rows of the sheet.</param>
    /// <param name="hint">Name of sheet and file.</param>
    /// <param name="list">The list somebody said it is; null to find out.</param>
    /// <param name="rivals">Lists that fit equally well; then nothing is chosen.</param>
    public static HeaderMatch? Find(IReadOnlyList<SheetRow> rows, string hint, ListDefinition? list, out ListDefinition[] rivals)
    {
        List<HeaderMatch> fits = [];
        foreach (ListDefinition candidate in list is null ? ListDefinitions.All : [list])
        {
            HeaderMatch? best = null;
            for (int i = 0; i < rows.Count; i++)
            {
                HeaderMatch match = HeaderMatch.Of(ListLayout.Of(candidate), rows[i], i + 1 < rows.Count ? rows[i + 1] : null);
                if (match.Fits && match.Score > (best?.Score ?? 0))
                    best = match;
            }
            if (best is not null)
                fits.Add(best);
        }
        HeaderMatch[] hinted = [.. fits.Where(f => IsHinted(f.Layout.Definition, hint))];
        HeaderMatch[] field = hinted.Length > 0 ? hinted : [.. fits];
        int top = field.Length == 0 ? 0 : field.Max(f => f.Score);
        HeaderMatch[] winners = [.. field.Where(f => f.Score == top)];
        rivals = winners.Length > 1 ? [.. winners.Select(w => w.Layout.Definition)] : [];
        return winners.Length == 1 ? winners[0] : null;
    }

    // MAU_03, 03/DM and «03_DM_thuoc.csv» are form 03/DM; icd10_qd4469.csv.gz is icd10; nghe_nghiep.csv is «Nghề nghiệp».
    private static bool IsHinted(ListDefinition list, string hint)
    {
        string folded = FoldedName.Of(hint);
        return list.Form.Length > 0
            ? folded.Contains("MAU" + list.Form[..2], StringComparison.Ordinal) || folded.Contains(FoldedName.Of(list.Form), StringComparison.Ordinal)
            : folded.Contains(FoldedName.Of(list.Name), StringComparison.Ordinal) || folded.Contains(FoldedName.Of(list.TitleVi), StringComparison.Ordinal);
    }
}
