using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Validate;

/// <summary>How results are printed. One per worker; what surrounds the files is printed by the first.</summary>
internal interface IReport
{
    /// <summary>Before the first file.</summary>
    void Start(Stream output);

    /// <summary>A file begins.</summary>
    void BeginFile(OrderedOutput.Part part, string path);

    /// <summary>A record of the file.</summary>
    void Record(Record record, string facility, Judgement judgement, bool blocked);

    /// <summary>The file ends; its problems are complete.</summary>
    void EndFile(IReadOnlyList<Problem> problems);

    /// <summary>After the last file.</summary>
    void Finish(Stream output, Tally tally);
}
