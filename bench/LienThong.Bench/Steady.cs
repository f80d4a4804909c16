using BenchmarkDotNet.Attributes;
using LienThong.Samples;

namespace LienThong.Bench;

/// <summary>The same measures under BenchmarkDotNet, for looking closer at one of them.</summary>
[MemoryDiagnoser]
public class Steady
{
    private byte[] file = [];

    /// <summary>Size of the record.</summary>
    [Params(SampleKind.Outpatient, SampleKind.Inpatient, SampleKind.LongStay)]
    public SampleKind Kind { get; set; }

    /// <summary>Makes the package.</summary>
    [GlobalSetup]
    public void Setup() => file = Subjects.Package(Kind);

    /// <summary>The floor.</summary>
    [Benchmark(Baseline = true, Description = "floor: XmlReader + base64, touch every value")]
    public long TouchEveryValue() => Floor.Read(file);

    /// <summary>Reading alone.</summary>
    [Benchmark(Description = "PackageReader, every field as text")]
    public long Read() => Subjects.Read(file);

    /// <summary>Reading and judging.</summary>
    [Benchmark(Description = "read and validate under the release in force")]
    public int Validate() => Subjects.Judge(file);
}
