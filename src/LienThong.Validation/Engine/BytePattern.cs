using System.Globalization;
using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// An anchored regular expression over UTF-8 text, compiled to a state table at first use: one look-up per byte, no allocation.
/// Knows literals, classes, groups, alternatives and the quantifiers <c>? * + {n} {n,m}</c>: what the standard's patterns need.
/// </summary>
internal sealed class BytePattern
{
    private const int Width = 256;
    private const short Dead = -1;
    private readonly string pattern;
    private Table? table;

    private BytePattern(string pattern) => this.pattern = pattern;

    /// <summary>The pattern as the standard writes it.</summary>
    public string Source => pattern;

    public static BytePattern Of(string pattern) => new(pattern);

    public bool Matches(ReadOnlySpan<byte> text)
    {
        Table states = table ??= new Builder(pattern).Build();
        int state = 0;
        byte[] classes = states.ClassOf;
        short[] next = states.Next;
        foreach (byte b in text)
        {
            state = next[(state * states.Classes) + classes[b]];
            if (state < 0) return false;
        }

        return states.Accepts[state];
    }

    /// <summary>The texts it matches when there are at most <paramref name="most"/> of them, in order; otherwise none.</summary>
    public IReadOnlyList<string> Words(int most)
    {
        Table states = table ??= new Builder(pattern).Build();
        var words = new List<string>();
        return Collect(states, 0, "", words, most, depth: 0) ? words : [];
    }

    private static bool Collect(Table states, int state, string text, List<string> words, int most, int depth)
    {
        const int Deepest = 8;
        if (states.Accepts[state]) words.Add(text);
        if (words.Count > most || depth > Deepest) return false;
        for (int b = 0; b < Width; b++)
        {
            int next = states.Next[(state * states.Classes) + states.ClassOf[b]];
            if (next < 0) continue;
            if (b > 127 || !Collect(states, next, text + (char)b, words, most, depth + 1)) return false;
        }

        return true;
    }

    // Bytes that no part of the pattern tells apart share a column.
    private sealed record Table(byte[] ClassOf, int Classes, short[] Next, bool[] Accepts);

    /// <summary>Thompson's construction, then subsets.</summary>
    private sealed class Builder(string pattern)
    {
        private readonly List<Edge> edges = [];
        private int states;
        private int at;

        public Table Build()
        {
            if (pattern.Length < 2 || pattern[0] != '^' || pattern[^1] != '$') throw new FormatException($"The pattern {pattern} isn't anchored.");
            at = 1;
            int start = NewState();
            int end = Alternatives(start);
            if (at != pattern.Length - 1) throw new FormatException($"The pattern {pattern} can't be read at {at.ToString(CultureInfo.InvariantCulture)}.");
            return Subsets(start, end);
        }

        private int NewState() => states++;

        private void Link(int from, int to, bool[]? on = null) => edges.Add(new Edge(from, to, on));

        private int Alternatives(int from)
        {
            int end = NewState();
            while (true)
            {
                int start = NewState();
                Link(from, start);
                Link(Sequence(start), end);
                if (pattern[at] != '|') return end;
                at++;
            }
        }

        private int Sequence(int from)
        {
            while (pattern[at] is not ('|' or ')') && at < pattern.Length - 1) from = Repeated(from);
            return from;
        }

        private int Repeated(int from)
        {
            int atomAt = at;
            int start = NewState();
            int end = Atom(start);
            (int min, int max) = Quantifier();
            int after = at;
            if (min == 1 && max == 1)
            {
                Link(from, start);
                return end;
            }

            int current = from;
            int exit = NewState();
            for (int i = 0; i < Math.Max(min, max); i++)
            {
                if (i >= min) Link(current, exit);
                at = atomAt;
                int copy = NewState();
                Link(current, copy);
                current = Atom(copy);
            }

            if (max == int.MinValue)
            {
                int loop = NewState();
                Link(current, loop);
                at = atomAt;
                int copy = NewState();
                Link(loop, copy);
                Link(Atom(copy), loop);
                current = loop;
            }

            at = after;
            Link(current, exit);
            return exit;
        }

        // No upper bound is int.MinValue, so that Math.Max(min, max) copies the atom min times.
        private (int Min, int Max) Quantifier()
        {
            switch (pattern[at])
            {
                case '?':
                    at++;
                    return (0, 1);
                case '*':
                    at++;
                    return (0, int.MinValue);
                case '+':
                    at++;
                    return (1, int.MinValue);
                case '{':
                    int close = pattern.IndexOf('}', at);
                    string[] bounds = pattern[(at + 1)..close].Split(',');
                    at = close + 1;
                    int min = CsvData.Number(bounds[0]);
                    return (min, bounds.Length == 1 ? min : CsvData.Number(bounds[1]));
                default:
                    return (1, 1);
            }
        }

        private int Atom(int from)
        {
            if (pattern[at] == '(')
            {
                at++;
                int end = Alternatives(from);
                at++;
                return end;
            }

            return pattern[at] == '[' ? Step(from, Class()) : Literal(from);
        }

        private int Step(int from, bool[] on)
        {
            int to = NewState();
            Link(from, to, on);
            return to;
        }

