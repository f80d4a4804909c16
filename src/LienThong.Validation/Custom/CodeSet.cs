using System.Text;

namespace LienThong.Validation.Custom;

/// <summary>Codes written in a rule file. Looked up without allocation.</summary>
internal sealed class CodeSet
{
    private readonly byte[][] codes;

    /// <summary>Takes the codes; order and repetitions don't matter.</summary>
    public CodeSet(IEnumerable<string> codes)
    {
        this.codes = [.. codes.Select(static c => Encoding.UTF8.GetBytes(c.Trim().Normalize(NormalizationForm.FormC)))];
        Array.Sort(this.codes, static (a, b) => a.AsSpan().SequenceCompareTo(b));
    }

    /// <summary>Whether the code (trimmed UTF-8, compared byte by byte) is among them.</summary>
    public bool Contains(ReadOnlySpan<byte> code)
    {
        int low = 0;
        int high = codes.Length - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            int order = codes[middle].AsSpan().SequenceCompareTo(code);
            if (order == 0) return true;
            if (order < 0) low = middle + 1;
            else high = middle - 1;
        }

        return false;
    }
}
