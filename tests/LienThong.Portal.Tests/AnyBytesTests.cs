using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace LienThong.Portal.Tests;

/// <summary>Whatever bytes come back, reading them gives a value and never an exception.</summary>
public sealed class AnyBytesTests
{
    [Fact]
    public void Random_bytes_are_never_taken_for_an_answer_with_an_empty_code() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<byte[]>(static bytes => PortalReply.TryRead(Answer(bytes)) is not { Code.Length: 0 }));

    [Fact]
    public void A_damaged_answer_is_read_or_refused_but_never_thrown() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<int, byte, int>(static (at, value, cut) =>
        {
            byte[] good = Encoding.UTF8.GetBytes("""{"maKetQua":"200","maGiaoDich":"HSKCB1","thoiGianTiepNhan":"20260701153022","thongDiep":"Tiếp nhận"}""");
            good[(int)((uint)at % good.Length)] = value;
            byte[] damaged = good[..(int)((uint)cut % (good.Length + 1))];
            PortalReply? reply = PortalReply.TryRead(Answer(damaged));
            return reply is null || (reply.Code.Length > 0 && reply.Text("maGiaoDich") is not null && reply.Text("thongDiep") is not null);
        }));

    [Theory]
    [InlineData("20260701153022", true)]
    [InlineData(" 20260701153022 ", true)]
    [InlineData("20260231153022", false)]
    [InlineData("202607011530", false)]
    [InlineData("", false)]
    public void The_moment_of_reception_is_Vietnam_time_or_nothing(string text, bool readable)
    {
        DateTimeOffset? at = PortalReply.Moment(text);

        Assert.Equal(readable ? new DateTimeOffset(2026, 7, 1, 8, 30, 22, TimeSpan.Zero) : null, at?.ToUniversalTime());
    }

    private static PortalAnswer Answer(byte[] body) => new(200, body, true, "", null, default, false);
}
