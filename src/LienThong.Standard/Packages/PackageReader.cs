using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Xml;

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
    private readonly EnvelopeSkeleton skeleton = new();
    private readonly List<Problem> problems = [];
    private readonly Record record = new();
    private DocumentReader? document;
    private XmlNamespaceManager? namespaces;
    private (long Line, long Column) countPlace = (1, 1);
    private string countText = "";
    private bool headerJudged;
    private bool ended;
    private bool anyPiece;
    private bool strayText;
    private int suppressed;

    /// <summary>Starts reading.</summary>
    /// <param name="stream">The file; it is read once, forward, and not closed.</param>
    /// <param name="limits">How much to take; the default when null.</param>
    public PackageReader(Stream stream, ReaderLimits? limits = null)
    {
        this.limits = limits ?? ReaderLimits.Default;
        window = new ByteWindow(EncodingGate.Open(stream, Report));
    }

    /// <summary>Which document the file is; known after the first <see cref="Read"/>.</summary>
    public DocumentKind Kind { get; private set; }

    /// <summary>What stands around the records; complete after the first <see cref="Read"/>.</summary>
    public PackageHeader Header { get; private set; } = PackageHeader.Empty;

    /// <summary>True when <c>CHUKYDONVI</c> holds something; known after the last record.</summary>
    public bool HasSignature { get; private set; }

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
        if (document is null && !FindRecord())
        {
            if (document is null) return Finish();
        }

        if (document is not null)
        {
            next = document.Next();
            if (next is null) return Finish();
            next.Index = Count++;
            return true;
        }

        next = record;
        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        window.Dispose();
        record.Dispose();
        document?.Dispose();
    }

    /// <summary>Goes on to the next record and reads it; false at the end of the package.</summary>
    private bool FindRecord()
    {
        while (true)
        {
            Markup piece = MarkupScanner.Next(window, limits.EnvelopeBytes);
            if (piece.Kind == MarkupKind.End) return false;
            if (piece.Kind == MarkupKind.Start && IsRecord(piece))
            {
                if (!JudgeHeader()) return false;
                if (piece.Empty) ReadEmptyRecord(piece);
                else ReadRecord();
                return true;
            }

            if (!Envelope(piece)) return false;
        }
    }

    private bool IsRecord(Markup piece) =>
        skeleton.Path == "GIAMDINHHS/THONGTINHOSO/DANHSACHHOSO" && NameOf(piece).SequenceEqual("HOSO"u8);

    private ReadOnlySpan<byte> NameOf(Markup piece) => window.Span.Slice(piece.NameAt, piece.NameLength);

    /// <summary>Takes in a piece of the envelope; false when nothing more can be read.</summary>
    private bool Envelope(Markup piece)
    {
        (long line, long column) = window.PlaceOf(0);
        ReadOnlySpan<byte> bytes = window.Span[..Math.Min(piece.Length, window.Span.Length)];
        bool plain = piece.Plain;
        switch (piece.Kind)
        {
            case MarkupKind.Malformed:
                Stop(Standard.Problems.NotXml("thẻ bị hỏng hoặc thiếu đoạn cuối", line, column));
                return false;
            case MarkupKind.TooLong:
                Stop(Standard.Problems.EnvelopeTooLarge(line, column));
                return false;
            case MarkupKind.DocType:
                Stop(Standard.Problems.Dtd(line, column));
                return false;
            case MarkupKind.Instruction when !anyPiece && bytes.StartsWith("<?xml"u8):
                plain = Declaration(bytes);
                break;
            case MarkupKind.Text or MarkupKind.CData:
                if (skeleton.Depth > 0) Text(bytes, line, column);
                break;
            case MarkupKind.Start:
                if (!anyPiece) Report(Standard.Problems.NoDeclaration());
                plain |= PlainAttributes.Are(bytes[(piece.NameAt + piece.NameLength)..^(piece.Empty ? 2 : 1)]) && piece.NameAt == 1;
                if (!Start(piece, line, column)) return false;
                if (document is not null) return false;
                break;
            case MarkupKind.Close:
                if (!skeleton.Pop(NameOf(piece)))
                {
                    Stop(Standard.Problems.NotXml($"thẻ đóng «{Encoding.UTF8.GetString(NameOf(piece))}» không khớp thẻ mở", line, column));
                    return false;
                }

                break;
            default:
                break;
        }

        anyPiece = true;
        skeleton.Keep(bytes, plain);
        if (skeleton.Size > limits.EnvelopeBytes || skeleton.Depth > limits.Depth)
        {
            Stop(Standard.Problems.EnvelopeTooLarge(line, column));
            return false;
        }

        window.Skip(piece.Length);
        return true;
    }

    private bool Declaration(ReadOnlySpan<byte> declaration)
    {
        DeclaredEncoding encoding = XmlDeclaration.Read(declaration, out string name);
        bool wasUtf16 = problems.Exists(p => p.Code == "PKG-ENC-001");
        if (encoding == DeclaredEncoding.Utf16 && !wasUtf16) Report(Standard.Problems.DeclaredUtf16());
        if (encoding == DeclaredEncoding.Other) Report(Standard.Problems.OtherEncoding(name));
        return encoding != DeclaredEncoding.Unclear;
    }

    private bool Start(Markup piece, long line, long column)
    {
        string name = Encoding.UTF8.GetString(NameOf(piece));
        if (skeleton.Depth == 0)
        {
            if (Kind != DocumentKind.Unknown)
            {
                Stop(Standard.Problems.NotXml($"có thẻ gốc thứ hai «{name}»", line, column));
                return false;
            }

            if (!Root(name))
            {
                Stop(Standard.Problems.WrongRoot(name, line, column));
                return false;
            }

            if (document is not null) return true;
        }
        else
        {
            Known(name, line, column);
        }

        if (!piece.Empty) skeleton.Push(name);
        return true;
    }

    private bool Root(string name)
    {
        Kind = name switch
        {
            "GIAMDINHHS" => DocumentKind.Package,
            "CHI_TIEU_TRANG_THAI_KCB" => DocumentKind.CheckIn,
            "CHI_TIEU_GIAM_DINH_YKHOA" => DocumentKind.MedicalAssessment,
            _ => DocumentKind.Unknown,
        };
        if (Kind is DocumentKind.CheckIn or DocumentKind.MedicalAssessment)
        {
            document = DocumentReader.Open(window, Kind == DocumentKind.CheckIn ? TableId.Xml0 : TableId.Xml12, limits, Stop);
            HasSignature = document.HasSignature;
        }

        return Kind != DocumentKind.Unknown;
    }

    private void Known(string name, long line, long column)
    {
        switch (skeleton.Path)
        {
            case "GIAMDINHHS" when name is "THONGTINDONVI" or "THONGTINHOSO" or "CHUKYDONVI":
            case "GIAMDINHHS/THONGTINDONVI" when name is "MACSKCB":
            case "GIAMDINHHS/THONGTINHOSO" when name is "NGAYLAP" or "SOLUONGHOSO" or "DANHSACHHOSO":
                return;
            default:
                if (skeleton.Path.StartsWith("GIAMDINHHS/CHUKYDONVI", StringComparison.Ordinal)) HasSignature = true;
                else Report(Standard.Problems.UnknownElement(name, line, column));
                return;
        }
    }

    private void Text(ReadOnlySpan<byte> bytes, long line, long column)
    {
        if (bytes.StartsWith("<![CDATA["u8)) bytes = bytes[9..^3];
        string text = Encoding.UTF8.GetString(Blank.Trim(bytes));
        if (text.Length == 0) return;
        switch (skeleton.Path)
        {
            case "GIAMDINHHS/THONGTINDONVI/MACSKCB":
                Header = Header with { FacilityCode = text };
                if (text.Length != 5 || !text.All(char.IsAsciiLetterOrDigit)) Report(Standard.Problems.BadFacility(text, line, column));
                break;
            case "GIAMDINHHS/THONGTINHOSO/NGAYLAP":
                Header = Header with { CreatedOn = text };
                if (!Typed.Date8(Blank.Trim(bytes)).IsPresent) Report(Standard.Problems.BadCreatedOn(text, line, column));
                break;
            case "GIAMDINHHS/THONGTINHOSO/SOLUONGHOSO":
                Read<int> count = Typed.Integer(Blank.Trim(bytes));
                countPlace = (line, column);
                countText = text;
                Header = Header with { DeclaredCount = count.IsPresent ? count.Value : null };
                break;
            default:
                if (skeleton.Path.StartsWith("GIAMDINHHS/CHUKYDONVI", StringComparison.Ordinal)) HasSignature = true;
                else if (!strayText) Report(Standard.Problems.StrayText(line, column));
                strayText |= !HasSignature;
                break;
        }
    }

    private void ReadEmptyRecord(Markup piece)
    {
        record.Reset(Count++);
        window.Skip(piece.Length);
    }

    private void ReadRecord()
    {
        int index = Count++;
        record.Reset(index);
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
        if (end == RecordEnd.Closed)
        {
            if (StrictOnly || !FastRecord.TryRead(record, hoso, limits)) Strict(hoso, index, line, column);
        }
        else
        {
            Strict(hoso, index, line, column, truncated: true);
        }

        window.Skip(length);
    }

    private void Strict(ReadOnlySpan<byte> hoso, int index, long line, long column, bool truncated = false)
    {
        record.Reset(index);
        StrictRecord.Fault? fault = StrictRecord.Read(record, hoso, limits, namespaces ??= skeleton.Namespaces(), StrictOnly);
        if (fault is not { } f && !truncated) return;
        record.IsDamaged = true;
        if (truncated)
        {
            Report(Standard.Problems.TruncatedRecord(index, line, column));
            return;
        }

        long faultLine = line + fault!.Value.Line - 1;
        long faultColumn = fault.Value.Line == 1 ? column + fault.Value.Position - 1 : fault.Value.Position;
        Report(fault.Value.Dtd
            ? Standard.Problems.DtdInRecord(index, faultLine, faultColumn)
            : Standard.Problems.BrokenRecord(index, fault.Value.Detail, faultLine, faultColumn));
    }

    // The header has been read when the first record comes: judge its form before anything of it is believed.
    private bool JudgeHeader()
    {
        if (headerJudged) return true;
        headerJudged = true;
        if (skeleton.Judge() is { } fault)
        {
            Stop(Standard.Problems.NotXml("phần đầu của khung hồ sơ sai", fault.LineNumber, fault.LinePosition));
            return false;
        }

        namespaces = null;
        return true;
    }

    private bool Finish()
    {
        if (ended) return false;
        ended = true;
        (long line, long column) = window.PlaceOf(0);
        if (!anyPiece && document is null && problems.TrueForAll(p => p.Severity != Severity.Block))
        {
            Report(Standard.Problems.EmptyFile());
        }
        else if (Kind == DocumentKind.Unknown && problems.TrueForAll(p => p.Severity != Severity.Block))
        {
            Report(Standard.Problems.NotXml("không có thẻ nào", line, column));
        }
        else if (Kind == DocumentKind.Package)
        {
            FinishPackage(line, column);
        }

        if (suppressed > 0) problems.Add(Standard.Problems.MoreProblems(suppressed));
        return false;
    }

    private void FinishPackage(long line, long column)
    {
        bool stopped = problems.Exists(p => p.Severity == Severity.Block && p.Hoso is null && p.Code.StartsWith("PKG-XML", StringComparison.Ordinal));
        if (!stopped && skeleton.Depth > 0) Report(Standard.Problems.NotXml($"file bị cắt ngang, thẻ «{skeleton.Path}» chưa đóng", line, column));
        else if (!stopped && skeleton.Judge() is { } fault) Report(Standard.Problems.NotXml("khung hồ sơ sai", headerJudged ? line : fault.LineNumber, headerJudged ? column : fault.LinePosition));
        if (Header.FacilityCode.Length == 0) Report(Standard.Problems.NoFacility(1, 1));
        if (Count == 0 && !stopped) Report(Standard.Problems.NoRecord());
        if (Header.DeclaredCount is { } declared && declared != Count) Report(Standard.Problems.CountDiffers(declared, Count) with { Line = countPlace.Line, Position = countPlace.Column });
        else if (Header.DeclaredCount is null && Count > 0) Report(Standard.Problems.BadCount(countText, Count) with { Line = countPlace.Line, Position = countPlace.Column });
    }

    private void Stop(Problem problem) => Report(problem);

    private void Report(Problem problem)
    {
        if (problems.Count < limits.Problems) problems.Add(problem);
        else suppressed++;
    }
}
