using System.Text;

namespace LienThong.Signing.Tests;

/// <summary>The eight forms of TT 12/2026/TT-BTC with invented content, canonical as our writer makes documents.</summary>
internal static class Forms
{
    internal static readonly SignatureProfile Adjustment = FormProfiles.Named("09/BH")!;

    /// <summary>Form 09/BH: the one whose sample the portal accepted.</summary>
    internal static readonly string AdjustmentText = Text("09/BH");

    internal static TheoryData<string> Names => [.. FormProfiles.All.Select(static p => p.Name)];

    internal static string Text(string form) =>
        Encoding.UTF8.GetString(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "Forms", form.Replace('/', '-') + ".xml")));

    internal static SignOptions Options(SignatureProfile profile) => Documents.Options with { Profile = profile };

    internal static VerificationPolicy Policy(SignatureProfile profile) => Documents.Policy with { Profile = profile };

    internal static string Sign(string document, SignatureProfile? profile = null, IKeySource? key = null) =>
        Documents.Sign(document, key, Options(profile ?? Adjustment));

    internal static VerificationReport Verify(string document, SignatureProfile? profile = null) =>
        Documents.Verify(document, Policy(profile ?? Adjustment));

    /// <summary>Value of the first <c>Id</c> in a form: its signed element's.</summary>
    internal static string IdOf(string document)
    {
        int start = document.IndexOf(" Id=\"", StringComparison.Ordinal) + 5;
        return document[start..document.IndexOf('"', start)];
    }
}
