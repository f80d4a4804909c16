namespace LienThong.Gateway.Storage;

/// <summary>
/// What judging needs of the database, kept in memory and read anew once it may be out of date, so that a change, also one made on another node,
/// is soon seen. Judging that has begun goes on with what it began with.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="fresh">How long a value is taken for current.</param>
/// <param name="read">Reads it; is given the value before, null at first, and returns that one when nothing has changed.</param>
internal sealed class Refreshed<T>(TimeProvider time, TimeSpan fresh, Func<T?, T> read)
    where T : class
{
    private readonly Lock gate = new();
    private T? value;
    private long checkedAt = long.MinValue;
    private int expired;

    /// <summary>The value. The first time everybody waits for it; later one caller reads it anew while the others go on with the one before.</summary>
    public T Value
    {
        get
        {
            long now = time.GetTimestamp();
            long last = Volatile.Read(ref checkedAt);
            if (last != long.MinValue && time.GetElapsedTime(last, now) < fresh)
                return value!;
            if (last == long.MinValue)
                gate.Enter();
            else if (!gate.TryEnter())
                return value!;
            try
            {
                if (Volatile.Read(ref checkedAt) != last)
                    return value!;
                int before = Volatile.Read(ref expired);
                value = read(value);
                // What expired while it was being read is read again.
                if (Volatile.Read(ref expired) == before)
                    Volatile.Write(ref checkedAt, now);
                return value;
            }
            finally
            {
                gate.Exit();
            }
        }
    }

    /// <summary>Reads anew at the next use; everybody waits for it.</summary>
    public void Expire()
    {
        Interlocked.Increment(ref expired);
        Volatile.Write(ref checkedAt, long.MinValue);
    }
}
