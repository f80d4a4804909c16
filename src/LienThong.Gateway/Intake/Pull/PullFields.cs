using System.Globalization;
using LienThong.Validation.Custom;

namespace LienThong.Gateway.Intake.Pull;

/// <summary>Reads members of a group of a source's file; tells what is wrong with them.</summary>
internal sealed class PullFields(YamlMap map, IReadOnlyCollection<string> known, Action<YamlPart, string> wrong)
{
    private readonly Dictionary<string, YamlPart> members = YamlMembers.Read(map, known, wrong);

    /// <summary>The group itself, for what is missing in it.</summary>
    public YamlMap Map => map;

    /// <summary>Tells a mistake.</summary>
    public void Wrong(YamlPart at, string message) => wrong(at, message);

    /// <summary>A member of any shape; null when it isn't there.</summary>
    public YamlPart? Part(string name) => members.GetValueOrDefault(name);

    /// <summary>A text; null when it isn't there or (told) not a text.</summary>
    public YamlText? Text(string name)
    {
        if (Part(name) is not { } part) return null;
        if (part is YamlText { Value.Length: > 0 } text) return text;
        wrong(part, $"{name} phải là một giá trị.");
        return null;
    }

    /// <summary>A text that has to be there; empty, told, when it isn't.</summary>
    public string Need(string name, string example)
    {
        if (Part(name) is null) wrong(map, $"thiếu mục {name}; ví dụ «{name}: {example}».");
        return Text(name)?.Value ?? "";
    }

    /// <summary>A list of texts; one text counts as a list of one.</summary>
    public IReadOnlyList<string> Texts(string name)
    {
        switch (Part(name))
        {
            case null: return [];
            case YamlText text: return [text.Value];
            case YamlList list when list.Items.All(i => i is YamlText): return [.. list.Items.Select(i => ((YamlText)i).Value)];
            case var part:
                wrong(part, $"{name} phải là danh sách văn bản: [\"…\", \"…\"].");
                return [];
        }
    }

    /// <summary>A group; null when it isn't there or (told) not a group.</summary>
    public YamlMap? Group(string name)
    {
        if (Part(name) is not { } part) return null;
        if (part is YamlMap group) return group;
        wrong(part, $"{name} phải là nhóm «mục: giá trị».");
        return null;
    }

    /// <summary>A whole number within bounds.</summary>
    public int Number(string name, int least, int most, int otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most) return number;
        wrong(text, $"{name} phải là số từ {least} đến {most}.");
        return otherwise;
    }

    /// <summary>A duration (<c>500ms</c>, <c>30s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>) within bounds.</summary>
    public TimeSpan Duration(string name, TimeSpan least, TimeSpan most, TimeSpan otherwise)
    {
        if (Text(name) is not { } text) return otherwise;
        if (TryDuration(text.Value) is { } duration && duration >= least && duration <= most) return duration;
        wrong(text, $"{name} phải là khoảng thời gian từ {Write(least)} đến {Write(most)}, ví dụ 500ms, 30s, 10m, 2h.");
        return otherwise;
    }

    /// <summary>One of some words; the first is taken when there is none.</summary>
    public T Word<T>(string name, IReadOnlyList<(string Word, T Value)> words, bool needed)
    {
        if (Part(name) is null && needed) wrong(map, $"thiếu mục {name}: {string.Join(", ", words.Select(w => w.Word))}.");
        if (Text(name) is not { } text) return words[0].Value;
        foreach ((string word, T value) in words)
        {
            if (string.Equals(word, text.Value, StringComparison.OrdinalIgnoreCase)) return value;
        }

        wrong(text, $"{name} không nhận «{YamlMembers.Short(text.Value)}»; dùng {string.Join(", ", words.Select(w => w.Word))}.");
        return words[0].Value;
    }

    /// <summary>A duration as written; null when it isn't one.</summary>
    public static TimeSpan? TryDuration(string text)
    {
        (string unit, double factor)[] units = [("ms", 0.001), ("s", 1), ("m", 60), ("h", 3600), ("d", 86_400)];
        foreach ((string unit, double factor) in units)
        {
            if (text.EndsWith(unit, StringComparison.Ordinal) && uint.TryParse(text.AsSpan(0, text.Length - unit.Length), NumberStyles.None, CultureInfo.InvariantCulture, out uint count))
                return TimeSpan.FromSeconds(count * factor);
        }

        return null;
    }

    private static string Write(TimeSpan t) => t.TotalSeconds < 1 ? $"{t.TotalMilliseconds}ms" : t.TotalMinutes < 1 ? $"{t.TotalSeconds}s" : t.TotalHours < 1 ? $"{t.TotalMinutes}m" : $"{t.TotalHours}h";
}
