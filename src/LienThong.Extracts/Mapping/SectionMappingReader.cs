using System.Globalization;
using LienThong.Validation.Custom;

namespace LienThong.Extracts;

/// <summary>Reads how a source feeds a section.</summary>
internal sealed class SectionMappingReader(MappingReader file, SectionSpec section, YamlMap map)
{
    private const int MostGroups = 50;
    private static readonly string[] FieldKeys = ["column", "columns", "constant", "values", "other", "default", "format", "separator", "split", "pad", "with"];

    public SectionMapping Read()
    {
        Dictionary<string, YamlPart> members = YamlMembers.Read(map, ["when", "each", .. section.Fields.Select(f => f.Name)], file.Wrong);
        int groups = members.TryGetValue("each", out YamlPart? each) ? Number(each, "each", 2, MostGroups) : 1;
        if (groups > 1 && !section.IsMany) file.Wrong(each!, $"{section.Name} chỉ có một dòng mỗi lượt khám, không dùng each.");
        var fields = new List<FieldMapping>();
        foreach (VisitFieldSpec field in section.Fields)
        {
            if (members.TryGetValue(field.Name, out YamlPart? part)) fields.Add(Field(field, part, groups));
        }

        if (fields.Count == 0) file.Wrong(map, $"{section.Name} chưa có trường nào.");
        else if (fields.TrueForAll(f => f.Columns.Count == 0)) file.Wrong(map, $"{section.Name} cần ít nhất một trường lấy từ cột.");
        return new SectionMapping(section, fields)
        {
            When = members.TryGetValue("when", out YamlPart? when) ? When(when) : [],
            Groups = groups,
        };
    }

    private List<WhenMapping> When(YamlPart part)
    {
        var conditions = new List<WhenMapping>();
        if (part is YamlMap columns)
        {
            foreach ((YamlText column, YamlPart values) in columns.Members) conditions.Add(new WhenMapping(column.Value.Normalize(), file.Texts(values, "when")));
        }
        else
        {
            file.Wrong(part, "when ghi dạng «CỘT: giá trị» hoặc «CỘT: [giá trị, giá trị]»; \"*\" là có bất kỳ giá trị nào.");
        }

        return conditions;
    }

