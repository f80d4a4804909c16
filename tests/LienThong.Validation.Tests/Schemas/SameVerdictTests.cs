using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Validation.Tests.Schemas;

/// <summary>The schemas and the rules must agree on whether a document is valid, as far as both can speak (docs/xsd/README.md).</summary>
public sealed class SameVerdictTests : IDisposable
{
    private readonly XmlLint lint = new();

    public static TheoryData<string> All => [.. Releases.All.Select(r => r.Id)];

    public void Dispose() => lint.Dispose();

    [XmlLintTheory]
    [MemberData(nameof(All))]
    public void Clean_documents_of_every_kind_are_valid_for_both(string release)
    {
        List<TableDocument> documents = Clean(release);

        Assert.Equal([], documents.Select(d => d.Findings()).Where(f => f.Length > 0));
        AssertAgreed(documents);
    }

    [XmlLintTheory]
    [MemberData(nameof(All))]
    public void Damaged_documents_get_the_same_verdict(string release)
    {
        var random = new Random(20260701);
        var damaged = new List<TableDocument>();
        List<TableDocument> clean = Clean(release);
        for (int i = 0; i < 1500; i++)
        {
            TableDocument document = clean[i % clean.Count];
            damaged.Add(document with { Text = DocumentDamage.Apply(document.Text, random) });
        }

        damaged.RemoveAll(HasOtherDay);

        AssertAgreed(damaged);
        Assert.InRange(damaged.Count(d => d.Findings().Length > 0), 300, 1400);
    }

    [XmlLintTheory]
    [InlineData("QD1931")]
    public void Records_with_injected_errors_get_the_same_verdict(string release)
    {
        var documents = new List<TableDocument>();
        (SampleFactory factory, DateOnly day) = Factory(release);
        foreach (SampleError error in SampleErrors.All)
        {
            RecordBuilder record = factory.Create(SampleKind.ShortStay, documents.Count);
            if (error.Apply(record, new Random(7)) is not null) documents.AddRange(TableDocument.Of(record, Releases.Get(release), day));
        }

        AssertAgreed(documents);
        Assert.Contains(documents, d => d.Findings().Length > 0);
    }

    private void AssertAgreed(List<TableDocument> documents)
    {
        List<string> different = Disagreements(documents);
        Assert.True(different.Count == 0, $"{different.Count} documents:\n{string.Join('\n', different)}");
    }

    private List<string> Disagreements(List<TableDocument> documents)
    {
        var different = new List<string>();
        foreach (IGrouping<(string, string), TableDocument> group in documents.GroupBy(d => (d.Release.Id, d.Table.Code())))
        {
            TableDocument[] same = [.. group];
            string[] said = lint.Judge(group.Key.Item1, group.Key.Item2, [.. same.Select(d => d.Text)]);
            for (int i = 0; i < same.Length; i++)
            {
                string findings = same[i].Findings();
                if (findings.Length > 0 != said[i].Length > 0 && !OnlySchemaSees(said[i])) different.Add($"{group.Key}: rules «{findings}», schema «{said[i]}», document «{same[i].Text[..Math.Min(300, same[i].Text.Length)]}»");
            }
        }

        return different;
    }

    // The reader takes no notice of text between elements, of attributes and of slips in the declaration: nothing is lost by them.
    private static bool OnlySchemaSees(string said) =>
        said.Contains("Character content other than whitespace is not allowed", StringComparison.Ordinal)
        || said.Contains("The attribute", StringComparison.Ordinal)
        || said.Contains("parsing XML declaration", StringComparison.Ordinal)
        || said.Contains("Unsupported encoding", StringComparison.Ordinal);

    // Another day may mean other adjustments than those of the release.
    private static bool HasOtherDay(TableDocument document)
    {
        string field = document.Table switch { TableId.Xml1 => "NGAY_RA", TableId.Xml0 => "NGAY_VAO", TableId.Xml12 => "NGAY_HOP", _ => "" };
        return field.Length > 0 && !document.Text.Contains($"<{field}>{document.Day:yyyyMMdd}", StringComparison.Ordinal);
    }

    private static List<TableDocument> Clean(string id)
    {
        Release release = Releases.Get(id);
        (SampleFactory factory, DateOnly day) = Factory(id);
        var documents = new List<TableDocument>();
        foreach (SampleKind kind in (SampleKind[])[SampleKind.Outpatient, SampleKind.ShortStay])
        {
            for (int i = 0; i < 8; i++) documents.AddRange(TableDocument.Of(factory.Create(kind, i), release, day));
        }

        documents.AddRange(TableDocument.Of(factory.Create(SampleKind.Inpatient, 0), release, day));
        if (release.Table(TableId.Xml0) is null) return documents;
        RecordBuilder visit = factory.Create(SampleKind.Inpatient, 1);
        documents.Add(TableDocument.Alone(factory.CheckIn(visit), release, day, TableId.Xml0));
        documents.Add(TableDocument.Alone(factory.Assessment(0), release, day, TableId.Xml12));
        return documents;
    }

    private static (SampleFactory Factory, DateOnly Day) Factory(string id)
    {
        Release release = Releases.Get(id);
        DateOnly day = release.MandatoryFrom?.AddDays(40) ?? release.SupersededFrom!.Value.AddDays(-10);
        return (new SampleFactory(new SampleOptions { Seed = 11, ReleaseId = id, From = day, To = day }), day);
    }
}
