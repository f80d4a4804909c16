namespace LienThong.Validation.Custom;

/// <summary>The names of the code lists that rules may look up.</summary>
internal static class KnownLists
{
    private static readonly SortedSet<string> Names = new(ListDefinitions.All.Select(static d => d.Name), StringComparer.Ordinal);

    /// <summary>All of them, sorted.</summary>
    public static IReadOnlyCollection<string> All => Names;

    /// <summary>Whether there is such a list, loaded or not.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
