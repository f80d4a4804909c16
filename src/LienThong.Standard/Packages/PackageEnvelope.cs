using System.Text;
using System.Xml;

namespace LienThong.Standard;

/// <summary>Takes in the pieces of a file that aren't records: header, lists, signature slot; keeps what they say and reports what is wrong with them.</summary>
internal sealed class PackageEnvelope(ByteWindow window, ReaderLimits limits, Action<Problem> report, DateOnly? today = null)
{
    private readonly DateOnly lastDay = today is { } day && day < DateOnly.MaxValue ? day.AddDays(1) : DateOnly.MaxValue;
    private readonly EnvelopeSkeleton skeleton = new();
    private XmlNamespaceManager? namespaces;
    private (long Line, long Column) countPlace = (1, 1);
    private string countText = "";
    private bool anyPiece;
    private bool strayText;
    private bool judged;
    private bool stopped;

    public DocumentKind Kind { get; private set; }

    public PackageHeader Header { get; private set; } = PackageHeader.Empty;

    public bool HasSignature { get; private set; }

    /// <summary>Set when the bytes came as UTF-16, so that a declaration naming it is no second fault.</summary>
    public bool WasUtf16 { get; set; }

    /// <summary>Namespaces the root declares; a record may use their prefixes.</summary>
    public XmlNamespaceManager Namespaces => namespaces ??= skeleton.Namespaces();

    /// <summary>True when the piece at hand opens a record.</summary>
    public bool IsRecord(Markup piece) =>
        piece.Kind == MarkupKind.Start && skeleton.Part == EnvelopePart.RecordList && NameOf(piece).SequenceEqual("HOSO"u8);

    /// <summary>Takes in the piece at the start of the window; false when nothing more can be read or the file is a document of its own.</summary>
    public bool Take(Markup piece)
    {
        (long line, long column) = window.PlaceOf(0);
        ReadOnlySpan<byte> bytes = window.Span[..Math.Min(piece.Length, window.Span.Length)];
        bool plain = piece.Plain;
        switch (piece.Kind)
        {
            case MarkupKind.Malformed:
                return Stop(Problems.NotXml("thẻ bị hỏng hoặc thiếu đoạn cuối", line, column));
            case MarkupKind.TooLong:
                return Stop(Problems.EnvelopeTooLarge(line, column));
            case MarkupKind.DocType:
                return Stop(Problems.Dtd(line, column));
            case MarkupKind.Instruction when !anyPiece && bytes.StartsWith("<?xml"u8):
                plain = Declaration(bytes);
                break;
            case MarkupKind.Text or MarkupKind.CData:
                if (skeleton.Depth > 0) Text(bytes, line, column);
                break;
            case MarkupKind.Start:
                if (!anyPiece) report(Problems.NoDeclaration());
                plain |= PlainAttributes.Are(bytes[(piece.NameAt + piece.NameLength)..^(piece.Empty ? 2 : 1)]) && piece.NameAt == 1;
                if (!Start(piece, line, column)) return false;
                break;
            case MarkupKind.Close:
                if (!skeleton.Pop(NameOf(piece))) return Stop(Problems.NotXml($"thẻ đóng «{Encoding.UTF8.GetString(NameOf(piece))}» không khớp thẻ mở", line, column));
                break;
            default:
                break;
        }

        anyPiece = true;
        skeleton.Keep(bytes, plain);
        if (skeleton.Size > limits.EnvelopeBytes || skeleton.Depth > limits.Depth) return Stop(Problems.EnvelopeTooLarge(line, column));
        window.Skip(piece.Length);
        return true;
    }

    /// <summary>Judges the form of the header before anything of it is believed; false when it isn't well-formed, which is reported.</summary>
    public bool JudgeHeader()
    {
        if (judged) return true;
        judged = true;
        return skeleton.Judge() is not { } fault || Stop(Problems.NotXml("phần đầu của khung hồ sơ sai", fault.LineNumber, fault.LinePosition));
    }

