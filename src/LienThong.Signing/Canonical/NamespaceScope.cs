namespace LienThong.Signing.Canonical;

/// <summary>The namespaces rendered so far on the way from the root: decides which declarations canonical XML repeats.</summary>
internal sealed class NamespaceScope
{
    private readonly List<(Declaration Declaration, int Depth)> known = [];

    /// <summary>True when the declaration changes what is in scope and so has to be written.</summary>
    internal bool Declare(Declaration declaration, int depth)
    {
        if (string.Equals(declaration.Prefix, "xml", StringComparison.Ordinal)) return false;
        if (string.Equals(Lookup(declaration.Prefix), declaration.Uri, StringComparison.Ordinal)) return false;
        known.Add((declaration, depth));
        return true;
    }

    /// <summary>Forgets what was declared at <paramref name="depth"/> or below.</summary>
    internal void Leave(int depth)
    {
        int last = known.Count;
        while (last > 0 && known[last - 1].Depth >= depth) last--;
        known.RemoveRange(last, known.Count - last);
    }

    // An undeclared default namespace is the same as an empty one: xmlns="" is written only to undo another.
    private string Lookup(string prefix)
    {
        for (int i = known.Count - 1; i >= 0; i--)
        {
            if (string.Equals(known[i].Declaration.Prefix, prefix, StringComparison.Ordinal)) return known[i].Declaration.Uri;
        }

        return "";
    }
}