        private int Literal(int from)
        {
            Rune rune = Next();
            Span<byte> utf8 = stackalloc byte[4];
            foreach (byte b in utf8[..rune.EncodeToUtf8(utf8)])
            {
                var on = new bool[Width];
                on[b] = true;
                from = Step(from, on);
            }

            return from;
        }

        private bool[] Class()
        {
            var on = new bool[Width];
            at++;
            bool not = pattern[at] == '^';
            if (not) at++;
            while (pattern[at] != ']')
            {
                if (pattern[at] == '\\' && pattern[at + 1] == 's')
                {
                    at += 2;
                    foreach (char blank in " \t\r\n") on[blank] = true;
                    continue;
                }

                int first = Next().Value;
                int last = first;
                if (pattern[at] == '-' && pattern[at + 1] != ']')
                {
                    at++;
                    last = Next().Value;
                }

                if (last > 127) throw new FormatException($"The pattern {pattern} has a class with letters outside ASCII.");
                for (int b = first; b <= last; b++) on[b] = true;
            }

            at++;
            if (not)
            {
                for (int b = 0; b < Width; b++) on[b] = !on[b];
            }

            return on;
        }

        private Rune Next()
        {
            if (pattern[at] == '\\') at++;
            Rune rune = Rune.GetRuneAt(pattern, at);
            at += rune.Utf16SequenceLength;
            return rune;
        }

        // Sets of states are bit sets; plain loops over arrays, because this runs once per pattern in every new process.
        private Table Subsets(int start, int end)
        {
            var classOf = new byte[Width];
            List<byte> samples = ByteClasses(classOf);
            var sets = new List<ulong[]>();
            var next = new List<short[]>();
            Edge[][] free = From(withBytes: false);
            Edge[][] taking = From(withBytes: true);
            ulong[] first = Empty();
            Add(first, start, free);
            sets.Add(first);
            for (int i = 0; i < sets.Count; i++)
            {
                var row = new short[samples.Count];
                for (int c = 0; c < row.Length; c++) row[c] = Find(sets, Step(sets[i], samples[c], taking, free));
                next.Add(row);
            }

            var accepts = new bool[sets.Count];
            for (int i = 0; i < accepts.Length; i++) accepts[i] = Has(sets[i], end);
            return new Table(classOf, samples.Count, Flat(next, samples.Count), accepts);
        }

        private static short[] Flat(List<short[]> rows, int width)
        {
            var flat = new short[rows.Count * width];
            for (int i = 0; i < rows.Count; i++) rows[i].CopyTo(flat, i * width);
            return flat;
        }

        private static short Find(List<ulong[]> sets, ulong[]? set)
        {
            if (set is null) return Dead;
            for (int i = 0; i < sets.Count; i++)
            {
                if (Equal(sets[i], set)) return (short)i;
            }

            sets.Add(set);
            return (short)(sets.Count - 1);
        }

        private static bool Equal(ulong[] a, ulong[] b)
        {
            for (int i = 0; i < a.Length; i++)
            {
                if (a[i] != b[i]) return false;
            }

            return true;
        }

        private static bool Has(ulong[] set, int state) => (set[state >> 6] & (1UL << (state & 63))) != 0;

        private static void Add(ulong[] set, int state, Edge[][] free)
        {
            if (Has(set, state)) return;
            set[state >> 6] |= 1UL << (state & 63);
            foreach (Edge edge in free[state]) Add(set, edge.To, free);
        }

        private ulong[] Empty() => new ulong[(states + 63) / 64];

        private ulong[]? Step(ulong[] set, byte b, Edge[][] taking, Edge[][] free)
        {
            ulong[]? reached = null;
            for (int state = 0; state < states; state++)
            {
                if (!Has(set, state)) continue;
                foreach (Edge edge in taking[state])
                {
                    if (edge.On![b]) Add(reached ??= Empty(), edge.To, free);
                }
            }

            return reached;
        }

        private Edge[][] From(bool withBytes)
        {
            var lists = new List<Edge>?[states];
            foreach (Edge edge in edges)
            {
                if (edge.On is not null == withBytes) (lists[edge.From] ??= []).Add(edge);
            }

            var from = new Edge[states][];
            for (int i = 0; i < from.Length; i++) from[i] = lists[i]?.ToArray() ?? [];
            return from;
        }

        private List<byte> ByteClasses(byte[] classOf)
        {
            var samples = new List<byte> { 0 };
            foreach (Edge edge in edges)
            {
                if (edge.On is not { } on) continue;
                var split = new int[Width];
                int before = samples.Count;
                for (int b = 0; b < Width; b++)
                {
                    byte old = classOf[b];
                    if (old >= before || on[b] == on[samples[old]]) continue;
                    if (split[old] == 0)
                    {
                        split[old] = samples.Count;
                        samples.Add((byte)b);
                    }

                    classOf[b] = (byte)split[old];
                }
            }

            return samples;
        }

        private sealed class Edge(int from, int to, bool[]? on)
        {
            public int From { get; } = from;

            public int To { get; } = to;

            /// <summary>The bytes it takes; null when it takes none.</summary>
            public bool[]? On { get; } = on;
        }
    }
}
