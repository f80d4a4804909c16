using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.PortalSimulator.Tests;

/// <summary>Nothing that arrives makes the simulator fall over: it has codes for everything.</summary>
public sealed class AnyBytesTests
{
    private static readonly string[] Declarations =
    [
        "<?xml version=\"1.0\" encoding=\"utf-7\"?>", "<?xml version=\"1.0\" encoding=\"nonsense\"?>", "<?xml version=\"1.1\"?>",
        "<?xml version=\"1.0\" encoding=\"utf-16\"?>", "<?xml version=\"1.0\" encoding=\"\"?>", "<?xml?>", "<!DOCTYPE a>", "\0\0", "",
    ];

    [Fact]
    public void A_damaged_package_is_judged_and_never_throws() => Check.One(
        Properties.Times(3000),
        Prop.ForAll<int, byte, int>(static (at, value, cut) =>
        {
            byte[] package = new Parts().Build();
            package[(int)((uint)at % package.Length)] = value;
            byte[] damaged = (cut & 1) == 0 ? package : package[..(int)((uint)cut % package.Length)];
            DocumentInspection inspection = DocumentInspection.Of(damaged, DocumentShape.TreatmentRecord);
            _ = inspection.Structure("99001") ?? inspection.Slot() ?? inspection.Content();
        }));

    [Fact]
    public void Random_bytes_are_malformed() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<byte[]>(static bytes =>
            DocumentInspection.Of(bytes, DocumentShape.CheckIn).Structure("99001")!.Code is "201" or "123"));

    [Fact]
    public void Strange_declarations_are_malformed()
    {
        foreach (string declaration in Declarations)
        {
            byte[] document = Encoding.UTF8.GetBytes(declaration + "<GIAMDINHHS");
            Assert.Equal("201", DocumentInspection.Of(document, DocumentShape.TreatmentRecord).Structure("99001")!.Code);
        }
    }

    [Fact]
    public void A_hundred_thousand_levels_are_malformed()
    {
        byte[] deep = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("<a>", 100_000)));

        Assert.Equal("201", DocumentInspection.Of(deep, DocumentShape.TreatmentRecord).Structure("99001")!.Code);
    }

    [Fact]
    public void Any_form_is_read_or_refused() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<byte[], bool>(static (bytes, json) =>
        {
            FormFields? form = FormFields.Read(bytes, json ? "application/json" : "application/x-www-form-urlencoded");
            _ = form?["username"];
        }));
}
