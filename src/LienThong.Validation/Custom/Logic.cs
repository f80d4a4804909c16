using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>
/// Logic and arithmetic over values that may be absent or malformed. What is decided by one side holds whatever the other is:
/// <c>false and ?</c> is false, <c>true or ?</c> is true. Otherwise malformed wins over absent.
/// </summary>
internal static class Logic
{
    public static Reader<bool> And(Reader<bool> first, Reader<bool> second) => Decide(first, second, decisive: false);

    public static Reader<bool> Or(Reader<bool> first, Reader<bool> second) => Decide(first, second, decisive: true);

    public static Reader<bool> Not(Reader<bool> value) => scope =>
    {
        Read<bool> read = value(scope);
        return read.IsPresent ? Read<bool>.Of(!read.Value) : read;
    };

    public static Reader<bool> Compare<T>(Reader<T> first, Reader<T> second, Func<int, bool> holds)
        where T : struct, IComparable<T> => scope =>
        {
            Read<T> a = first(scope);
            Read<T> b = second(scope);
            return a.IsPresent && b.IsPresent ? Read<bool>.Of(holds(a.Value.CompareTo(b.Value))) : Missing<T, T, bool>(a, b);
        };

    /// <summary>Computes when both are there; an overflow or a division by zero is malformed.</summary>
    public static Reader<decimal> Compute(Reader<decimal> first, Reader<decimal> second, Func<decimal, decimal, decimal> compute) => scope =>
    {
        Read<decimal> a = first(scope);
        Read<decimal> b = second(scope);
        if (!a.IsPresent || !b.IsPresent) return Missing<decimal, decimal, decimal>(a, b);
        try
        {
            return Read<decimal>.Of(compute(a.Value, b.Value));
        }
        catch (ArithmeticException)
        {
            return Read<decimal>.Malformed;
        }
    };

    public static Reader<T> Default<T>(Reader<T> value, Reader<T> other)
        where T : struct => scope => value(scope) is { IsAbsent: false } known ? known : other(scope);

    public static Read<TResult> Missing<TFirst, TSecond, TResult>(Read<TFirst> first, Read<TSecond> second)
        where TFirst : struct
        where TSecond : struct
        where TResult : struct => first.IsMalformed || second.IsMalformed ? Read<TResult>.Malformed : Read<TResult>.Absent;

    private static Reader<bool> Decide(Reader<bool> first, Reader<bool> second, bool decisive) => scope =>
    {
        Read<bool> a = first(scope);
        if (a.IsPresent && a.Value == decisive) return a;
        Read<bool> b = second(scope);
        if (b.IsPresent && b.Value == decisive) return b;
        return a.IsPresent && b.IsPresent ? b : Missing<bool, bool, bool>(a, b);
    };
}
