using System.Diagnostics.CodeAnalysis;

namespace LienThong.Standard;

/// <summary>
/// Reads packages, check-ins and medical assessments as they really come: one record in memory at a time, every deviation told
/// with its place, a damaged record reported while the rest of the file is read. No DTD, no external entity, bounded sizes.
/// </summary>
/// <example><code>
/// using var reader = new PackageReader(stream);
/// while (reader.Read(out Record? record)) { … }
/// foreach (Problem problem in reader.Problems) { … }
/// </code></example>
public sealed class PackageReader : IDisposable
{
    private readonly ReaderLimits limits;
    private readonly ByteWindow window;
    private readonly PackageEnvelope envelope;
    private readonly List<Problem> problems = [];
    private readonly Record record = new();
    private DocumentReader? document;
    private bool ended;
    private int suppressed;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The file; it is read once, forward, and not closed.</param>
    /// <param name="limits">How much to take; the default when null.</param>
    /// <param name="today">Vietnam day of checking, which <c>NGAYLAP</c> may not lie after (one day is allowed for clocks); null when it isn't asked.</param>
    public PackageReader(Stream stream, ReaderLimits? limits = null, DateOnly? today = null)
    {
        this.limits = limits ?? ReaderLimits.Default;
        window = new ByteWindow(EncodingGate.Open(stream, Report));
        envelope = new PackageEnvelope(window, this.limits, Report, today) { WasUtf16 = problems.Exists(p => p.Code == "PKG-ENC-001") };
    }

    /// <summary>Which document the file is; known after the first <see cref="Read"/>.</summary>
    public DocumentKind Kind => envelope.Kind;

    /// <summary>What stands around the records; complete after the first <see cref="Read"/>.</summary>
    public PackageHeader Header => envelope.Header;

    /// <summary>True when <c>CHUKYDONVI</c> holds something; known after the last record.</summary>
    public bool HasSignature => document?.HasSignature ?? envelope.HasSignature;

    /// <summary>Records found so far, damaged ones included.</summary>
    public int Count { get; private set; }

    /// <summary>What was wrong with the file so far.</summary>
    public IReadOnlyList<Problem> Problems => problems;

    /// <summary>Set by differential tests: reads everything by the strict route.</summary>
    internal bool StrictOnly { get; init; }

    /// <summary>
    /// Reads the next record; false at the end of the file. A record that can't be read at all is given as well
    /// (<see cref="Record.IsDamaged"/>), so that it is counted.
    /// </summary>
    /// <param name="next">The record, valid until the next call.</param>
    /// <exception cref="IOException">The stream failed; what is wrong with the content never throws.</exception>
    public bool Read([NotNullWhen(true)] out Record? next)
    {
        next = null;
        if (ended) return false;
        if (document is null && FindRecord()) next = record;
        else if (document?.Next() is { } own) next = Numbered(own);
        if (next is null) Finish();
        return next is not null;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        window.Dispose();
        record.Dispose();
        document?.Dispose();
    }

    /// <summary>Goes on to the next record of a package and reads it; false at its end, or when the file turns out to be a document of its own.</summary>
    private bool FindRecord()
    {
        while (true)
        {
            Markup piece = MarkupScanner.Next(window, limits.EnvelopeBytes);
            if (piece.Kind == MarkupKind.End) return false;
            if (envelope.IsRecord(piece))
            {
                if (!envelope.JudgeHeader()) return false;
                ReadRecord(piece);
                return true;
            }

            if (envelope.Take(piece)) continue;
            if (Kind == DocumentKind.CheckIn) document = DocumentReader.Open(window, TableId.Xml0, limits, Report);
            else if (Kind == DocumentKind.MedicalAssessment) document = DocumentReader.Open(window, TableId.Xml12, limits, Report);
            return false;
        }
    }

    private Record Numbered(Record own)
    {
        own.Index = Count++;
        return own;
    }

    private void ReadRecord(Markup start)
    {
        int index = Count++;
        record.Reset(index);
        if (start.Empty)
        {
            window.Skip(start.Length);
            return;
        }

        (long line, long column) = window.PlaceOf(0);
        RecordEnd end = RecordFinder.Find(window, limits.RecordBytes, out int length);
        if (end == RecordEnd.TooLarge)
        {
            record.IsDamaged = true;
            Report(Standard.Problems.RecordTooLarge(index, limits.RecordBytes, line, column));
            RecordFinder.PassOver(window);
            return;
        }

        ReadOnlySpan<byte> hoso = window.Span[..length];
        bool whole = end == RecordEnd.Closed;
        if (StrictOnly || !whole || !FastRecord.TryRead(record, hoso, limits)) Strict(hoso, index, line, column, whole);
        window.Skip(length);
    }

    private void Strict(ReadOnlySpan<byte> hoso, int index, long line, long column, bool whole)
    {
        record.Reset(index);
        StrictRecord.Fault? found = StrictRecord.Read(record, hoso, limits, envelope.Namespaces, StrictOnly);
        if (!whole)
        {
            record.IsDamaged = true;
            Report(Standard.Problems.TruncatedRecord(index, line, column));
        }
        else if (found is { } fault)
        {
            record.IsDamaged = true;
            long faultLine = line + fault.Line - 1;
            long faultColumn = fault.Line == 1 ? column + fault.Position - 1 : fault.Position;
            Report(fault.Dtd
                ? Standard.Problems.DtdInRecord(index, faultLine, faultColumn)
                : Standard.Problems.BrokenRecord(index, fault.Detail, faultLine, faultColumn));
        }
    }

    private void Finish()
    {
        ended = true;
        envelope.Finish(Count);
        if (suppressed > 0) problems.Add(Standard.Problems.MoreProblems(suppressed));
    }

    private void Report(Problem problem)
    {
        if (problems.Count < limits.Problems) problems.Add(problem);
        else suppressed++;
    }
}
