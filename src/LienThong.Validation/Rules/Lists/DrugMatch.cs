using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// The rows of form 03/DM that a drug line may be: same code, then same registration, strength and tender. An empty text on either side
/// agrees with all: that it is missing is told elsewhere.
/// </summary>
internal readonly ref struct DrugMatch
{
    private const int TenderParts = 4;
    private readonly CodeRows rows;
    private readonly ReadOnlySpan<byte> registration;
    private readonly ReadOnlySpan<byte> strength;
    private readonly ReadOnlySpan<byte> tender;

    public DrugMatch(Row row, CodeList list, DateOnly day)
    {
        rows = list.Rows(row[Xml2.MA_THUOC].Trimmed, day);
        registration = row[Xml2.SO_DANG_KY].Trimmed;
        strength = row[Xml2.HAM_LUONG].Trimmed;
        tender = row[Xml2.TT_THAU].Trimmed;
    }

    /// <summary>The first field that leaves no row; null when a row is left.</summary>
    public FieldId? FirstDifference
    {
        get
        {
            int best = 0;
            foreach (CodeRow row in rows) best = Math.Max(best, Agreement(row));
            return best switch
            {
                0 => Xml2.MA_THUOC,
                1 => Xml2.SO_DANG_KY,
                2 => Xml2.HAM_LUONG,
                3 => Xml2.TT_THAU,
                _ => null,
            };
        }
    }

    /// <summary>True when a row that is left has this text in the column.</summary>
    public bool AnySame(int column, Value value)
    {
        ReadOnlySpan<byte> text = value.Trimmed;
        foreach (CodeRow row in rows)
        {
            if (Agreement(row) == 4 && (row[column].IsEmpty || row[column].SequenceEqual(text))) return true;
        }

        // Rare: written otherwise. Rows that aren't left hardly ever have the same name.
        return Names.AnySame(rows, column, value);
    }

    /// <summary>The highest price (VND) of the rows that are left; null when none has one.</summary>
    public decimal? HighestPrice()
    {
        decimal? most = null;
        foreach (CodeRow row in rows)
        {
            if (Agreement(row) < 4) continue;
            foreach (int column in (ReadOnlySpan<int>)[Columns.Price, Columns.InsurancePrice])
            {
                Read<decimal> price = row.Number(column);
                if (price.IsPresent && !(price.Value <= most)) most = price.Value;
            }
        }

        return most;
    }

    // How far a row agrees: 1 the code alone, 4 everything.
    private int Agreement(CodeRow row)
    {
        if (!Same(row[Columns.Registration], registration)) return 1;
        if (!row[Columns.Strength].IsEmpty && !strength.IsEmpty && !Names.SameStrength(row[Columns.Strength], strength)) return 2;
        return Same(Tender(row[Columns.Tender]), Tender(tender)) ? 4 : 3;
    }

    private static bool Same(ReadOnlySpan<byte> listed, ReadOnlySpan<byte> own) =>
        listed.IsEmpty || own.IsEmpty || Names.SameStrength(listed, own);

    // Decision, package, group and year; what follows differs from order to order.
    private static ReadOnlySpan<byte> Tender(ReadOnlySpan<byte> text)
    {
        int parts = 0;
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] == (byte)';' && ++parts == TenderParts) return text[..i];
        }

        return text;
    }

    /// <summary>Columns of form 03/DM; found when the first drug is looked up.</summary>
    internal static class Columns
    {
        public static readonly int Name = FacilityLists.Drugs.At("TEN_THUOC");
        public static readonly int Unit = FacilityLists.Drugs.At("DON_VI_TINH");
        public static readonly int Route = FacilityLists.Drugs.At("MA_DUONG_DUNG");
        public static readonly int Form = FacilityLists.Drugs.At("DANG_BAO_CHE");
        public static readonly int Registration = FacilityLists.Drugs.At("SO_DANG_KY");
        public static readonly int Strength = FacilityLists.Drugs.At("HAM_LUONG");
        public static readonly int Tender = FacilityLists.Drugs.At("TT_THAU");
        public static readonly int Price = FacilityLists.Drugs.At("DON_GIA");
        public static readonly int InsurancePrice = FacilityLists.Drugs.At("DON_GIA_BH");
    }
}
