namespace LienThong.Standard;

/// <summary>A table of the data standard, by its number (XML0 check-in … XML15 tuberculosis).</summary>
public enum TableId : byte
{
    /// <summary>Check-in status; a document of its own.</summary>
    Xml0,

    /// <summary>Episode summary; exactly one row in every record.</summary>
    Xml1,

    /// <summary>Drug lines.</summary>
    Xml2,

    /// <summary>Service and supply lines.</summary>
    Xml3,

    /// <summary>Paraclinical results.</summary>
    Xml4,

    /// <summary>Clinical notes.</summary>
    Xml5,

    /// <summary>HIV care record.</summary>
    Xml6,

    /// <summary>Discharge paper.</summary>
    Xml7,

    /// <summary>Medical-record summary.</summary>
    Xml8,

    /// <summary>Birth certificate of the facility.</summary>
    Xml9,

    /// <summary>Maternity-rest certificate.</summary>
    Xml10,

    /// <summary>Sick-leave certificate.</summary>
    Xml11,

    /// <summary>Medical assessment; a document of its own, never part of a package.</summary>
    Xml12,

    /// <summary>Referral or change-of-facility paper.</summary>
    Xml13,

    /// <summary>Re-examination letter.</summary>
    Xml14,

    /// <summary>Tuberculosis treatment.</summary>
    Xml15,
}

/// <summary>Names of the tables as the standard writes them.</summary>
public static class TableNames
{
    /// <summary>How many tables the standard knows.</summary>
    public const int Count = 16;

    private static readonly string[] All =
        ["XML0", "XML1", "XML2", "XML3", "XML4", "XML5", "XML6", "XML7", "XML8", "XML9", "XML10", "XML11", "XML12", "XML13", "XML14", "XML15"];

    /// <summary>The official name of a table, e.g. <c>XML3</c>.</summary>
    public static string Code(this TableId table) => All[(int)table];

    /// <summary>Finds a table by its official name, case-sensitive; false when there is none.</summary>
    public static bool TryParse(ReadOnlySpan<char> code, out TableId table)
    {
        for (int i = 0; i < All.Length; i++)
        {
            if (code.SequenceEqual(All[i]))
            {
                table = (TableId)i;
                return true;
            }
        }

        table = default;
        return false;
    }
}
