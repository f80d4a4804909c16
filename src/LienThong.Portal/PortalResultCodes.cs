namespace LienThong.Portal;

/// <summary>What a result code makes of a send.</summary>
public enum PortalHandling
{
    /// <summary>Received.</summary>
    Accepted,

    /// <summary>Refused; a data, signing or deadline fault that only a new version mends.</summary>
    Rejected,

    /// <summary>The portal itself is not sure: outcome unknown.</summary>
    Unknown,

    /// <summary>Token not valid: log in once, repeat once.</summary>
    SignInAgain,

    /// <summary>Account or facility configuration is wrong: stop the facility's queue, tell a person.</summary>
    StopFacility,
}

/// <summary>One line of the result-code table.</summary>
/// <param name="Code"><c>maKetQua</c>.</param>
/// <param name="Handling">What it makes of a send.</param>
/// <param name="Meaning">Vietnamese, for people.</param>
/// <param name="Remedy">Vietnamese: what to do.</param>
/// <param name="Source">Where the meaning comes from.</param>
public sealed record PortalResultCode(string Code, PortalHandling Handling, string Meaning, string Remedy, string Source)
{
    /// <summary>Family of services in which the code means this (<c>tt12</c>, <c>hanoi</c>, …); empty: wherever the family has no line of its own.</summary>
    public string Family { get; init; } = "";
}

/// <summary>Result codes of the submission services as extendable data; a code that isn't listed is a refusal shown verbatim.</summary>
public sealed class PortalResultCodes
{
    private readonly Dictionary<(string Family, string Code), PortalResultCode> byCode;

    private PortalResultCodes(Dictionary<(string Family, string Code), PortalResultCode> byCode) => this.byCode = byCode;

    /// <summary>The table shipped with this version (<c>Data/result_codes.csv</c>).</summary>
    public static PortalResultCodes Default { get; } = ReadDefault();

    /// <summary>All lines that aren't of one family only: the codes of the national portal's record services.</summary>
    public IReadOnlyCollection<PortalResultCode> All => OfFamily("");

    /// <summary>All lines of one family.</summary>
    public IReadOnlyCollection<PortalResultCode> OfFamily(string family) =>
        [.. byCode.Values.Where(line => string.Equals(line.Family, family, StringComparison.Ordinal))];

    /// <summary>The line of a code; an unlisted code gives <see cref="PortalHandling.Rejected"/> with a text that says so.</summary>
    /// <param name="code">The code as received.</param>
    /// <param name="family">Its line comes before the common one.</param>
    public PortalResultCode Get(string code, string family = "") => Find(code, family) ?? Find(code, "") ?? Unlisted(code);

    /// <summary>The line of exactly this family; null when there is none.</summary>
    public PortalResultCode? Find(string code, string family) => byCode.GetValueOrDefault((family, code));

    private static PortalResultCode Unlisted(string code) =>
        new PortalResultCode(code, PortalHandling.Rejected, $"Cổng từ chối với mã {code} (chưa có trong bảng mã)",
            "Xem nội dung Cổng báo; nếu chưa rõ hãy hỏi BHXH, rồi bổ sung mã này vào bảng mã", "");

    /// <summary>This table with the lines of <paramref name="reader"/> added or put in place of lines with the same code.</summary>
    /// <param name="reader">Header line, then <c>code,handling,meaning,remedy,source</c> and perhaps <c>,family</c>; handling: accepted, rejected, unknown, sign_in_again, stop_facility.</param>
    /// <exception cref="FormatException">Too few fields or an unknown handling.</exception>
    public PortalResultCodes With(TextReader reader)
    {
        var merged = new Dictionary<(string Family, string Code), PortalResultCode>(byCode);
        foreach (string[] row in PortalCsv.Rows(reader, 5))
        {
            string family = row.Length > 5 ? row[5] : "";
            merged[(family, row[0])] = new PortalResultCode(row[0], Handling(row[1]), row[2], row[3], row[4]) { Family = family };
        }

        return new PortalResultCodes(merged);
    }

    private static PortalResultCodes ReadDefault()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("result_codes.csv");
        return new PortalResultCodes([]).With(reader);
    }

    private static PortalHandling Handling(string name) => name switch
    {
        "accepted" => PortalHandling.Accepted,
        "rejected" => PortalHandling.Rejected,
        "unknown" => PortalHandling.Unknown,
        "sign_in_again" => PortalHandling.SignInAgain,
        "stop_facility" => PortalHandling.StopFacility,
        _ => throw new FormatException($"Unknown handling «{name}»."),
    };
}
