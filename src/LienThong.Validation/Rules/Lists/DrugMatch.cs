using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// The rows of form 03/DM that a drug line may be: same code, then same registration, strength and tender. An empty text on either side
/// agrees with all: that it is missing is told elsewhere. Worked out once per line, for all rules that ask.
/// </summary>
internal sealed class DrugMatch
{
    private const int Complete = 4;
    private const int TenderParts = 4;
    private int position;
    private int askedFor;
    private bool concerned;
    private int best;
    private int left;
    private CodeRow only;
    private CodeRows rows;

    /// <summary>The first field that leaves no row; null when a row is left.</summary>
    public FieldId? FirstDifference => best switch
    {
        0 => Xml2.MA_THUOC,
        1 => Xml2.SO_DANG_KY,
        2 => Xml2.HAM_LUONG,
        3 => Xml2.TT_THAU,
        _ => null,
    };

    /// <summary>Begins with another record.</summary>
    public void Start() => position = askedFor = 0;

    /// <summary>A line of XML2 that insurance pays and lists know by its ingredient.</summary>
    public bool Concerns(Row line, RecordView record)
    {
        if (askedFor == line.Position) return concerned;
        askedFor = line.Position;
        return concerned = record.Lines.Of(line).Scope == 1 && DrugListRules.IsListable(line);
    }

    /// <summary>Looks a line of XML2 up.</summary>
    public DrugMatch Of(Row line, CodeList list, DateOnly day)
    {
        if (position == line.Position) return this;
        position = line.Position;
        rows = list.Rows(line[Xml2.MA_THUOC].Trimmed, day);
        best = 0;
        left = 0;
        foreach (CodeRow row in rows)
        {
            int agreement = Agreement(row, line);
            best = Math.Max(best, agreement);
            if (agreement == Complete && left++ == 0) only = row;
        }

        return this;
    }

    /// <summary>True when a row that is left has this text in the column, or none.</summary>
    public bool AnySame(int column, Value value)
    {
        if (left > 0 && (only[column].IsEmpty || only[column].SequenceEqual(value.Trimmed))) return true;

        // Rare: several rows, or written otherwise. Rows that aren't left hardly ever have the same name.
        return Names.AnySame(rows, column, value);
    }

    /// <summary>The highest price (VND) of the rows that are left; null when none has one.</summary>
    public decimal? HighestPrice(Row line)
    {
        if (left == 1) return Higher(only.Number(Columns.Price), only.Number(Columns.InsurancePrice));
        decimal? most = null;
        foreach (CodeRow row in rows)
        {
            decimal? price = Agreement(row, line) == Complete ? Higher(row.Number(Columns.Price), row.Number(Columns.InsurancePrice)) : null;
            if (price is not null && !(price <= most)) most = price;
        }

        return most;
    }

    private static decimal? Higher(Read<decimal> a, Read<decimal> b) =>
        !a.IsPresent ? (b.IsPresent ? b.Value : null) : b.IsPresent && b.Value > a.Value ? b.Value : a.Value;

    // How far a row agrees: 1 the code alone, 4 everything.
    private static int Agreement(CodeRow row, Row line)
    {
        if (!Same(row[Columns.Registration], line[Xml2.SO_DANG_KY].Trimmed)) return 1;
        if (!Same(row[Columns.Strength], line[Xml2.HAM_LUONG].Trimmed)) return 2;
        ReadOnlySpan<byte> listed = row[Columns.Tender];
        ReadOnlySpan<byte> own = line[Xml2.TT_THAU].Trimmed;
        return listed.SequenceEqual(own) || Same(Tender(listed), Tender(own)) ? Complete : 3;
    }

    private static bool Same(ReadOnlySpan<byte> listed, ReadOnlySpan<byte> own) => listed.IsEmpty || own.IsEmpty || Names.SameStrength(listed, own);

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
