namespace LienThong.Samples.Building;

/// <summary>SplitMix64: chance that is the same on every machine and runtime, and cheap to start for every record.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong state = seed;

    /// <summary>Chance of one record: depends on seed, kind and index only, so order doesn't matter.</summary>
    public static Dice For(int seed, SampleKind kind, int index)
    {
        var dice = new Dice(((ulong)(uint)seed << 32) ^ (uint)index ^ ((ulong)kind << 61));
        dice.Next();
        return dice;
    }

    public ulong Next()
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A number from <paramref name="least"/> to <paramref name="most"/>, both included.</summary>
    public int Between(int least, int most) => least + (int)(Next() % (ulong)(most - least + 1));

    /// <summary>True in so many of a thousand cases.</summary>
    public bool PerMille(int cases) => Next() % 1000 < (ulong)cases;

    public T Pick<T>(T[] from) => from[(int)(Next() % (ulong)from.Length)];
}
