using System.Text;

namespace LienThong.Portal.Tests;

/// <summary>Answers no simulator would think of, over a bare socket.</summary>
public sealed class AnswerReadingTests
{
    [Theory]
    [InlineData("""{"maKetQua":"200","maGiaoDich":"HSKCB1"}""")]
    [InlineData("""{"maKetQua":200,"maGiaoDich":"HSKCB1"}""")]
    [InlineData("""{"MAKETQUA":" 200 ","MaGiaoDich":"HSKCB1","thoiGianTiepNhan":20260701153022}""")]
    [InlineData("""{"x":{"maKetQua":"123"},"maKetQua":"200","maGiaoDich":"HSKCB1","thoiGianTiepNhan":"sometime"}""")]
    public async Task Reception_is_read_whatever_the_spelling(string json)
    {
        await using var portal = new CannedPortal(json);

        PortalReceipt receipt = Assert.IsType<SendOutcome.Accepted>(await portal.SendAsync()).Receipt;

        Assert.Equal(("200", "HSKCB1", false), (receipt.ResultCode, receipt.TransactionCode, receipt.IsSimulator));
        Assert.Equal(json, Encoding.UTF8.GetString(receipt.Answer.Body));
    }

    [Theory]
    [InlineData("")]
    [InlineData("OK")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("\"200\"")]
    [InlineData("""{"maKetQua":null,"maGiaoDich":"HSKCB1"}""")]
    [InlineData("""{"maKetQua":"","maGiaoDich":"HSKCB1"}""")]
    [InlineData("""{"maKetQua":{"a":"200"},"maGiaoDich":"HSKCB1"}""")]
    [InlineData("""{"maKetQua":"200"}""")]
    [InlineData("""{"maKetQua":"200","maGiaoDich":"HSKCB1" """)]
    [InlineData("""{"maKetQua":"200","maGiaoDich":"HSKCB1"}{"maKetQua":"123"}""")]
    [InlineData("<html>200</html>")]
    public async Task What_isnt_a_whole_answer_leaves_the_outcome_unknown(string body)
    {
        await using var portal = new CannedPortal(body);

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await portal.SendAsync());

        Assert.Equal(body, Encoding.UTF8.GetString(outcome.Answer!.Body));
        Assert.Equal(1, portal.Calls);
    }

    [Fact]
    public async Task A_short_body_is_kept_and_leaves_the_outcome_unknown()
    {
        await using var portal = new CannedPortal(_ => Encoding.ASCII.GetBytes(
            "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"maKetQua\":\"200\",\"maGiaoDich\":\"HSKCB1\"}"));

        SendOutcome.Unknown outcome = Assert.IsType<SendOutcome.Unknown>(await portal.SendAsync());

        Assert.False(outcome.Answer!.IsWhole);
        Assert.Equal(40, outcome.Answer.Body.Length);
    }

    [Fact]
    public async Task Bytes_that_arent_HTTP_leave_the_outcome_unknown()
    {
        await using var portal = new CannedPortal(_ => [0, 1, 2, 3, 255, 13, 10, 13, 10]);

        Assert.IsType<SendOutcome.Unknown>(await portal.SendAsync());
    }

    [Fact]
    public async Task An_answer_in_UTF_16_is_read()
    {
        await using var portal = new CannedPortal(_ =>
            CannedPortal.Http(200, Encoding.Unicode.GetBytes("""{"maKetQua":"123","thongDiep":"Sai cấu trúc"}""")));

        Assert.Equal("Sai cấu trúc", Assert.IsType<SendOutcome.Rejected>(await portal.SendAsync()).Text);
    }

    [Fact]
    public async Task The_body_decides_when_HTTP_says_otherwise()
    {
        await using var portal = new CannedPortal("""{"maKetQua":"123","thongDiep":"Thiếu thẻ"}""", status: 500);

        SendOutcome.Rejected outcome = Assert.IsType<SendOutcome.Rejected>(await portal.SendAsync());

        Assert.Equal((500, "Thiếu thẻ"), (outcome.Answer.HttpStatus, outcome.Text));
    }

    [Fact]
    public async Task The_text_may_stand_in_maGiaoDich()
    {
        await using var portal = new CannedPortal("""{"maKetQua":"124","maGiaoDich":"MA_LK sai","thongDiep":""}""");

        Assert.Equal("MA_LK sai", Assert.IsType<SendOutcome.Rejected>(await portal.SendAsync()).Text);
    }

    [Fact]
    public async Task HTTP_401_without_a_body_means_the_same_as_code_401()
    {
        await using var portal = new CannedPortal(call => call == 1
            ? CannedPortal.Http(401, [])
            : CannedPortal.Http(200, """{"maKetQua":"200","maGiaoDich":"HSKCB1"}"""u8.ToArray()));

        Assert.IsType<SendOutcome.Accepted>(await portal.SendAsync());

        Assert.Equal((2, 2), (portal.Logins, portal.Calls));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var elsewhere = new CannedPortal("""{"maKetQua":"200","maGiaoDich":"HSKCB1"}""");
        await using var portal = new CannedPortal("", status: 307, headers: $"Location: {elsewhere.Address}\r\n");

        Assert.IsType<SendOutcome.Unknown>(await portal.SendAsync());

        Assert.Equal(0, elsewhere.Calls);
    }

    [Fact]
    public async Task The_three_headers_are_sent_and_no_Authorization()
    {
        await using var portal = new CannedPortal("""{"maKetQua":"200","maGiaoDich":"HSKCB1"}""");

        await portal.SendAsync();

        Assert.Contains("\r\naccessToken: abc\r\n", portal.LastHead, StringComparison.Ordinal);
        Assert.Contains("\r\ntokenId: def\r\n", portal.LastHead, StringComparison.Ordinal);
        Assert.Contains($"\r\npasswordHash: {PortalAccount.Digest(A.Password)}\r\n", portal.LastHead, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n", portal.LastHead, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", portal.LastHead, StringComparison.OrdinalIgnoreCase);
    }
}
