namespace LienThong.Validation;

/// <summary>
/// Values of a type of ours, appended one by one. The framework's list of such a type would have to be compiled at every start,
/// because it isn't part of the ahead-of-time image.
/// </summary>
internal sealed class Growing<T>
    where T : struct
{
    private T[] items = new T[64];

    public int Count { get; private set; }

    /// <summary>A value, to be read or changed in place.</summary>
    public ref T this[int at] => ref items[at];

    public void Add(T item)
    {
        if (Count == items.Length) items = Copy(items.Length * 2);
        items[Count++] = item;
    }

    /// <summary>The values, in an array of their number.</summary>
    public T[] ToArray() => Copy(Count);

    private T[] Copy(int length)
    {
        var copy = new T[length];
        Array.Copy(items, copy, Count);
        return copy;
    }
}
