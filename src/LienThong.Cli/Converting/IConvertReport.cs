using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>Takes the results of a conversion while it goes on.</summary>
internal interface IConvertReport
{
    /// <summary>A file begins.</summary>
    public void BeginFile(PlannedFile file);

    /// <summary>A record was converted.</summary>
    public void Converted(Record record, Conversion conversion);

    /// <summary>A record was left out.</summary>
    /// <param name="record">The record, maybe damaged.</param>
    /// <param name="why">The reason, in Vietnamese.</param>
    public void LeftOut(Record record, string why);

    /// <summary>A file is done.</summary>
    public void EndFile(PlannedFile file, IReadOnlyList<Problem> problems, ConvertTally tally);

    /// <summary>All files are done.</summary>
    public void End(ConvertTally tally);
}
