using System.Collections.Immutable;
using LienThong.Standard;

namespace LienThong.Validation.Custom;

/// <summary>Reads one rule file: names, lists, rules; gathers all mistakes with their places.</summary>
internal sealed class FileReader(string text, string source, Severity most)
{
    private const int MostErrors = 50;
    private const int MostCodes = 10_000;
    private const string Hint = "Biểu thức có dấu «: », «#» hoặc bắt đầu bằng dấu ngoặc kép thì viết sau dấu «>» ở dòng dưới.";

    private static readonly string[] Keys = ["name", "lists", "rules"];
    private readonly List<CustomRuleError> errors = [];
    private readonly Dictionary<string, CodeSet> lists = new(StringComparer.Ordinal);

    /// <summary>The severity that no rule of the file may exceed.</summary>
    public Severity Most => most;

    /// <summary>Lists of the file.</summary>
    public IReadOnlyDictionary<string, CodeSet> Lists => lists;

    /// <summary>Name of the file for people.</summary>
    public string Name { get; private set; } = source;

    public CustomRuleLoad Read()
    {
        var rules = new List<CustomRule>();
        if (text.Length > CustomRuleFile.MostCharacters)
        {
            Wrong(1, 1, $"tệp dài quá {CustomRuleFile.MostCharacters / 1024} nghìn ký tự; chia thành nhiều tệp.");
        }
        else if (Yaml.Root(text, "tệp quy tắc phải bắt đầu bằng các mục name, lists, rules.", Hint, Wrong) is { } root)
        {
            ReadRoot(root, rules);
        }

        bool fine = errors.Count == 0;
        return new CustomRuleLoad(fine ? new CustomRuleFile(Name, [.. rules]) : null, [.. errors.OrderBy(static e => e.Line).ThenBy(static e => e.Column).Take(MostErrors)]);
    }

    public void Wrong(YamlPart at, string message) => Wrong(at.Line, at.Column, message);

    /// <summary>A mistake inside a text of the file.</summary>
    public void Wrong(YamlText at, int offset, string message)
    {
        (int line, int column) = YamlPlaces.Of(text, at, offset);
        Wrong(line, column, message);
    }

    /// <summary>The members of a map by name; unknown and repeated names are mistakes.</summary>
    public Dictionary<string, YamlPart> Members(YamlMap map, string[] known) => YamlMembers.Read(map, known, Wrong);

    private void ReadRoot(YamlMap root, List<CustomRule> rules)
    {
        Dictionary<string, YamlPart> members = Members(root, Keys);
        if (members.GetValueOrDefault("name") is YamlText { Value.Length: > 0 and <= 200 } name) Name = name.Value;
        if (members.TryGetValue("lists", out YamlPart? part)) ReadLists(part);
        if (members.GetValueOrDefault("rules") is not YamlList { Items.Count: > 0 } list)
        {
            Wrong(members.GetValueOrDefault("rules") ?? root, "mục rules phải có ít nhất một quy tắc (mỗi quy tắc bắt đầu bằng «- code: …»).");
            return;
        }

        if (list.Items.Count > CustomRuleFile.MostRules) Wrong(list, $"tệp có quá {CustomRuleFile.MostRules} quy tắc; chia thành nhiều tệp.");
        var codes = new HashSet<string>(StringComparer.Ordinal);
        foreach (YamlPart item in list.Items.Take(CustomRuleFile.MostRules))
        {
            if (item is not YamlMap map) Wrong(item, "mỗi quy tắc là một nhóm mục: code, table, require, message …");
            else if (new RuleReader(this, map).Read() is not { } rule) continue;
            else if (codes.Add(rule.Code)) rules.Add(rule);
            else Wrong(map, $"mã quy tắc {rule.Code} trùng với quy tắc ở trên.");
        }
    }

    private void ReadLists(YamlPart part)
    {
        if (part is not YamlMap map)
        {
            Wrong(part, "lists là các tên, mỗi tên một danh sách mã: ten: [\"01\", \"02\"].");
            return;
        }

        foreach ((YamlText name, YamlPart value) in map.Members)
        {
            if (!RuleReader.IsName(name.Value)) Wrong(name, "tên danh sách gồm chữ thường không dấu, số và _.");
            else if (KnownLists.Contains(name.Value)) Wrong(name, $"«{name.Value}» đã là tên một danh mục; đặt tên khác.");
            else if (value is not YamlList { Items.Count: > 0 and <= MostCodes } list || !list.Items.All(static i => i is YamlText)) Wrong(value, $"danh sách cần từ 1 đến {MostCodes} mã: [\"01\", \"02\"].");
            else if (!lists.TryAdd(name.Value, new CodeSet(list.Items.Select(static i => ((YamlText)i).Value)))) Wrong(name, $"danh sách «{name.Value}» ghi hai lần.");
        }
    }

    private void Wrong(int line, int column, string message)
    {
        if (errors.Count < MostErrors) errors.Add(new CustomRuleError(line, column, message));
    }
}
