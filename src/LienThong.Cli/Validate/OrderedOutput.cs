namespace LienThong.Cli.Validate;

/// <summary>
/// Lets several workers print side by side while the output keeps the order of the files and memory stays bounded: the file
/// whose turn it is writes through, the others hold back a little and then wait.
/// </summary>
/// <param name="destination">Where it goes.</param>
/// <param name="gathers">Small files are written together, a call into the system for many: for what nobody reads before its end.</param>
internal sealed class OrderedOutput(Stream destination, bool gathers = false)
{
    private const int WriteFrom = 32 * 1024;
    private const int HoldBack = 2 * 1024 * 1024;

    private readonly object gate = new();
    private readonly Dictionary<int, ByteBuffer> done = [];
    private readonly Stack<ByteBuffer> buffers = new();
    private readonly ByteBuffer gathered = new(gathers ? WriteFrom * 2 : 0);
    private int turn;
    private bool broken;

    /// <summary>Starts the output of a file. Files are started in order, each exactly once.</summary>
    public Part Open(int index)
    {
        lock (gate)
        {
            return new Part(this, index, buffers.TryPop(out ByteBuffer? buffer) ? buffer : new ByteBuffer(WriteFrom * 2));
        }
    }

    /// <summary>Nothing can be printed any more: lets everybody who waits go.</summary>
    public void Break()
    {
        lock (gate)
        {
            broken = true;
            Monitor.PulseAll(gate);
        }
    }

    private bool IsTurn(int index, bool wait)
    {
        lock (gate)
        {
            while (wait && turn != index && !broken) Monitor.Wait(gate);
            if (broken) throw new OperationCanceledException("The output is broken.");
            return turn == index;
        }
    }

    /// <summary>Writes what was held back to be written together. Call when all files are closed.</summary>
    public void Flush()
    {
        if (gathered.Count == 0) return;
        destination.Write(gathered.Written);
        gathered.Clear();
    }

    // Only called by the file whose turn it is, or under the lock.
    private void Write(ByteBuffer buffer)
    {
        if (gathers && gathered.Count + buffer.Count < WriteFrom)
        {
            gathered.Write(buffer.Written);
        }
        else
        {
            Flush();
            destination.Write(buffer.Written);
        }

        buffer.Clear();
    }

    private void Close(int index, ByteBuffer own)
    {
        lock (gate)
        {
            if (turn != index)
            {
                done[index] = own;
                return;
            }

            ByteBuffer? next = own;
            do
            {
                Write(next);
                buffers.Push(next);
                turn++;
            }
            while (done.Remove(turn, out next));
            Monitor.PulseAll(gate);
        }
    }

    /// <summary>What one file prints; only the file's worker touches it.</summary>
    internal readonly struct Part(OrderedOutput owner, int index, ByteBuffer buffer)
    {
        /// <summary>Where the bytes go.</summary>
        public ByteBuffer Buffer => buffer;

        /// <summary>Position of the file, from 0.</summary>
        public int Index => index;

        /// <summary>Call between records: passes on what has gathered, or waits when too much is held back.</summary>
        public void Pass()
        {
            if (buffer.Count < WriteFrom) return;
            if (owner.IsTurn(index, wait: buffer.Count >= HoldBack)) owner.Write(buffer);
        }

        /// <summary>Ends the file's output.</summary>
        public void Close() => owner.Close(index, buffer);
    }
}
