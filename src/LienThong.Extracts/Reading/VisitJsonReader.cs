using System.Text;
using System.Text.Json;
using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>Reads visits from JSON (model <see cref="VisitModel.Version"/>), one in memory at a time.</summary>
public static class VisitJsonReader
{
    /// <summary>Reads one visit, an array of visits, or visits one after the other (NDJSON). What can't be read of one doesn't cost the others.</summary>
    /// <param name="stream">UTF-8.</param>
    /// <param name="limits">Bounds.</param>
    public static IEnumerable<VisitReading> Read(Stream stream, ExtractLimits limits)
    {
        var splitter = new JsonSplitter(stream, limits.MaxVisitBytes);
        bool any = false;
        while (splitter.Next() is { Length: > 0 } piece)
        {
            any = true;
            yield return ReadOne(piece.Span, splitter.Line, limits);
        }

        if (splitter.Failure is { } failure)
            yield return Unreadable(failure, "Gửi một lượt khám, một mảng các lượt khám, hoặc mỗi dòng một lượt khám.", splitter.Line);
        else if (!any)
            yield return Unreadable("Không có lượt khám nào trong nội dung.", "Gửi ít nhất một lượt khám.", 1);
    }

    private static VisitReading ReadOne(ReadOnlySpan<byte> json, long line, ExtractLimits limits)
    {
        var draft = new VisitDraft(limits);
        var document = new VisitDocument(draft, json, line);
        try
        {
            document.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: text that isn't UTF-8, or half of a surrogate pair.
            return Unreadable("Nội dung không phải JSON hợp lệ.", "Kiểm tra dấu phẩy, dấu nháy và mã hóa UTF-8.", document.Line);
        }

        return draft.Finish();
    }

    private static VisitReading Unreadable(string message, string fix, long line) =>
        new(null, [new ExtractProblem(ExtractCodes.Unreadable, Severity.Block, message, fix, Line: line)]);

    /// <summary>The members of one visit.</summary>
    private ref struct VisitDocument(VisitDraft draft, ReadOnlySpan<byte> json, long firstLine)
    {
        private readonly ReadOnlySpan<byte> json = json;
        private Utf8JsonReader reader = new(json, new JsonReaderOptions { MaxDepth = 8 });
        private int counted;

        /// <summary>Line of the token read last.</summary>
        public long Line { get; private set; } = firstLine;

        public void Read()
        {
            Advance();
            while (Member() is { } name)
            {
                if (name == "model") Version();
                else if (name == "$columns") Columns();
                else if (VisitModel.Find(name) is { } section) Section(section);
                else Skip(name, $"Không có phần «{ExtractProblem.Shown(name)}» trong mô hình lượt khám; đã bỏ qua.");
            }
        }

        private void Version()
        {
            string version = Text() ?? "";
            if (version == VisitModel.Version) return;
            draft.Tell(new ExtractProblem(
                ExtractCodes.Version, Severity.Block, $"Không biết mô hình «{ExtractProblem.Shown(version)}».", $"Ghi \"model\": \"{VisitModel.Version}\".", Line: Line, Column: "model"));
        }

        private void Section(SectionSpec section)
        {
            if (reader.TokenType == JsonTokenType.StartArray)
            {
                while (Advance() != JsonTokenType.EndArray) Row(section);
            }
            else if (reader.TokenType != JsonTokenType.Null)
            {
                Row(section);
            }
        }

        private void Row(SectionSpec section)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                draft.Tell(new ExtractProblem(ExtractCodes.Value, Severity.Block, $"«{section.Name}» phải là đối tượng «trường: giá trị».", "Xem lược đồ JSON của lượt khám.", Line: Line, Column: section.Name));
                reader.Skip();
                return;
            }

            long line = Line;
            List<(VisitFieldSpec Field, string Text, string Name)> cells = [];
            Place place = new(null, line);
            while (Member() is { } name)
            {
                if (name == "$at") place = PlaceOf(Text() ?? "") ?? place;
                else if (section.Find(name) is not { } field) Skip($"{section.Name}.{name}", $"Không có trường «{ExtractProblem.Shown(name)}» ở {section.Name}; đã bỏ qua.");
                else if (Text() is { } text) cells.Add((field, text, name));
                else draft.Tell(new ExtractProblem(ExtractCodes.Value, Severity.Block, $"{section.Name}.{field.Name} phải là chuỗi, số hoặc mảng chuỗi.", "Xem lược đồ JSON của lượt khám.", Line: Line, Column: field.Name));
            }

            if (draft.Add(section, place) is not { } row) return;
            foreach ((VisitFieldSpec field, string text, string name) in cells) draft.Set(row, field, text, name, NumberForm.Point);
        }

        // The next member's name, standing on its value; null at the end of the object.
        private string? Member()
        {
            if (Advance() != JsonTokenType.PropertyName) return null;
            string name = reader.GetString()!;
            Advance();
            return name;
        }

        // Null when it is neither text nor number nor a list of them.
        private string? Text()
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.String: return reader.GetString()!;
                case JsonTokenType.Number: return Encoding.ASCII.GetString(reader.ValueSpan);
                case JsonTokenType.True: return "1";
                case JsonTokenType.False: return "0";
                case JsonTokenType.Null: return "";
                case JsonTokenType.StartArray: return Items();
                default:
                    reader.Skip();
                    return null;
            }
        }

        private string? Items()
        {
            List<string> items = [];
            bool plain = true;
            while (Advance() != JsonTokenType.EndArray)
            {
                plain &= reader.TokenType is JsonTokenType.String or JsonTokenType.Number;
                if (Text() is { } item) items.Add(item);
            }

            return plain ? string.Join(';', items) : null;
        }

        private void Skip(string column, string message)
        {
            if (!column.StartsWith('$'))
                draft.Tell(new ExtractProblem(ExtractCodes.Unknown, Severity.Warn, message, "Kiểm tra tên; xem lược đồ JSON của lượt khám.", Line: Line, Column: ExtractProblem.Shown(column)));
            reader.Skip();
        }

        private void Columns()
        {
            if (reader.TokenType != JsonTokenType.StartObject)
            {
                reader.Skip();
                return;
            }

            while (Member() is { } name)
            {
                var columns = new Dictionary<string, string>(StringComparer.Ordinal);
                if (reader.TokenType == JsonTokenType.StartObject)
                {
                    while (Member() is { } field) columns[field] = Text() ?? "";
                }

                if (VisitModel.Find(name) is { } section) draft.Visit.Columns[section.Id] = columns;
            }
        }

        private static Place? PlaceOf(string at)
        {
            int colon = at.LastIndexOf(':');
            return colon >= 0 && long.TryParse(at.AsSpan(colon + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long line)
                ? new Place(colon == 0 ? null : at[..colon], line) : null;
        }

        private JsonTokenType Advance()
        {
            reader.Read();
            int start = (int)reader.TokenStartIndex;
            Line += json[counted..start].Count((byte)'\n');
            counted = start;
            return reader.TokenType;
        }
    }
}
