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
public sealed record PortalResultCode(string Code, PortalHandling Handling, string Meaning, string Remedy, string Source);

/// <summary>Result codes of the submission services as extendable data; a code that isn't listed is a refusal shown verbatim.</summary>
public sealed class PortalResultCodes
{
    private readonly Dictionary<string, PortalResultCode> byCode;

    private PortalResultCodes(Dictionary<string, PortalResultCode> byCode) => this.byCode = byCode;

    /// <summary>The table shipped with this version (<c>Data/result_codes.csv</c>).</summary>
    public static PortalResultCodes Default { get; } = ReadDefault();

    /// <summary>All lines.</summary>
    public IReadOnlyCollection<PortalResultCode> All => byCode.Values;

    /// <summary>The line of a code; an unlisted code gives <see cref="PortalHandling.Rejected"/> with a text that says so.</summary>
    public PortalResultCode Get(string code) => byCode.TryGetValue(code, out PortalResultCode? known)
        ? known
        : new PortalResultCode(code, PortalHandling.Rejected, $"Cổng từ chối với mã {code} (chưa có trong bảng mã)",
            "Xem nội dung Cổng báo; nếu chưa rõ hãy hỏi BHXH, rồi bổ sung mã này vào bảng mã", "");

    /// <summary>This table with the lines of <paramref name="reader"/> added or put in place of lines with the same code.</summary>
    /// <param name="reader">Header line, then <c>code,handling,meaning,remedy,source</c>; handling: accepted, rejected, unknown, sign_in_again, stop_facility.</param>
    /// <exception cref="FormatException">Too few fields or an unknown handling.</exception>
    public PortalResultCodes With(TextReader reader)
    {
        var merged = new Dictionary<string, PortalResultCode>(byCode, StringComparer.Ordinal);
        foreach (string[] row in PortalCsv.Rows(reader, 5))
            merged[row[0]] = new PortalResultCode(row[0], Handling(row[1]), row[2], row[3], row[4]);
        return new PortalResultCodes(merged);
    }

    private static PortalResultCodes ReadDefault()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("result_codes.csv");
        return new PortalResultCodes(new(StringComparer.Ordinal)).With(reader);
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
