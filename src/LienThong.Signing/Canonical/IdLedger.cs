namespace LienThong.Signing.Canonical;

/// <summary>Gathers every attribute that anybody might take for an id (<c>Id</c>, <c>ID</c>, <c>id</c>, with or without prefix): a reference by id proves nothing when two elements answer to it.</summary>
internal sealed class IdLedger
{
    /// <summary>Most ids a document may hold; a form has five.</summary>
    private const int MaxIds = 256;

    private readonly HashSet<string> known = new(StringComparer.Ordinal);

    /// <summary>False once a value came twice, or too many came.</summary>
    internal bool AreUnique { get; private set; } = true;

    internal IdLedger Note(string id)
    {
        if (AreUnique) AreUnique = known.Count < MaxIds && known.Add(id);
        return this;
    }

    internal IdLedger Note(IReadOnlyList<Attribute> attributes)
    {
        foreach (Attribute attribute in attributes)
        {
            if (IsId(attribute)) Note(attribute.Value);
        }

        return this;
    }

    /// <summary>Notes those of an element of the signature and of all below it.</summary>
    internal IdLedger Note(SignatureElement element)
    {
        Note(element.Attributes);
        foreach (SignatureElement child in element.Children) Note(child);
        return this;
    }

    internal static bool IsId(Attribute attribute) => string.Equals(attribute.LocalName, "id", StringComparison.OrdinalIgnoreCase);
}
