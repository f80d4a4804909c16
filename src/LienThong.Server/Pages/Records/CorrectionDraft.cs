using System.Globalization;
using LienThong.Gateway.Records;

namespace LienThong.Server.Pages.Records;

/// <summary>What a person typed into <see cref="CorrectionForm"/>.</summary>
/// <param name="Cells">Cells as typed; those left empty aren't among them.</param>
/// <param name="Reason">Why; null when nothing was said.</param>
public sealed record CorrectionDraft(IReadOnlyList<CellDraft> Cells, ChangeReason? Reason)
{
    /// <summary>Cells a form offers.</summary>
    public const int MostCells = 5;

    /// <summary>Reads the form.</summary>
    public static CorrectionDraft Read(IFormCollection form)
    {
        List<CellDraft> cells = [];
        for (int i = 0; i < MostCells; i++)
        {
            CellDraft cell = new(At("o-bang", i).Trim().ToUpperInvariant(), At("o-dong", i).Trim(), At("o-truong", i).Trim().ToUpperInvariant(), At("o-gia-tri", i));
            if (cell.Field.Length > 0 || cell.Value.Length > 0)
                cells.Add(cell);
        }
        return new CorrectionDraft(cells, ReasonForm.Read(form));

        string At(string name, int i) => form[name] is { } values && i < values.Count ? values[i] ?? "" : "";
    }

    /// <summary>The cells to change; a row that is no number is row 0, which no table has.</summary>
    public IReadOnlyList<CellChange> Changes => [.. Cells.Select(c => new CellChange(
        c.Table, int.TryParse(c.Row, NumberStyles.None, CultureInfo.InvariantCulture, out int row) ? row : 0, c.Field, c.Value))];
}

/// <summary>A cell as typed.</summary>
/// <param name="Table">Table code.</param>
/// <param name="Row">Row from 1.</param>
/// <param name="Field">Field name.</param>
/// <param name="Value">New value.</param>
public sealed record CellDraft(string Table, string Row, string Field, string Value);
