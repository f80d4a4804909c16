using LienThong.Standard;

namespace LienThong.Samples.Tests;

/// <summary>The packages in samples/packages are exactly what the generator makes. Set LIENTHONG_WRITE_SAMPLES=1 to write them anew.</summary>
public sealed class ExamplePackages
{
    private static readonly SampleFactory Factory = new(new SampleOptions { Seed = 2026 });

    [Fact]
    public void Are_current()
    {
        bool write = Environment.GetEnvironmentVariable("LIENTHONG_WRITE_SAMPLES") == "1";
        Dictionary<string, byte[]> expected = All();
        if (write)
        {
            if (Directory.Exists(Repository.At("samples", "packages"))) Directory.Delete(Repository.At("samples", "packages"), recursive: true);
            foreach ((string name, byte[] bytes) in expected)
            {
                string file = Path.Combine(Repository.At("samples", "packages"), name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }
        }

        string[] present = [.. Directory.GetFiles(Repository.At("samples", "packages"), "*.xml", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Repository.At("samples", "packages"), f).Replace('\\', '/')).Order(StringComparer.Ordinal)];
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), present);
        Assert.All(expected, e => Assert.True(e.Value.AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(Repository.At("samples", "packages"), e.Key))), $"{e.Key} is stale"));
    }

    private static Dictionary<string, byte[]> All()
    {
        RecordBuilder visit = Factory.Create(SampleKind.Outpatient, 1);
        byte[] package = Written.Package(Factory, visit);
        var all = new Dictionary<string, byte[]>
        {
            ["clean/outpatient.xml"] = package,
            ["clean/inpatient.xml"] = Written.Package(Factory, Factory.Create(SampleKind.ShortStay, 1)),
            ["clean/check-in.xml"] = Document(Factory.CheckIn(visit), DocumentWriter.WriteCheckIn),
            ["clean/assessment.xml"] = Document(Factory.Assessment(1), DocumentWriter.WriteAssessment),
        };
        foreach (PackageHabit habit in PackageHabit.All) all[$"habits/{habit.Name}.xml"] = habit.Apply(package);
        foreach (PackageDamage damage in PackageDamage.All) all[$"damages/{damage.Name}.xml"] = damage.Apply(package);
        foreach (string name in new[] { "time-25-61", "card-14", "sum-fund", "other-key-service" }) all[$"errors/{name}.xml"] = WithError(name);
        return all;
    }

    private static byte[] WithError(string name)
    {
        for (int index = 0; ; index++)
        {
            RecordBuilder record = Factory.Create(SampleKind.Outpatient, index);
            if (SampleErrors.Get(name).Apply(record, new Random(1)) is not null) return Written.Package(Factory, record);
        }
    }

    private delegate void Writer(System.Buffers.IBufferWriter<byte> destination, Release release, params ReadOnlySpan<Record> records);

    private static byte[] Document(RecordBuilder builder, Writer write)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using Record record = builder.Build();
        write(buffer, Releases.Newest, record);
        return buffer.WrittenSpan.ToArray();
    }
}
