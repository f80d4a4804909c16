using System.Text;
using LienThong.Validation.Custom;

namespace LienThong.Extracts;

/// <summary>Reads a mapping: everything that can be known to be wrong without a file at hand is told with line and column.</summary>
internal sealed class MappingReader(string yaml)
{
    private const int MostCharacters = 1024 * 1024;
    private const int MostErrors = 50;
    private const string Hint = "Tên cột có dấu «:», «#» hoặc «{» thì đặt trong ngoặc kép.";

    // A group «pull» says where the tables of a database come from; the gateway reads it.
    private static readonly string[] Keys = ["model", "name", "facility", "decimal", "key", "sources", "pull"];
    private static readonly string[] SourceKeys = ["key", "decimal", "encoding", "delimiter", "ignore", .. VisitModel.Sections.Select(s => s.Name)];
    private readonly List<MappingError> errors = [];

    public MappingLoad Read()
    {
        ExtractMapping? mapping = null;
        if (yaml.Length > MostCharacters) Wrong(1, 1, $"tệp ánh xạ dài quá {MostCharacters / 1024} nghìn ký tự.");
        else if (Yaml.Root(yaml, "tệp ánh xạ phải bắt đầu bằng các mục model, facility, sources.", Hint, Wrong) is { } root) mapping = Root(root);
        return new MappingLoad(errors.Count == 0 ? mapping : null, [.. errors.OrderBy(static e => e.Line).ThenBy(static e => e.Column).Take(MostErrors)]);
    }

    /// <summary>Tells a mistake.</summary>
    public void Wrong(YamlPart at, string message) => Wrong(at.Line, at.Column, message);

    /// <summary>The text of a part in NFC; null, told, when it is none.</summary>
    public string? Text(YamlPart part, string what)
    {
        if (part is YamlText text) return text.Value.Normalize(NormalizationForm.FormC);
        Wrong(part, $"{what} phải là một giá trị, không phải nhóm hay danh sách.");
        return null;
    }

    /// <summary>One text or a list of texts.</summary>
    public IReadOnlyList<string> Texts(YamlPart part, string what)
    {
        if (part is not YamlList list) return Text(part, what) is { } one ? [one] : [];
        var texts = new List<string>(list.Items.Count);
        foreach (YamlPart item in list.Items)
        {
            if (Text(item, what) is { } text) texts.Add(text);
        }

        return texts;
    }

    private ExtractMapping Root(YamlMap root)
    {
        Dictionary<string, YamlPart> members = YamlMembers.Read(root, Keys, Wrong);
        if (!members.TryGetValue("model", out YamlPart? model)) Wrong(root, $"thiếu mục model; ghi «model: {VisitModel.Version}».");
        else if (Text(model, "model") is { } version && version != VisitModel.Version) Wrong(model, $"không biết mô hình «{YamlMembers.Short(version)}»; ghi «model: {VisitModel.Version}».");
        List<SourceMapping> sources = members.TryGetValue("sources", out YamlPart? part) ? Sources(part) : [];
        if (part is YamlMap && errors.Count == 0 && !sources.Exists(s => s.Parts.Any(p => p.Section.Id == SectionId.Visit)))
            Wrong(part, "không nguồn nào có phần visit (lượt khám); thêm visit vào tệp có mỗi lượt khám một dòng.");
        return new ExtractMapping
        {
            Name = members.TryGetValue("name", out YamlPart? name) ? Text(name, "name") ?? "" : "",
            Facility = members.TryGetValue("facility", out YamlPart? facility) ? Facility(facility) : "",
            Numbers = members.TryGetValue("decimal", out YamlPart? form) ? Numbers(form) : NumberForm.Point,
            Key = members.TryGetValue("key", out YamlPart? key) && Text(key, "key") is { Length: > 0 } column ? column : "MA_LK",
            Sources = sources,
        };
    }

    private string Facility(YamlPart part)
    {
        string code = Text(part, "facility") ?? "";
        if (code.Length != 5 || !code.All(char.IsAsciiLetterOrDigit)) Wrong(part, "facility là mã cơ sở 5 ký tự, đặt trong ngoặc kép để giữ số 0: facility: \"01001\".");
        return code;
    }

    private NumberForm Numbers(YamlPart part)
    {
        string? mark = Text(part, "decimal");
        if (mark is not (null or "." or ",")) Wrong(part, "decimal là dấu thập phân: \",\" hoặc \".\" (đặt trong ngoặc kép).");
        return mark == "," ? NumberForm.Comma : NumberForm.Point;
    }

    private List<SourceMapping> Sources(YamlPart part)
    {
        var sources = new List<SourceMapping>();
        if (part is not YamlMap map)
        {
            Wrong(part, "sources là tên các tệp, trang hoặc truy vấn, mỗi tên một nhóm mục.");
            return sources;
        }

        foreach ((YamlText name, YamlPart value) in map.Members)
        {
            if (sources.Exists(s => FoldedName.FileName(s.Name) == FoldedName.FileName(name.Value))) Wrong(name, $"nguồn «{YamlMembers.Short(name.Value)}» ghi hai lần.");
            else if (value is not YamlMap members) Wrong(value, $"«{YamlMembers.Short(name.Value)}» cần các mục: key, visit, patient, drugs …");
            else sources.Add(Source(name.Value, members));
        }

        return sources;
    }

    private SourceMapping Source(string name, YamlMap map)
    {
        Dictionary<string, YamlPart> members = YamlMembers.Read(map, SourceKeys, Wrong);
        var parts = new List<SectionMapping>();
        foreach (SectionSpec section in VisitModel.Sections)
        {
            if (!members.TryGetValue(section.Name, out YamlPart? part)) continue;
            foreach (YamlPart one in part is YamlList list ? list.Items : [part])
            {
                if (one is YamlMap fields) parts.Add(new SectionMappingReader(this, section, fields).Read());
                else Wrong(one, $"{section.Name} cần các dòng «trường: cột», hoặc danh sách các nhóm như vậy.");
            }
        }

        if (parts.Count == 0) Wrong(map, $"nguồn «{YamlMembers.Short(name)}» chưa nói vào phần nào: visit, patient, cards, drugs …");
        return new SourceMapping(name)
        {
            Form = new CsvForm(
                members.TryGetValue("delimiter", out YamlPart? delimiter) ? Delimiter(delimiter) : null,
                members.TryGetValue("encoding", out YamlPart? encoding) ? Encoding(encoding) : null),
            Key = members.TryGetValue("key", out YamlPart? key) ? Text(key, "key") : null,
            Numbers = members.TryGetValue("decimal", out YamlPart? form) ? Numbers(form) : null,
            Ignore = members.TryGetValue("ignore", out YamlPart? ignore) ? Texts(ignore, "ignore") : [],
            Parts = parts,
        };
    }

    private char? Delimiter(YamlPart part)
    {
        string? text = Text(part, "delimiter");
        if (text is "," or ";" or "\t" or "|") return text[0];
        if (text == "tab") return '\t';
        Wrong(part, "delimiter là một trong \",\" \";\" \"|\" tab.");
        return null;
    }

    private string? Encoding(YamlPart part)
    {
        string? name = Text(part, "encoding");
        if (name is "utf-8" or "utf-16" or "windows-1258") return name;
        Wrong(part, "encoding là utf-8, utf-16 hoặc windows-1258.");
        return null;
    }

    private void Wrong(int line, int column, string message)
    {
        if (errors.Count < MostErrors) errors.Add(new MappingError(line, column, message));
    }
}
