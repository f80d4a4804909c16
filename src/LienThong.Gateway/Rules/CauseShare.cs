using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LienThong.Gateway.Records;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Rules;

/// <summary>What findings of one cause have in common, with one of them as an example.</summary>
/// <param name="Id">64 bits of a hash over everything that makes two findings the same cause, facility included.</param>
/// <param name="Rule">Rule code.</param>
/// <param name="Table">Table code.</param>
/// <param name="Field">Field; empty when none is meant.</param>
/// <param name="Cause">Kind, key and who can mend it.</param>
/// <param name="Example">A value as received.</param>
/// <param name="Message">What one of the findings says.</param>
/// <param name="Fix">What one of the findings asks to do.</param>
internal sealed record CauseHead(long Id, string Rule, string Table, string Field, FindingCause Cause, string Example, string Message, string Fix)
{
    private const int LongestExample = 100;

    public static CauseHead Of(string facility, StoredFinding f, FindingCause cause) => new(
        IdOf(facility, f.Rule, f.Table, f.Field, cause), f.Rule, f.Table, f.Field, cause, Short(f.Value, LongestExample), f.Message, f.Fix);

    public static long IdOf(string facility, string rule, string table, string field, FindingCause cause)
    {
        string text = string.Join('\u001f', facility, rule, table, field, (int)cause.Kind, cause.Key);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(text), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private static string Short(string text, int most) => text.Length <= most ? text : text[..most];
}

/// <summary>How much of a cause one record has; findings that one exception changed stand apart from the others.</summary>
/// <param name="Cause">The cause.</param>
/// <param name="Exception">Exception that changed them; empty for none.</param>
/// <param name="Suppressed">Whether they count no longer.</param>
internal sealed record CauseShare(CauseHead Cause, string Exception, bool Suppressed)
{
    /// <summary>Findings.</summary>
    public int Findings { get; set; }

    /// <summary>Those that block.</summary>
    public int Blocks { get; set; }

    /// <summary>VND: a blocked record as a whole once, else its rows' amounts together.</summary>
    public decimal AtRisk { get; set; }

    /// <summary>Department of the first one.</summary>
    public string Department { get; init; } = "";

    /// <summary>The shares of one record.</summary>
    public static List<CauseShare> Of(string facility, IReadOnlyList<StoredFinding> findings)
    {
        List<CauseShare> shares = [];
        foreach (StoredFinding f in findings)
        {
            FindingCause cause = FindingCause.Of(AppliedExceptions.Facts(f, default));
            CauseShare? share = shares.Find(s => s.Cause.Cause == cause && s.Cause.Rule == f.Rule && s.Cause.Table == f.Table && s.Cause.Field == f.Field
                && s.Exception == f.Exception && s.Suppressed == f.Suppressed);
            if (share is null)
                shares.Add(share = new CauseShare(CauseHead.Of(facility, f, cause), f.Exception, f.Suppressed) { Department = f.Department });
            share.Add(f);
        }
        return shares;
    }

    private void Add(StoredFinding f)
    {
        Findings++;
        decimal amount = f.AtRisk ?? 0;
        if (f.Severity == Severity.Block)
        {
            // A blocked record is refused as a whole, however many of its rows are wrong.
            AtRisk = Blocks == 0 ? amount : Math.Max(AtRisk, amount);
            Blocks++;
        }
        else if (Blocks == 0)
        {
            AtRisk += amount;
        }
    }
}