    /// <summary>Says what is wrong with the file as a whole, at its end.</summary>
    /// <param name="records">Records found in it.</param>
    public void Finish(int records)
    {
        (long line, long column) = window.PlaceOf(0);
        if (Kind == DocumentKind.Unknown && !stopped) report(anyPiece ? Problems.NotXml("không có thẻ nào", line, column) : Problems.EmptyFile());
        if (Kind != DocumentKind.Package) return;
        if (!stopped && skeleton.Depth > 0) report(Problems.NotXml($"file bị cắt ngang, thẻ «{skeleton.Path}» chưa đóng", line, column));
        else if (!stopped && skeleton.Judge() is { } fault) report(Problems.NotXml("khung hồ sơ sai", judged ? line : fault.LineNumber, judged ? column : fault.LinePosition));
        if (Header.FacilityCode.Length == 0) report(Problems.NoFacility(1, 1));
        if (records == 0 && !stopped) report(Problems.NoRecord());
        if (Header.DeclaredCount is { } declared && declared != records) report(Problems.CountDiffers(declared, records) with { Line = countPlace.Line, Position = countPlace.Column });
        else if (Header.DeclaredCount is null && records > 0) report(Problems.BadCount(countText, records) with { Line = countPlace.Line, Position = countPlace.Column });
    }

    private ReadOnlySpan<byte> NameOf(Markup piece) => window.Span.Slice(piece.NameAt, piece.NameLength);

    private bool Stop(Problem problem)
    {
        stopped = true;
        report(problem);
        return false;
    }

    private bool Declaration(ReadOnlySpan<byte> declaration)
    {
        DeclaredEncoding encoding = XmlDeclaration.Read(declaration, out string name);
        if (encoding == DeclaredEncoding.Utf16 && !WasUtf16) report(Problems.DeclaredUtf16());
        if (encoding == DeclaredEncoding.Other) report(Problems.OtherEncoding(name));
        return encoding != DeclaredEncoding.Unclear;
    }

    private bool Start(Markup piece, long line, long column)
    {
        string name = Encoding.UTF8.GetString(NameOf(piece));
        if (skeleton.Depth > 0)
        {
            Known(name, line, column);
        }
        else if (Kind != DocumentKind.Unknown)
        {
            return Stop(Problems.NotXml($"có thẻ gốc thứ hai «{name}»", line, column));
        }
        else
        {
            Kind = KindOf(name);
            if (Kind == DocumentKind.Unknown) return Stop(Problems.WrongRoot(name, line, column));
            if (Kind != DocumentKind.Package) return false;
        }

        if (!piece.Empty) skeleton.Push(name);
        return true;
    }

    private static DocumentKind KindOf(string root) => root switch
    {
        "GIAMDINHHS" => DocumentKind.Package,
        "CHI_TIEU_TRANG_THAI_KCB" => DocumentKind.CheckIn,
        "CHI_TIEU_GIAM_DINH_YKHOA" => DocumentKind.MedicalAssessment,
        _ => DocumentKind.Unknown,
    };

    private void Known(string name, long line, long column)
    {
        EnvelopePart part = EnvelopeParts.Below(skeleton.Part, name);
        if (part == EnvelopePart.Unknown) report(Problems.UnknownElement(name, line, column));
        else if (skeleton.Part == EnvelopePart.Signature) HasSignature = true;
    }

    private void Text(ReadOnlySpan<byte> bytes, long line, long column)
    {
        if (bytes.StartsWith("<![CDATA["u8)) bytes = bytes[9..^3];
        ReadOnlySpan<byte> trimmed = Blank.Trim(bytes);
        if (trimmed.IsEmpty) return;
        string text = Encoding.UTF8.GetString(trimmed);
        switch (skeleton.Part)
        {
            case EnvelopePart.FacilityCode:
                Header = Header with { FacilityCode = text };
                if (!IsFacilityCode(trimmed)) report(Problems.BadFacility(text, line, column));
                break;
            case EnvelopePart.CreatedOn:
                Header = Header with { CreatedOn = text };
                if (Typed.Date8(trimmed) is not { IsPresent: true } created || created.Value > lastDay) report(Problems.BadCreatedOn(text, line, column));
                break;
            case EnvelopePart.RecordCount:
                Read<int> count = Typed.Integer(trimmed);
                countPlace = (line, column);
                countText = text;
                Header = Header with { DeclaredCount = count.IsPresent ? count.Value : null };
                break;
            case EnvelopePart.Signature:
                HasSignature = true;
                break;
            default:
                Stray(line, column);
                break;
        }
    }

    private static bool IsFacilityCode(ReadOnlySpan<byte> text)
    {
        foreach (byte b in text)
        {
            if (!char.IsAsciiLetterOrDigit((char)b)) return false;
        }

        return text.Length == 5;
    }

    // Told once: a file with text between its tags has it everywhere.
    private void Stray(long line, long column)
    {
        if (!strayText) report(Problems.StrayText(line, column));
        strayText = true;
    }
}
