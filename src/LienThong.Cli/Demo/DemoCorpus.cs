using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Cli.Demo;

/// <summary>The demo's files: clean records of all sizes, known errors, habits of other vendors, damaged files.</summary>
internal sealed class DemoCorpus
{
    private const int OutpatientsTogether = 5;
    private readonly SampleFactory factory;
    private readonly SampleError[] errors = [.. SampleErrors.All, .. SampleErrors.OfLists];
    private readonly string facility;
    private readonly DateOnly today;

    /// <summary>A corpus of records that ended in the weeks before a day.</summary>
    public DemoCorpus(string facility, DateOnly today)
    {
        (this.facility, this.today) = (facility, today);
        var options = new SampleOptions { FacilityCode = facility };
        // Records of the future would be an error of their own; before 2025 other decisions were in force.
        DateOnly last = today.AddDays(-1) > new DateOnly(2025, 3, 1) ? today.AddDays(-1) : options.To;
        factory = new SampleFactory(options with { From = last.AddDays(-45), To = last });
    }

    /// <summary>Facility and days of the records; their code lists follow from it.</summary>
    public SampleOptions Options => factory.Options;

    /// <summary>Writes the files.</summary>
    /// <param name="folder">Where to; created when missing.</param>
    /// <param name="count">How many.</param>
    /// <param name="tell">Told how many are written.</param>
    /// <returns>Their paths, in order.</returns>
    public string[] Write(string folder, int count, Action<long> tell)
    {
        Directory.CreateDirectory(folder);
        var paths = new string[count];
        int done = 0;
        Parallel.For(0, count, i =>
        {
            (string kind, byte[] bytes) = Make(i);
            paths[i] = Path.Combine(folder, $"HS-{i + 1:D5}-{kind}.xml");
            File.WriteAllBytes(paths[i], bytes);
            tell(Interlocked.Increment(ref done));
        });
        return paths;
    }

    private (string Kind, byte[] Bytes) Make(int i)
    {
        if (i % 73 == 40) return ("rat-lon", Package(SampleKind.LongStay, i));
        if (i % 11 == 5) return Habit(i);
        if (i % 10 == 7) return ("co-loi", Broken(i));
        if (i % 41 == 13) return Damage(i);
        if (i % 50 == 21) return ("nhieu-ho-so", Together(i));
        return i % 6 == 2 ? ("noi-tru", Package(SampleKind.Inpatient, i)) : ("ngoai-tru", Package(SampleKind.Outpatient, i));
    }

    private (string Kind, byte[] Bytes) Habit(int i)
    {
        PackageHabit habit = PackageHabit.All[i / 11 % PackageHabit.All.Length];
        return (habit.Name, habit.Apply(Package(SampleKind.Outpatient, i)));
    }

    private (string Kind, byte[] Bytes) Damage(int i)
    {
        PackageDamage damage = PackageDamage.All[i / 41 * 3 % PackageDamage.All.Length];
        return (damage.Name, damage.Apply(Package(SampleKind.Outpatient, i)));
    }

    private byte[] Package(SampleKind kind, int i) => Finish(factory.Create(kind, i));

    private byte[] Broken(int i)
    {
        RecordBuilder record = factory.Create(i % 20 == 7 ? SampleKind.Inpatient : SampleKind.Outpatient, i);
        var random = new Random(i);
        int first = i / 10 * 7;
        for (int e = 0; e < errors.Length; e++)
        {
            if (errors[(first + e) % errors.Length].Apply(record, random) is not null) break;
        }

        return Finish(record);
    }

    // MA_LK follows from the index: those of a common file lie beyond all others.
    private byte[] Together(int i)
    {
        RecordBuilder[] records = [.. Enumerable.Range(0, OutpatientsTogether).Select(k => factory.Create(SampleKind.Outpatient, 1_000_000 + (i * 10) + k))];
        var buffer = new System.Buffers.ArrayBufferWriter<byte>(256 * 1024);
        var writer = new PackageWriter(buffer, PackageHeader.For(facility, today, records.Length));
        foreach (RecordBuilder builder in records)
        {
            using Record record = builder.Build();
            writer.Add(record, factory.ReleaseOf(builder));
        }

        writer.End();
        return buffer.WrittenSpan.ToArray();
    }

    private byte[] Finish(RecordBuilder builder)
    {
        using Record record = builder.Build();
        return PackageWriter.WriteSingle(record, factory.ReleaseOf(builder), facility, today);
    }
}
