using System.Buffers;
using LienThong.Samples;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Cli.Tests.Support;

/// <summary>Invented packages whose verdict is known.</summary>
internal static class Made
{
    /// <summary>A day of checking after every record made here.</summary>
    public const string AsOf = "2026-10-15";

    public static readonly SampleFactory Factory = new(new SampleOptions());

    public static byte[] Good(int index = 0) => Package(Factory.Create(SampleKind.Outpatient, index));

    public static string MaLk(int index = 0) => Factory.Create(SampleKind.Outpatient, index).Rows(TableId.Xml1)[0][Xml1.MA_LK]!;

    /// <summary>A record with a value in XML3's second row that is no number.</summary>
    public static byte[] Bad(int index = 0) => Package(BadRecord(index));

    public static RecordBuilder BadRecord(int index)
    {
        RecordBuilder record = Factory.Create(SampleKind.Outpatient, index);
        record.Rows(TableId.Xml3)[1].Set(Xml3.T_BHTT, "một trăm");
        return record;
    }

    public static byte[] Package(params RecordBuilder[] records)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var writer = new PackageWriter(buffer, PackageHeader.For("99001", new DateOnly(2026, 10, 1), records.Length));
        foreach (RecordBuilder builder in records)
        {
            using Record record = builder.Build();
            writer.Add(record, Factory.ReleaseOf(builder));
        }

        writer.End();
        return buffer.WrittenSpan.ToArray();
    }

    /// <summary>Three records of which the second is no XML.</summary>
    public static byte[] MiddleBroken()
    {
        byte[] package = Package([.. Enumerable.Range(0, 3).Select(i => Factory.Create(SampleKind.Outpatient, i))]);
        PackageDamage damage = PackageDamage.All.Single(d => d.Name == "missing-end-tag");
        return damage.Apply(package, 1);
    }
}
