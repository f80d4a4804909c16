using System.Buffers;
using System.Text;

namespace LienThong.Extracts;

/// <summary>The cells of a row that are needed, packed to wait for the other rows of their visit.</summary>
internal sealed class RowCells
{
    private string[] texts = [];
    private CellForm[] forms = [];

    /// <summary>Number of the source.</summary>
    public int Source { get; private set; }

    /// <summary>Line in the source.</summary>
    public long Line { get; private set; }

    /// <summary>Text of a slot.</summary>
    public string this[int slot] => texts[slot];

    /// <summary>What the cell in a slot was.</summary>
    public CellForm Form(int slot) => forms[slot];

    /// <summary>Packs the current row of a source.</summary>
    public static void Pack(ArrayBufferWriter<byte> to, int number, SourcePlan plan, RowSource rows)
    {
        Put(to, (ulong)number);
        Put(to, (ulong)rows.Line);
        foreach (int column in plan.Slots)
        {
            string text = rows[column];
            int bytes = Encoding.UTF8.GetByteCount(text);
            Put(to, ((ulong)bytes << 2) | (uint)rows.Form(column));
            if (bytes == 0) continue;
            Encoding.UTF8.GetBytes(text, to.GetSpan(bytes));
            to.Advance(bytes);
        }
    }

    /// <summary>Unpacks a row.</summary>
    /// <param name="packed">What <see cref="Pack"/> wrote.</param>
    /// <param name="plans">The plans by number of the source.</param>
    /// <returns>The plan of its source.</returns>
    public SourcePlan Unpack(ReadOnlySpan<byte> packed, IReadOnlyList<SourcePlan> plans)
    {
        int at = 0;
        Source = (int)Take(packed, ref at);
        Line = (long)Take(packed, ref at);
        SourcePlan plan = plans[Source];
        if (texts.Length < plan.Slots.Count)
        {
            texts = new string[plan.Slots.Count];
            forms = new CellForm[plan.Slots.Count];
        }

        for (int i = 0; i < plan.Slots.Count; i++)
        {
            ulong head = Take(packed, ref at);
            int bytes = (int)(head >> 2);
            forms[i] = (CellForm)(head & 3);
            texts[i] = bytes == 0 ? "" : Encoding.UTF8.GetString(packed.Slice(at, bytes));
            at += bytes;
        }

        return plan;
    }

    private static void Put(ArrayBufferWriter<byte> to, ulong number)
    {
        Span<byte> span = to.GetSpan(10);
        int length = 0;
        for (; number >= 0x80; number >>= 7) span[length++] = (byte)(number | 0x80);
        span[length++] = (byte)number;
        to.Advance(length);
    }

    private static ulong Take(ReadOnlySpan<byte> from, ref int at)
    {
        ulong number = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte b = from[at++];
            number |= (ulong)(b & 0x7F) << shift;
            if (b < 0x80) return number;
        }
    }
}