    private FieldMapping Field(VisitFieldSpec field, YamlPart part, int groups)
    {
        if (part is YamlText text) return Checked(new FieldMapping(field) { Columns = [text.Value.Normalize()] }, part, groups);
        if (part is not YamlMap map)
        {
            file.Wrong(part, $"{field.Name} ghi tên cột, hoặc nhóm mục: {string.Join(", ", FieldKeys)}.");
            return new FieldMapping(field);
        }

        Dictionary<string, YamlPart> members = YamlMembers.Read(map, FieldKeys, file.Wrong);
        string? Text(string key) => members.TryGetValue(key, out YamlPart? value) ? file.Text(value, key) : null;
        IReadOnlyList<string> Texts(string key) => members.TryGetValue(key, out YamlPart? value) ? file.Texts(value, key) : [];
        bool isList = field.Kind is ValueKind.Codes or ValueKind.Days;
        var mapping = new FieldMapping(field)
        {
            Columns = members.ContainsKey("columns") ? Texts("columns") : Texts("column"),
            With = Text("with") ?? (isList ? ";" : " "),
            Constant = Text("constant") is { } constant ? Value(members["constant"], field, constant) : null,
            Values = members.TryGetValue("values", out YamlPart? values) ? Values(values, field) : new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase),
            Other = Text("other") is { } other ? Value(members["other"], field, other) : null,
            Default = Text("default") is { } otherwise ? Value(members["default"], field, otherwise) : null,
            Formats = Texts("format"),
            Separator = Text("separator"),
            Split = Text("split"),
            Pad = members.TryGetValue("pad", out YamlPart? pad) ? Number(pad, "pad", 1, 30) : 0,
        };
        if (members.ContainsKey("column") && members.ContainsKey("columns")) file.Wrong(map, "chỉ dùng một trong column, columns.");
        if (mapping.Formats.Count > 0) CheckFormats(members["format"], mapping);
        if (mapping.Separator is not null && !isList) file.Wrong(members["separator"], $"{field.Name} không phải danh sách nên không dùng separator.");
        if (mapping.Split is not null && !section.IsMany) file.Wrong(members["split"], $"{section.Name} chỉ có một dòng mỗi lượt khám, không dùng split.");
        if (mapping.Split is { Length: 0 } || mapping.Separator is { Length: 0 }) file.Wrong(map, "split và separator cần một ký tự phân cách.");
        if (mapping.Pad > 0 && field.Kind is not (ValueKind.Code or ValueKind.Codes)) file.Wrong(members["pad"], $"{field.Name} không phải mã nên không dùng pad.");
        if (mapping.Other is not null && mapping.Values.Count == 0) file.Wrong(members["other"], "other chỉ dùng cùng values.");
        return Checked(mapping, map, groups);
    }

    private FieldMapping Checked(FieldMapping mapping, YamlPart at, int groups)
    {
        if (mapping.Constant is null == (mapping.Columns.Count == 0)) file.Wrong(at, $"{mapping.Field.Name} cần cột (column) hoặc giá trị cố định (constant), không phải cả hai.");
        foreach (string column in mapping.Columns)
        {
            if (column.Trim().Length == 0) file.Wrong(at, "tên cột bỏ trống.");
            if (groups == 1 && column.Contains("{n}", StringComparison.Ordinal)) file.Wrong(at, $"«{column}» có {{n}} nhưng {section.Name} không có each: ghi «each: 12» nếu có 12 nhóm cột.");
        }

        return mapping;
    }

    private Dictionary<string, string> Values(YamlPart part, VisitFieldSpec field)
    {
        var values = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        if (part is not YamlMap pairs)
        {
            file.Wrong(part, "values ghi dạng «giá trị của HIS: giá trị chuẩn», ví dụ \"Nam\": \"1\".");
            return values;
        }

        foreach ((YamlText from, YamlPart to) in pairs.Members)
        {
            if (file.Text(to, "values") is not { } text) continue;
            if (!values.TryAdd(from.Value.Trim().Normalize(), Value(to, field, text))) file.Wrong(from, $"«{YamlMembers.Short(from.Value)}» ghi hai lần trong values.");
        }

        return values;
    }

    private string Value(YamlPart at, VisitFieldSpec field, string text)
    {
        if (ValueForm.TryNormalise(field.Kind, text, NumberForm.Point, out string value) is { } expected) file.Wrong(at, $"«{YamlMembers.Short(text)}» không dùng được cho {field.Name}; cần {expected}.");
        return value;
    }

    private void CheckFormats(YamlPart at, FieldMapping mapping)
    {
        if (mapping.Field.Kind is not (ValueKind.Day or ValueKind.Days or ValueKind.Moment or ValueKind.Birth))
        {
            file.Wrong(at, $"{mapping.Field.Name} không phải ngày giờ nên không dùng format.");
            return;
        }

        var moment = new DateTime(2026, 11, 25, 14, 35, 0);
        foreach (string format in mapping.Formats)
        {
            bool good;
            try
            {
                good = DateTime.TryParseExact(moment.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime back) && back.Date == moment.Date;
            }
            catch (FormatException)
            {
                good = false;
            }

            if (!good) file.Wrong(at, $"«{YamlMembers.Short(format)}» không phải dạng ngày đủ ngày, tháng, năm; ví dụ \"MM/dd/yyyy HH:mm\".");
        }
    }

    private int Number(YamlPart part, string what, int least, int most)
    {
        if (part is YamlText text && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        file.Wrong(part, $"{what} là số từ {least} đến {most}.");
        return least;
    }
}
