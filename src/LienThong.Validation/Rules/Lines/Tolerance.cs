namespace LienThong.Validation;

/// <summary>
/// An amount against the amounts it may be. Up to 0.01 đ apart is equal, up to 2 đ a rounding difference (warning), more is broken.
/// </summary>
internal struct Tolerance(decimal amount)
{
    private decimal gap = decimal.MaxValue;
    private decimal nearest;

    /// <summary>Allows an amount; the nearest one allowed decides.</summary>
    public void Allow(decimal expected)
    {
        decimal apart = Math.Abs(amount - expected);
        if (apart >= gap) return;
        gap = apart;
        nearest = expected;
    }

    /// <summary>True when an allowed amount lies within 2 đ.</summary>
    public readonly bool IsNear => gap <= 2m;

    /// <summary>True when an allowed amount is the same.</summary>
    public readonly bool IsEqual => gap <= 0.01m;

    /// <summary>The answer; <paramref name="mildly"/> makes a warning of what would be broken.</summary>
    public readonly Answer Judge(decimal expected, bool mildly = false)
    {
        if (IsEqual) return Answer.Holds;
        Breach breach = Breach.Expect(IsNear ? nearest : expected);
        return IsNear || mildly ? breach.Weighing(LienThong.Standard.Severity.Warn) : breach;
    }
}
