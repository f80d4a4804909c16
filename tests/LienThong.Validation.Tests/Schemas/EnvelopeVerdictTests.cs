using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>The envelope's schema and the reader agree on packages as vendors write them and as they get broken.</summary>
public sealed class EnvelopeVerdictTests : IDisposable
{
    private static readonly byte[] Clean = Package();
    private readonly XmlLint lint = new();

    public static TheoryData<string> Habits => [.. PackageHabit.All.Select(h => h.Name)];

    // A schema can't refuse a DTD.
    public static TheoryData<string> Damages => [.. PackageDamage.All.Where(d => d.Code != "PKG-XML-002").Select(d => d.Name)];

    public void Dispose() => lint.Dispose();

    [XmlLintTheory]
    [MemberData(nameof(Habits))]
    public void Packages_as_vendors_write_them_get_the_same_verdict(string habit) =>
        AssertAgreed(PackageHabit.All.First(h => h.Name == habit).Apply(Clean));

    [XmlLintTheory]
    [MemberData(nameof(Damages))]
    public void Damaged_packages_get_the_same_verdict(string damage) =>
        AssertAgreed(PackageDamage.All.First(d => d.Name == damage).Apply(Clean));

    private void AssertAgreed(byte[] package)
    {
        string found = Codes(package);
        string said = lint.Judge("QD1931", "GIAMDINHHS", package);

        Assert.True(found.Length > 0 == said.Length > 0, $"reader «{found}», schema «{said}»");
    }

    private static string Codes(byte[] package)
    {
        using var reader = new PackageReader(new MemoryStream(package));
        var codes = new HashSet<string>();
        while (reader.Read(out Record? record))
        {
            foreach (Deviation deviation in record.Deviations)
            {
                // What is wrong inside a table document is for that table's schema.
                if (deviation.Kind == DeviationKind.MalformedContent) continue;
                if (deviation.Kind != DeviationKind.CData || deviation.Row is null) codes.Add(DeviationFindings.Describe(deviation).Rule);
            }
        }

        foreach (Problem problem in reader.Problems) codes.Add(problem.Code);
        codes.RemoveWhere(c => !XmlSchemas.EnvelopeRules.Contains(c));
        return string.Join(' ', codes.Order(StringComparer.Ordinal));
    }

    private static byte[] Package()
    {
        var options = new SampleOptions { Seed = 3 };
        using Record record = new SampleFactory(options).Create(SampleKind.ShortStay, 0).Build();
        return PackageWriter.WriteSingle(record, Releases.Newest, options.FacilityCode, options.To);
    }
}
