namespace LienThong.Portal.Channels;

/// <summary>A destination whose host is known, to fill in a form with: <c>Data/channels.csv</c>.</summary>
/// <param name="Kind">One of <see cref="ChannelKinds"/>.</param>
/// <param name="Environment"><c>training</c> or <c>production</c>.</param>
/// <param name="Address">Its host.</param>
/// <param name="Options">Options that belong to it.</param>
/// <param name="Source">Where that is known from.</param>
public sealed record KnownDestination(string Kind, string Environment, Uri Address, IReadOnlyDictionary<string, string> Options, string Source)
{
    /// <summary>Those shipped with this version. A suggestion only: the host used is always the one in the settings.</summary>
    public static IReadOnlyList<KnownDestination> All { get; } = Read();

    private static List<KnownDestination> Read()
    {
        using TextReader reader = PortalCsv.OpenEmbedded("channels.csv");
        return [.. PortalCsv.Rows(reader, 5).Select(static row => new KnownDestination(row[0], row[1], new Uri(row[2]), OptionsOf(row[3]), row[4]))];
    }

    private static Dictionary<string, string> OptionsOf(string text) => text
        .Split(';', StringSplitOptions.RemoveEmptyEntries)
        .Select(static pair => pair.Split('=', 2))
        .ToDictionary(static pair => pair[0], static pair => pair[1], StringComparer.Ordinal);
}
