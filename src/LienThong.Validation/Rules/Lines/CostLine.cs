using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>The amounts of a cost line.</summary>
[Flags]
internal enum Amounts : ushort
{
    None = 0,
    Quantity = 1,
    Price = 1 << 1,
    Payable = 1 << 2,
    ServiceRate = 1 << 3,
    CoverRate = 1 << 4,
    Charged = 1 << 5,
    Covered = 1 << 6,
    Level = 1 << 7,
    Others = 1 << 8,
    Own = 1 << 9,
    Copaid = 1 << 10,
    Fund = 1 << 11,
}

/// <summary>A row of XML2 or XML3 with its amounts (VND) and moments read once. An empty amount is 0.</summary>
internal readonly struct CostLine
{
    /// <summary>Amounts whose text isn't a number.</summary>
    public Amounts Unreadable { get; init; }

    /// <summary><c>MA_NHOM</c>; 0 when it isn't a number.</summary>
    public int Group { get; init; }

    /// <summary><c>PHAM_VI</c>: 1 covered, 2 not, 3 covered for the forces; 0 when it is none of them.</summary>
    public int Scope { get; init; }

    /// <summary><c>SO_LUONG</c>.</summary>
    public decimal Quantity { get; init; }

    /// <summary><c>DON_GIA</c> or <c>DON_GIA_BV</c>.</summary>
    public decimal Price { get; init; }

    /// <summary>The price insurance recognises: <c>DON_GIA_BH</c>; the price itself for drugs.</summary>
    public decimal Payable { get; init; }

    /// <summary><c>TYLE_TT_DV</c> in percent; 100 for drugs.</summary>
    public decimal ServiceRate { get; init; }

    /// <summary><c>TYLE_TT_BH</c> in percent.</summary>
    public decimal CoverRate { get; init; }

    /// <summary><c>THANH_TIEN_BV</c>.</summary>
    public decimal Charged { get; init; }

    /// <summary><c>THANH_TIEN_BH</c>.</summary>
    public decimal Covered { get; init; }

    /// <summary><c>MUC_HUONG</c> in percent.</summary>
    public decimal Level { get; init; }

    /// <summary><c>T_NGUONKHAC</c>.</summary>
    public decimal Others { get; init; }

    /// <summary><c>T_BNTT</c>.</summary>
    public decimal Own { get; init; }

    /// <summary><c>T_BNCCT</c>.</summary>
    public decimal Copaid { get; init; }

    /// <summary><c>T_BHTT</c>.</summary>
    public decimal Fund { get; init; }

    /// <summary><c>NGAY_YL</c>.</summary>
    public Read<DateTime> Ordered { get; init; }

    /// <summary><c>NGAY_TH_YL</c>.</summary>
    public Read<DateTime> Done { get; init; }

    /// <summary><c>NGAY_KQ</c>; absent for drugs.</summary>
    public Read<DateTime> Finished { get; init; }

    /// <summary>True when all these amounts are numbers.</summary>
    public bool Has(Amounts amounts) => (Unreadable & amounts) == Amounts.None;

    /// <summary>A supply: cost group 10 or 11.</summary>
    public bool IsSupply => Group is 10 or 11;

    /// <summary>A bed: cost group 14, 15 or 16.</summary>
    public bool IsBed => Group is 14 or 15 or 16;

    /// <summary>A test, image, functional test, surgery or procedure: cost group 1, 2, 3, 8 or 18.</summary>
    public bool IsMeasured => Group is 1 or 2 or 3 or 8 or 18;
}
