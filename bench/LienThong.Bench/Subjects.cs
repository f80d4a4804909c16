using LienThong.Samples;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Bench;

/// <summary>Packages of the three sizes, and our way over them.</summary>
internal static class Subjects
{
    private static readonly SampleFactory Factory = new(new SampleOptions { Seed = 20261, From = new DateOnly(2026, 7, 1), To = new DateOnly(2026, 10, 31) });

    private static readonly Validator Validator = Validator.Create();

    private static readonly JudgeContext Context = new(new DateTime(2026, 11, 2, 8, 0, 0), Factory.Options.FacilityCode);

    public static byte[] Package(SampleKind kind, int index = 0)
    {
        RecordBuilder builder = Factory.Create(kind, index);
        using Record record = builder.Build();
        return PackageWriter.WriteSingle(record, Factory.ReleaseOf(builder), Factory.Options.FacilityCode, new DateOnly(2026, 11, 1));
    }

    public static long Read(byte[] file)
    {
        long rows = 0;
        using var reader = new PackageReader(new MemoryStream(file));
        while (reader.Read(out Record? record)) rows += record[TableId.Xml3]?.Count ?? 0;
        return rows;
    }

    public static SampleOptions Options => Factory.Options;

    public static int Judge(byte[] file) => Judge(file, CodeLists.None);

    public static int Judge(byte[] file, CodeLists lists)
    {
        int findings = 0;
        JudgeContext context = ReferenceEquals(lists, CodeLists.None) ? Context : Context with { Lists = lists };
        using var reader = new PackageReader(new MemoryStream(file));
        while (reader.Read(out Record? record)) findings += Validator.Judge(record, context).Findings.Count;
        return findings;
    }

    /// <summary>The mean size of the packages that real outpatient days consist of.</summary>
    public static byte[][] Batch(SampleKind kind, int count) => [.. Enumerable.Range(0, count).Select(i => Package(kind, i))];
}
