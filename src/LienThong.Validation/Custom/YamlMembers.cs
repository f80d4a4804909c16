namespace LienThong.Validation.Custom;

/// <summary>The members of a YAML map by name.</summary>
internal static class YamlMembers
{
    /// <summary>Reads them; unknown and repeated names are mistakes.</summary>
    /// <param name="map">The map.</param>
    /// <param name="known">Names it may hold.</param>
    /// <param name="wrong">Takes a mistake, in Vietnamese.</param>
    public static Dictionary<string, YamlPart> Read(YamlMap map, IReadOnlyCollection<string> known, Action<YamlPart, string> wrong)
    {
        var members = new Dictionary<string, YamlPart>(StringComparer.Ordinal);
        foreach ((YamlText key, YamlPart value) in map.Members)
        {
            if (!known.Contains(key.Value, StringComparer.Ordinal))
            {
                string near = Spelling.Nearest(key.Value, known) is { } guess ? $"; có phải «{guess}»?" : $"; các mục: {string.Join(", ", known)}.";
                wrong(key, $"không có mục «{Short(key.Value)}»{near}");
            }
            else if (!members.TryAdd(key.Value, value))
            {
                wrong(key, $"mục «{key.Value}» ghi hai lần.");
            }
        }

        return members;
    }

    /// <summary>A value cut to be quoted in a message.</summary>
    public static string Short(string value) => value.Length <= 40 ? value : value[..40] + "…";
}
