using System.Globalization;
using System.Text;

namespace LienThong.Extracts;

/// <summary>Writes a mapping as YAML that reads back as the same mapping.</summary>
public static class MappingWriter
{
    /// <summary>Writes a mapping, with what is known of each guess as remarks.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="columns">Guesses; null when nothing was guessed.</param>
    public static string Write(ExtractMapping mapping, IReadOnlyList<ColumnProposal>? columns = null)
    {
        var yaml = new StringBuilder();
        if (columns is not null) yaml.AppendLine("# Đề xuất tự động: xem lại từng dòng, nhất là dòng có độ tin cậy dưới 0.9, rồi chạy mapping check.");
        yaml.Append("model: ").AppendLine(VisitModel.Version);
        if (mapping.Name.Length > 0) yaml.Append("name: ").AppendLine(Quoted(mapping.Name));
        if (mapping.Facility.Length > 0) yaml.Append("facility: ").AppendLine(Quoted(mapping.Facility));
        else if (columns is not null) yaml.AppendLine("# facility: \"01001\"   # mã cơ sở, khi tệp không có cột MA_CSKCB");
        if (mapping.Numbers != NumberForm.Point) yaml.Append("decimal: ").AppendLine(Quoted(mapping.Numbers.Decimal.ToString()));
        if (mapping.Key != "MA_LK") yaml.Append("key: ").AppendLine(Quoted(mapping.Key));
        if (mapping.Sources.Count == 0) return yaml.Replace("\r\n", "\n").ToString();
        yaml.AppendLine("sources:");
        foreach (SourceMapping source in mapping.Sources) Write(yaml, source, [.. columns?.Where(c => c.Table == source.Name) ?? []]);
        return yaml.Replace("\r\n", "\n").ToString();
    }

    private static void Write(StringBuilder yaml, SourceMapping source, IReadOnlyList<ColumnProposal> columns)
    {
        // A source of which nothing was recognised would be a mistake in the file, so it stands there as a remark.
        if (source.Parts.Count == 0)
        {
            yaml.Append("  # ").Append(Quoted(source.Name)).Append(":   # chưa nhận ra; ghi vào phần nào thì bỏ dấu #. Các cột: ").AppendLine(OneLine(string.Join(" | ", columns.Select(c => c.Column))));
            return;
        }

        yaml.Append("  ").Append(Quoted(source.Name)).AppendLine(":");
        if (source.Key is { } key) yaml.Append("    key: ").AppendLine(Quoted(key));
        if (source.Numbers is { } numbers) yaml.Append("    decimal: ").AppendLine(Quoted(numbers.Decimal.ToString()));
        if (source.Form.Separator is { } separator) yaml.Append("    delimiter: ").AppendLine(separator == '\t' ? "tab" : Quoted(separator.ToString()));
        if (source.Form.Encoding is { } encoding) yaml.Append("    encoding: ").AppendLine(encoding);
        if (source.Ignore.Count > 0) yaml.Append("    ignore: [").AppendJoin(", ", source.Ignore.Select(Quoted)).AppendLine("]");
        foreach (IGrouping<SectionId, SectionMapping> parts in source.Parts.GroupBy(p => p.Section.Id))
        {
            yaml.Append("    ").Append(VisitModel.Of(parts.Key).Name).AppendLine(":");
            bool many = parts.Count() > 1;
            foreach (SectionMapping part in parts) Write(yaml, part, many, columns);
        }

        foreach (ColumnProposal column in columns)
        {
            if (column.Field is null) yaml.Append("    # chưa dùng: ").Append(OneLine(column.Column)).Append("   # ví dụ: ").AppendLine(OneLine(string.Join(" | ", column.Samples)));
        }
    }

    private static void Write(StringBuilder yaml, SectionMapping part, bool many, IReadOnlyList<ColumnProposal> columns)
    {
        bool begun = !many;
        void Line(string text)
        {
            yaml.Append(many ? begun ? "        " : "      - " : "      ").AppendLine(text);
            begun = true;
        }

        if (part.Groups > 1) Line($"each: {part.Groups.ToString(CultureInfo.InvariantCulture)}");
        if (part.When.Count > 0) Line($"when: {{ {string.Join(", ", part.When.Select(w => $"{Quoted(w.Column)}: [{string.Join(", ", w.Values.Select(Quoted))}]"))} }}");
        foreach (FieldMapping field in part.Fields)
        {
            ColumnProposal? guess = columns.FirstOrDefault(c => c.Field == field.Field.Id);
            string remark = guess is null ? "" : string.Create(CultureInfo.InvariantCulture, $"   # {guess.Confidence:0.00}: {OneLine(guess.Reason)} Ví dụ: {OneLine(string.Join(" | ", guess.Samples))}");
            Line($"{field.Field.Name}: {Value(field)}{remark}");
        }
    }

    private static string Value(FieldMapping field)
    {
        var members = new List<string>();
        if (field.Constant is { } constant) members.Add($"constant: {Quoted(constant)}");
        if (field.Columns.Count == 1) members.Add($"column: {Quoted(field.Columns[0])}");
        if (field.Columns.Count > 1) members.Add($"columns: [{string.Join(", ", field.Columns.Select(Quoted))}], with: {Quoted(field.With)}");
        if (field.Values.Count > 0) members.Add($"values: {{ {string.Join(", ", field.Values.Select(v => $"{Quoted(v.Key)}: {Quoted(v.Value)}"))} }}");
        if (field.Other is { } other) members.Add($"other: {Quoted(other)}");
        if (field.Default is { } otherwise) members.Add($"default: {Quoted(otherwise)}");
        if (field.Formats.Count > 0) members.Add($"format: [{string.Join(", ", field.Formats.Select(Quoted))}]");
        if (field.Separator is { } separator) members.Add($"separator: {Quoted(separator)}");
        if (field.Split is { } split) members.Add($"split: {Quoted(split)}");
        if (field.Pad > 0) members.Add($"pad: {field.Pad.ToString(CultureInfo.InvariantCulture)}");
        return members is [var only] && field.Columns.Count == 1 ? Quoted(field.Columns[0]) : $"{{ {string.Join(", ", members)} }}";
    }

    // Always in quotes: 01, yes and 1.10 would lose their look.
    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\') quoted.Append('\\').Append(c);
            else if (char.IsControl(c)) quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else quoted.Append(c);
        }

        return quoted.Append('"').ToString();
    }

    private static string OneLine(string text) => string.Concat(text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' ? ' ' : c));
}
