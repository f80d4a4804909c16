namespace LienThong.Portal;

/// <summary>One result code of the card lookup.</summary>
/// <param name="Code"><c>maKetQua</c>, three digits.</param>
/// <param name="Group">Group of handling: <c>OK</c>, <c>OK_NEW_CARD</c>, <c>CHECK</c>, <c>INVALID</c>, <c>SETUP</c>, <c>REQUEST</c>, <c>RETRY</c>, <c>AUTH</c>; <c>UNKNOWN</c> for an unlisted code.</param>
/// <param name="Meaning">Vietnamese, for the desk.</param>
/// <param name="Remedy">Vietnamese: what to do.</param>
/// <param name="State">What it says of the card.</param>
public sealed record CardLookupCode(string Code, string Group, string Meaning, string Remedy, CardState State);

/// <summary>Result codes of the card lookup as extendable data.</summary>
/// <remarks>Source: CV 1923/BHXH-CNTT 2024, annex 3; what to do at the desk: NĐ 188/2025/NĐ-CP, Điều 37, 38, 50.</remarks>
public sealed class CardLookupCodes
{
    private readonly Dictionary<string, CardLookupCode> byCode;

    private CardLookupCodes(Dictionary<string, CardLookupCode> byCode) => this.byCode = byCode;

    /// <summary>The table shipped with this version (<c>Data/card_codes.csv</c>).</summary>
    public static CardLookupCodes Default { get; } = ReadDefault();

    /// <summary>All lines.</summary>
    public IReadOnlyCollection<CardLookupCode> All => byCode.Values;

    /// <summary>The line of a code; an unlisted one gets group <c>UNKNOWN</c>.</summary>
    public CardLookupCode Get(string code) => byCode.TryGetValue(code, out CardLookupCode? known)
        ? known
        : new CardLookupCode(code, "UNKNOWN", $"Mã {code} chưa có trong bảng mã", "Xem ghi chú của Cổng", CardState.Unverified);

    /// <summary>This table with the lines of <paramref name="reader"/> added or put in place.</summary>
    /// <param name="reader">Header line, then <c>code,group,meaning,remedy,source,state</c>; a line without a known state gets <see cref="CardState.Unverified"/>.</param>
    /// <exception cref="FormatException">Too few fields.</exception>
    public CardLookupCodes With(TextReader reader)
    {
        var merged = new Dictionary<string, CardLookupCode>(byCode, StringComparer.Ordinal);
        foreach (string[] row in PortalCsv.Rows(reader, 4))
        {
            CardState state = row.Length > 5 && Enum.TryParse(row[5], out CardState told) ? told : CardState.Unverified;
            merged[row[0]] = new CardLookupCode(row[0], row[1], row[2], row[3], state);
        }

        return new CardLookupCodes(merged);
    }

    private static CardLookupCodes ReadDefault()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("card_codes.csv");
        return new CardLookupCodes(new(StringComparer.Ordinal)).With(reader);
    }
}
