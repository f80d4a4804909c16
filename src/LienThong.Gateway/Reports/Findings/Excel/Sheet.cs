using System.Globalization;
using System.Text;
using System.Xml;

namespace LienThong.Gateway.Reports.Findings.Excel;

/// <summary>
/// One worksheet, written row by row into a file of its own that vanishes with it: several sheets grow side by side, while the
/// workbook takes one part after the other, so that memory doesn't depend on the rows.
/// </summary>
internal sealed class Sheet : IDisposable
{
    /// <summary>Rows that Excel takes.</summary>
    public const int MostRows = 1_048_576;

    internal const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    internal const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const int LongestText = 32_767;

    private readonly FileStream body = TemporaryFile.Create();
    private readonly XmlWriter xml;
    private readonly int columns;
    private readonly List<(int Column, int Rows, string Range)> offers = [];
    private SheetNotes? notes;
    private int column;

    public Sheet(string name, IReadOnlyList<(string Header, int Width)> head)
        : this(name, [.. head.Select(h => new SheetColumn(h.Header, h.Width))])
    {
    }

    public Sheet(string name, IReadOnlyList<SheetColumn> head)
    {
        Name = name;
        columns = head.Count;
        xml = Writer(body);
        xml.WriteStartElement("worksheet", Main);
        xml.WriteAttributeString("xmlns", "r", null, Relations);
        FitToWidth();
        FreezeFirstRow();
        xml.WriteStartElement("sheetFormatPr", Main);
        xml.WriteAttributeString("defaultRowHeight", "15");
        xml.WriteEndElement();
        xml.WriteStartElement("cols", Main);
        for (int i = 0; i < columns; i++)
        {
            xml.WriteStartElement("col", Main);
            xml.WriteAttributeString("min", Text(i + 1));
            xml.WriteAttributeString("max", Text(i + 1));
            xml.WriteAttributeString("width", Text(head[i].Width));
            xml.WriteAttributeString("customWidth", "1");
            if (head[i].Style != SheetStyle.Plain) xml.WriteAttributeString("style", Text((int)head[i].Style));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.WriteStartElement("sheetData", Main);
        BeginRow();
        foreach (SheetColumn one in head) Add(one.Header, SheetStyle.Header, one.Note);
        EndRow();
    }

    public string Name { get; }

    /// <summary>Rows so far, the heading among them.</summary>
    public int Rows { get; private set; }

    /// <summary>Notes at its cells; null when it has none.</summary>
    public SheetNotes? Notes => notes;

    public void BeginRow()
    {
        column = 0;
        Rows++;
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", Text(Rows));
        if (Rows > 1) return;
        xml.WriteAttributeString("ht", "32");
        xml.WriteAttributeString("customHeight", "1");
    }

    public void EndRow() => xml.WriteEndElement();

    /// <summary>A text cell; an empty one is left out unless it has a look or a note of its own.</summary>
    public void Add(string text, SheetStyle style = SheetStyle.Text, string? note = null)
    {
        column++;
        if (text.Length == 0 && style == SheetStyle.Text) return;
        Begin(style, "inlineStr");
        xml.WriteStartElement("is", Main);
        xml.WriteStartElement("t", Main);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Fit(text));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (note is null) return;
        notes ??= new SheetNotes();
        notes.Add(column, Rows, Fit(note));
    }

    /// <summary>A number; null leaves the cell empty.</summary>
    public void Add(decimal? number)
    {
        column++;
        if (number is not { } known) return;
        Begin(SheetStyle.Number, null);
        xml.WriteElementString("v", Main, known.ToString("0.####", CultureInfo.InvariantCulture));
        xml.WriteEndElement();
    }

    /// <summary>Offers the cells of a range as values of a column's first rows below the heading; others may still be written.</summary>
    public void Offer(int column, int rows, string range) => offers.Add((column, rows, range));

    /// <summary>Ends the sheet and gives its XML from the start.</summary>
    public Stream Complete()
    {
        xml.WriteEndElement();
        xml.WriteStartElement("autoFilter", Main);
        xml.WriteAttributeString("ref", $"A1:{Reference(columns, Rows)}");
        xml.WriteEndElement();
        WriteOffers();
        xml.WriteStartElement("pageSetup", Main);
        xml.WriteAttributeString("orientation", "landscape");
        xml.WriteAttributeString("fitToHeight", "0");
        xml.WriteEndElement();
        if (notes is not null)
        {
            xml.WriteStartElement("legacyDrawing", Main);
            xml.WriteAttributeString("r", "id", Relations, "rId1");
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
        xml.Flush();
        body.Position = 0;
        return body;
    }

    public void Dispose()
    {
        xml.Dispose();
        body.Dispose();
        notes?.Dispose();
    }

    internal static XmlWriter Writer(Stream stream) => XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = true });

    /// <summary>A cell as Excel names it: <c>AB12</c>.</summary>
    internal static string Reference(int column, int row)
    {
        string letters = "";
        for (int rest = column; rest > 0; rest = (rest - 1) / 26) letters = (char)('A' + ((rest - 1) % 26)) + letters;
        return letters + Text(row);
    }

    internal static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void FitToWidth()
    {
        xml.WriteStartElement("sheetPr", Main);
        xml.WriteStartElement("pageSetUpPr", Main);
        xml.WriteAttributeString("fitToPage", "1");
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void FreezeFirstRow()
    {
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        xml.WriteStartElement("pane", Main);
        xml.WriteAttributeString("ySplit", "1");
        xml.WriteAttributeString("topLeftCell", "A2");
        xml.WriteAttributeString("activePane", "bottomLeft");
        xml.WriteAttributeString("state", "frozen");
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private void WriteOffers()
    {
        if (offers.Count == 0) return;
        xml.WriteStartElement("dataValidations", Main);
        xml.WriteAttributeString("count", Text(offers.Count));
        foreach ((int at, int rows, string range) in offers)
        {
            xml.WriteStartElement("dataValidation", Main);
            xml.WriteAttributeString("type", "list");
            xml.WriteAttributeString("allowBlank", "1");
            xml.WriteAttributeString("sqref", $"{Reference(at, 2)}:{Reference(at, rows + 1)}");
            xml.WriteElementString("formula1", Main, range);
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private void Begin(SheetStyle style, string? type)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", Reference(column, Rows));
        xml.WriteAttributeString("s", Text((int)style));
        if (type is not null) xml.WriteAttributeString("t", type);
    }

    // Characters that XML doesn't have are left out; what looks like Excel's own escape for them is escaped.
    private static string Fit(string text)
    {
        if (text.Length > LongestText) text = text[..LongestText];
        bool odd = text.Contains("_x", StringComparison.Ordinal);
        foreach (char c in text) odd |= !XmlConvert.IsXmlChar(c);
        if (!odd) return text;
        var fit = new StringBuilder(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) fit.Append(text[i]).Append(text[++i]);
            else if (XmlConvert.IsXmlChar(text[i])) fit.Append(text[i]);
        }

        string clean = fit.Replace("_x", "_x005F_x").ToString();
        return clean.Length > LongestText ? clean[..LongestText] : clean;
    }
}

/// <summary>A column of a sheet.</summary>
/// <param name="Header">Its heading.</param>
/// <param name="Width">Its width in characters.</param>
/// <param name="Style">Look of cells that nobody has filled in yet.</param>
/// <param name="Note">Note at its heading; null when there is none.</param>
internal readonly record struct SheetColumn(string Header, int Width, SheetStyle Style = SheetStyle.Plain, string? Note = null);
