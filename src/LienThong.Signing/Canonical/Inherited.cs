namespace LienThong.Signing.Canonical;

/// <summary>A namespace declaration: empty prefix for the default namespace.</summary>
internal readonly record struct Declaration(string Prefix, string Uri);

/// <summary>An attribute that is no namespace declaration.</summary>
internal readonly record struct Attribute(string Prefix, string LocalName, string Namespace, string Value)
{
    internal string Name => Prefix.Length == 0 ? LocalName : Prefix + ":" + LocalName;
}

/// <summary>What the root hands down to <c>SignedInfo</c> in inclusive C14N: its namespaces and its <c>xml:</c> attributes, each sorted.</summary>
internal sealed record Inherited(IReadOnlyList<Declaration> Namespaces, IReadOnlyList<Attribute> XmlAttributes)
{
    internal static readonly Inherited Nothing = new([], []);

    /// <summary>All that is in scope where further declarations follow, sorted; of two for one prefix the inner one counts.</summary>
    internal List<Declaration> Over(params ReadOnlySpan<IReadOnlyList<Declaration>> inner)
    {
        SortedDictionary<string, string> inScope = new(StringComparer.Ordinal);
        foreach (Declaration d in Namespaces) inScope[d.Prefix] = d.Uri;
        foreach (IReadOnlyList<Declaration> declarations in inner)
        {
            foreach (Declaration d in declarations) inScope[d.Prefix] = d.Uri;
        }

        return [.. inScope.Select(static d => new Declaration(d.Key, d.Value))];
    }
}
