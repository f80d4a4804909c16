using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace LienThong.Validation.Custom;

/// <summary>A part of a YAML document with the place of its first character.</summary>
internal abstract record YamlPart(int Line, int Column);

/// <summary>A text; <paramref name="Start"/> is the index of its first character (or its quote) in the document.</summary>
internal sealed record YamlText(int Line, int Column, int Start, string Value, bool Quoted) : YamlPart(Line, Column);

/// <summary>A list.</summary>
internal sealed record YamlList(int Line, int Column, IReadOnlyList<YamlPart> Items) : YamlPart(Line, Column);

/// <summary>Names with their values, in the order written.</summary>
internal sealed record YamlMap(int Line, int Column, IReadOnlyList<KeyValuePair<YamlText, YamlPart>> Members) : YamlPart(Line, Column);

/// <summary>Reads the plain part of YAML that rule files and mappings need: maps, lists and texts. References, tags and deep nesting are refused.</summary>
internal static class Yaml
{
    private const int MostDepth = 8;

    /// <summary>Reads one document.</summary>
    /// <exception cref="YamlException">It isn't YAML, or more than is taken; the message is Vietnamese when it is ours.</exception>
    public static YamlPart? Read(string text)
    {
        var parser = new Parser(new StringReader(text));
        try
        {
            return Document(parser);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // The scanner gives up without a place on some broken flow lists.
            Mark at = parser.Current?.End ?? Mark.Empty;
            throw new YamlException(at, at, "sai cú pháp YAML sau chỗ này: kiểm tra ngoặc [ ] { }, dấu «:» và ngoặc kép.", e);
        }
    }

    /// <summary>Reads a document that is a map; null, told, for any other.</summary>
    /// <param name="text">The file.</param>
    /// <param name="start">What to tell when it isn't a map, in Vietnamese.</param>
    /// <param name="hint">What to look at when the syntax is wrong, in Vietnamese.</param>
    /// <param name="wrong">Takes line, column and what is wrong.</param>
    public static YamlMap? Root(string text, string start, string hint, Action<int, int, string> wrong)
    {
        try
        {
            if (Read(text) is YamlMap map) return map;
            wrong(1, 1, start);
        }
        catch (YamlException e)
        {
            bool isOurs = e.Message.Any(static c => c > 127);
            wrong((int)Math.Max(1, e.Start.Line), (int)Math.Max(1, e.Start.Column), isOurs ? e.Message : $"sai cú pháp YAML ({e.Message}). {hint}");
        }

        return null;
    }

    private static YamlPart? Document(Parser parser)
    {
        parser.Consume<StreamStart>();
        if (parser.Accept<StreamEnd>(out _)) return null;
        parser.Consume<DocumentStart>();
        YamlPart part = Part(parser, 0);
        parser.Consume<DocumentEnd>();
        if (!parser.Accept<StreamEnd>(out _)) throw new YamlException(parser.Current!.Start, parser.Current.End, "chỉ một tài liệu trong một tệp (bỏ dấu ---).");
        return part;
    }

    private static YamlPart Part(Parser parser, int depth)
    {
        ParsingEvent now = parser.Current ?? (parser.MoveNext() ? parser.Current! : throw new YamlException("tệp hết giữa chừng."));
        (int line, int column) = ((int)now.Start.Line, (int)now.Start.Column);
        if (depth > MostDepth) throw new YamlException(now.Start, now.End, "lồng nhau quá sâu.");
        if (now is AnchorAlias or NodeEvent { Anchor.IsEmpty: false }) throw new YamlException(now.Start, now.End, "không dùng & và * (tham chiếu); chữ bắt đầu bằng * phải nằm trong ngoặc kép.");
        if (parser.TryConsume<Scalar>(out Scalar? scalar)) return new YamlText(line, column, (int)scalar.Start.Index, scalar.Value, scalar.Style != ScalarStyle.Plain);
        if (parser.TryConsume<SequenceStart>(out _))
        {
            var items = new List<YamlPart>();
            while (!parser.TryConsume<SequenceEnd>(out _)) items.Add(Part(parser, depth + 1));
            return new YamlList(line, column, items);
        }

        parser.Consume<MappingStart>();
        var members = new List<KeyValuePair<YamlText, YamlPart>>();
        while (!parser.TryConsume<MappingEnd>(out _))
        {
            if (Part(parser, depth + 1) is not YamlText key) throw new YamlException(now.Start, now.End, "tên mục phải là chữ.");
            members.Add(new(key, Part(parser, depth + 1)));
        }

        return new YamlMap(line, column, members);
    }
}
