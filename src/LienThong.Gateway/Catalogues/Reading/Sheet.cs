namespace LienThong.Gateway.Catalogues;

/// <summary>What a cell of a file holds.</summary>
internal enum CellForm
{
    /// <summary>Nothing.</summary>
    Empty,

    /// <summary>Text exactly as somebody wrote it, or as the number's format shows it.</summary>
    Text,

    /// <summary>A number of a workbook: zeros at its ends may have been lost before we saw it.</summary>
    Number,

    /// <summary>A date of a workbook, as <c>yyyyMMdd</c>.</summary>
    Day,

    /// <summary>An error of a formula (<c>#REF!</c>) or a formula written as text.</summary>
    Error,
}

/// <summary>A cell: its text, trimmed and NFC, and how far the text can be trusted.</summary>
internal readonly record struct SheetCell(string Text, CellForm Form)
{
    public static SheetCell None => new("", CellForm.Empty);

    /// <summary>A cell that holds text.</summary>
    public static SheetCell Of(string text)
    {
        string clean = Clean(text);
        // Exports write ="01" so that Excel keeps the zero; any other formula is nothing we would compute.
        if (clean.StartsWith('='))
            return clean is ['=', '"', .. var quoted, '"'] && !quoted.Contains('"') ? Of(quoted) : new SheetCell(clean, CellForm.Error);
        return clean.Length == 0 ? None : new SheetCell(clean, CellForm.Text);
    }

    // Lines inside a cell and hard spaces come from copying out of Word; no list means them.
    private static string Clean(string text)
    {
        string trimmed = text.Trim().Trim('\u00A0', '\uFEFF', '\u200B');
        if (trimmed.AsSpan().IndexOfAnyInRange('\0', '\u001F') >= 0)
            trimmed = string.Join(' ', trimmed.Split(Controls, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return trimmed.IsNormalized() ? trimmed : trimmed.Normalize();
    }

    private static readonly char[] Controls = [.. Enumerable.Range(0, 32).Select(c => (char)c)];
}

/// <summary>A row with its line in the sheet, from 1.</summary>
internal readonly record struct SheetRow(int Line, SheetCell[] Cells)
{
    /// <summary>The cell of a column; empty beyond the row's end.</summary>
    public SheetCell this[int column] => column >= 0 && column < Cells.Length ? Cells[column] : SheetCell.None;

    public bool IsEmpty => !Array.Exists(Cells, c => c.Form != CellForm.Empty);
}

/// <summary>One sheet of a workbook, or a whole CSV file. Its rows are read once, in order.</summary>
/// <param name="Name">Name of the sheet; empty for a CSV file.</param>
/// <param name="Rows">Rows that hold anything.</param>
internal sealed record Sheet(string Name, IEnumerable<SheetRow> Rows);

/// <summary>The file as a whole can't be read.</summary>
/// <param name="message">What is wrong, in Vietnamese.</param>
/// <param name="fix">What to do, in Vietnamese.</param>
internal sealed class UnreadableFileException(string message, string fix) : Exception(message)
{
    /// <summary>What to do.</summary>
    public string Fix { get; } = fix;
}
