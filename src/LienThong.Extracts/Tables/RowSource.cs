namespace LienThong.Extracts;

/// <summary>
/// Rows of a table from outside: a CSV file, a sheet of a workbook, the answer to a query. They are read once, in order, one in memory at a time.
/// Everything behind it (mapping, joining, building) is the same for all of them.
/// </summary>
/// <param name="name">Name of the file, sheet or query, as problems show it; mappings find it by this name, whatever its ending.</param>
public abstract class RowSource(string name) : IDisposable
{
    /// <summary>Name of the file, sheet or query.</summary>
    public string Name { get; } = name;

    /// <summary>Headers of the columns as they came, without blanks around them. Known before the first <see cref="Read"/>.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Line of the current row, from 1: the first line of a CSV record, the row of a sheet, the count of rows of a query.</summary>
    public abstract long Line { get; }

    /// <summary>Moves to the next row that holds anything.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="UnreadableExtractException">The rest can't be read.</exception>
    public abstract bool Read();

    /// <summary>Text of a cell of the current row as it came; empty for an empty cell, NULL, or a row that ends before it.</summary>
    /// <param name="column">Index into <see cref="Columns"/>.</param>
    public abstract string this[int column] { get; }

    /// <summary>What a cell was before it became text. Numbers and moments are in the forms named there; how text writes them, the mapping says.</summary>
    public virtual CellForm Form(int column) => CellForm.Text;

    /// <summary>Why the current row as a whole can't be trusted, in Vietnamese; null when it can.</summary>
    public virtual RowFault? Fault => null;

    /// <summary>How much of the source has been read, in the unit its owner measures it in (bytes of a file); for progress only.</summary>
    public virtual long Position => 0;

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Closes what the rows come from.</summary>
    protected virtual void Dispose(bool disposing)
    {
    }
}

/// <summary>What a cell was before it became text.</summary>
public enum CellForm
{
    /// <summary>Text.</summary>
    Text,

    /// <summary>A number, written with a point and without grouping (<see cref="NumberForm.Point"/>), whatever the mapping says of numbers in text. Zeros before it may have been lost.</summary>
    Number,

    /// <summary>A day or moment of Vietnam, written <c>yyyy-MM-dd HH:mm:ss</c>.</summary>
    Moment,

    /// <summary>An error of a formula, or a formula; its text is for the message only.</summary>
    Broken,
}

/// <summary>Why a row can't be trusted.</summary>
/// <param name="Message">What is wrong, in Vietnamese.</param>
/// <param name="Fix">What to do, in Vietnamese.</param>
/// <param name="Text">What was read instead of the row; visits whose keys stand in it are kept out, for rows of theirs may be lost.</param>
public sealed record RowFault(string Message, string Fix, string Text);

/// <summary>A source can't be read, from the start or from a line on.</summary>
/// <param name="problem">What is wrong, where, and what to do.</param>
public sealed class UnreadableExtractException(ExtractProblem problem) : Exception(problem.Message)
{
    /// <summary>What is wrong, where, and what to do.</summary>
    public ExtractProblem Problem { get; } = problem;
}
