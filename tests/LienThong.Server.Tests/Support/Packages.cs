using LienThong.Samples;
using LienThong.Standard;

namespace LienThong.Server.Tests.Support;

/// <summary>Invented packages.</summary>
public static class Packages
{
    private static readonly DateOnly Day = new(2026, 10, 1);

    /// <summary>A clean package of one record.</summary>
    public static byte[] Clean(int index, string facility = RunningServer.Facility, SampleKind kind = SampleKind.Outpatient) => Make(index, facility, kind, _ => { });

    /// <summary>A package of one record whose date of discharge can't be: it blocks and points at the cell.</summary>
    public static byte[] Broken(int index, string facility = RunningServer.Facility, SampleKind kind = SampleKind.Outpatient) =>
        Make(index, facility, kind, record => record.Set(Xml1.GIOI_TINH, "9"));

    /// <summary>A package of one record changed as asked.</summary>
    public static byte[] Make(int index, string facility, SampleKind kind, Action<RecordBuilder> change)
    {
        SampleFactory factory = new(new SampleOptions { FacilityCode = facility, Seed = 7 });
        RecordBuilder builder = factory.Create(kind, index);
        change(builder);
        using LienThong.Standard.Record record = builder.Build();
        return PackageWriter.WriteSingle(record, factory.ReleaseOf(builder), facility, Day);
    }
}
