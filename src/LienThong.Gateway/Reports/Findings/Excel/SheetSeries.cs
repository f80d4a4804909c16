namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>A sheet that goes on in another when it is full: «Lỗi», «Lỗi (2)» …</summary>
/// <param name="name">Name of the first.</param>
/// <param name="head">Columns.</param>
/// <param name="most">Rows a sheet takes, the heading among them.</param>
internal sealed class SheetSeries(string name, IReadOnlyList<(string Header, int Width)> head, int most = Sheet.MostRows) : IDisposable
{
    /// <summary>The sheets so far.</summary>
    public List<Sheet> Sheets { get; } = [new Sheet(name, head)];

    /// <summary>The sheet for the next row.</summary>
    public Sheet Next()
    {
        if (Sheets[^1].Rows == most) Sheets.Add(new Sheet($"{name} ({Sheets.Count + 1})", head));
        return Sheets[^1];
    }

    public void Dispose()
    {
        foreach (Sheet sheet in Sheets) sheet.Dispose();
    }
}
