namespace LienThong.Standard.Tests;

/// <summary>The example documents, invented, one of each kind.</summary>
internal static class Example
{
    public static byte[] Bytes(string name) => File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Examples", name));

    public static string Text(string name) => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Examples", name));
}
