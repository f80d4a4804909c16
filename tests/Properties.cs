using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace LienThong.Tests;

/// <summary>
/// How properties are tried: on the same inputs at every run, so that a verdict is about the code and not about luck.
/// <c>LIENTHONG_SEARCH=20 ./test Validation</c> tries twenty times as many inputs, new ones each time; FsCheck names the seed of what it finds.
/// </summary>
internal static class Properties
{
    private const ulong Seed = 20260701;

    private static readonly int Search = int.TryParse(Environment.GetEnvironmentVariable("LIENTHONG_SEARCH"), CultureInfo.InvariantCulture, out int times) ? times : 0;

    /// <summary>Throws on the first of <paramref name="count"/> inputs for which the property doesn't hold.</summary>
    public static Config Times(int count) => Search > 0
        ? Config.QuickThrowOnFailure.WithMaxTest(count * Search)
        : Config.QuickThrowOnFailure.WithMaxTest(count).WithReplay(FSharpOption<Replay>.Some(new Replay(new Rnd(Seed), FSharpOption<int>.None)));
}
