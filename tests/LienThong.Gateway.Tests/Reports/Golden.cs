using System.Text;

namespace LienThong.Gateway.Tests.Reports;

/// <summary>Small results that people have looked at, kept beside the tests. After a wanted change run once with LIENTHONG_UPDATE=1.</summary>
internal static class Golden
{
    /// <summary>Holds a result against the one kept.</summary>
    public static void AssertSame(string name, string actual)
    {
        string path = Repository.At("tests", "LienThong.Gateway.Tests", "Reports", "Golden", name);
        if (Repository.Updates) File.WriteAllBytes(path, Encoding.UTF8.GetBytes(actual));

        // Byte by byte: a byte-order mark and line ends count.
        Assert.Equal(Encoding.UTF8.GetString(File.ReadAllBytes(path)), actual);
    }
}
