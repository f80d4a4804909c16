using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Samples.Tests;

/// <summary>Habits lose nothing; damages are told.</summary>
public sealed class PackageVariants
{
    private static readonly SampleFactory Factory = new(new SampleOptions());

    private static readonly Validator Validator = Validator.Create();

    public static TheoryData<string> Habits => [.. PackageHabit.All.Select(h => h.Name)];

    public static TheoryData<string> Damages => [.. PackageDamage.All.Select(d => d.Name)];

    [Fact]
    public void Names_are_unique()
    {
        Assert.Equal(PackageHabit.All.Length, PackageHabit.All.Select(h => h.Name).Distinct().Count());
        Assert.Equal(PackageDamage.All.Length, PackageDamage.All.Select(d => d.Name).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Habits))]
    public void A_habit_changes_the_bytes_and_no_value(string name)
    {
        PackageHabit habit = PackageHabit.All.Single(h => h.Name == name);
        RecordBuilder builder = Factory.Create(SampleKind.ShortStay, 4);
        using Record original = builder.Build();
        byte[] plain = Written.Package(Factory, builder);
        byte[] changed = habit.Apply(plain);
        Assert.NotEqual(plain, changed);
        using var reader = new PackageReader(new MemoryStream(changed));
        Assert.True(reader.Read(out Record? read));
        Assert.Equal(Written.Values(original), Written.Values(read));
        Assert.DoesNotContain(reader.Problems, p => p.Severity == Severity.Block);
        while (reader.Read(out _))
        {
        }

        Assert.Equal(name == "several-records" ? 2 : 1, reader.Count);
    }

    [Theory]
    [MemberData(nameof(Damages))]
    public void A_damage_is_told_under_its_code_and_spares_the_neighbours(string name)
    {
        PackageDamage damage = PackageDamage.All.Single(d => d.Name == name);
        using var reader = new PackageReader(new MemoryStream(damage.Apply(Three(), 1)));
        var told = new HashSet<string>();
        int clean = 0;
        while (reader.Read(out Record? record))
        {
            Judgement judgement = Validator.Judge(record, JudgingRecords.Context with { FacilityCode = reader.Header.FacilityCode });
            told.UnionWith(judgement.Findings.Select(f => f.Rule));
            bool blocked = judgement.Blocked || reader.Problems.Any(p => p.Severity == Severity.Block && p.Hoso == record.Index);
            if (!blocked) clean++;
        }

        told.UnionWith(reader.Problems.Select(p => p.Code));
        Assert.Contains(damage.Code, told);
        if (!damage.WholeFile) Assert.Equal(2, clean);
    }

    private static byte[] Three()
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        Record[] records = [.. Enumerable.Range(0, 3).Select(i => Factory.Create(SampleKind.Outpatient, i).Build())];
        PackageWriter.Write(buffer, PackageHeader.For("99001", Written.CreatedOn, 3), Releases.Newest, records);
        return buffer.WrittenSpan.ToArray();
    }
}
