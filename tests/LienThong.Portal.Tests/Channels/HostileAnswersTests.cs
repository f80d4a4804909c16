using System.Text;
using FsCheck;
using FsCheck.Fluent;
using LienThong.Portal.Channels;

namespace LienThong.Portal.Tests.Channels;

/// <summary>Whatever a gateway answers, reading it gives an outcome and never an exception, and nothing is accepted without a transaction code.</summary>
public sealed class HostileAnswersTests
{
    private static readonly string[] Samples =
    [
        """{"maKetQua":"200","batchId":"B","totalSuccess":1,"totalFailed":0,"fileResults":[{"maGiaoDich":"G1","maKetQua":"200","message":"Tiếp nhận"}]}""",
        """{"maKetQua":true,"apiKey":{"accessToken":"abc","idToken":"d","expiresIn":600,"tokenType":"Bearer","username":"x"},"message":""}""",
        """{"maGiaoDich":"95b243d0","trangThai":1,"maLoi":null,"access_token":"abc","expiresTime":"2026-07-01T10:00:00+07:00"}""",
        """{"logId":"L","metadata":{"status":"success","message":"ok\ud83d","code":"200"},"items":[{"logId":"G1","status":"pending"}]}""",
        """{"access_token":"abc","refresh_token":"def","token_type":"Bearer","expires_in":"2026-07-01T03:00:00Z"}""",
    ];

    private static readonly int[] Statuses = [200, 201, 202, 204, 400, 401, 403, 404, 422, 429, 500, 503];

    [Fact]
    public void Random_bytes() => Check.One(
        Properties.Times(2000),
        Prop.ForAll<byte[], int>(static (bytes, status) => AllRead(bytes, Statuses[(int)((uint)status % Statuses.Length)])));

    [Fact]
    public void Damaged_answers() => Check.One(
        Properties.Times(3000),
        Prop.ForAll<int, int, byte>(static (which, at, value) =>
        {
            byte[] body = Encoding.UTF8.GetBytes(Samples[(int)((uint)which % Samples.Length)]);
            body[(int)((uint)at % body.Length)] = value;
            return AllRead(body, Statuses[value % Statuses.Length]);
        }));

    [Theory]
    [InlineData("""{"maKetQua":"\ud800","fileResults":[{"maGiaoDich":"\ud800"}]}""")]
    [InlineData("""{"\ud800":1,"maKetQua":"200","trangThai":1,"maGiaoDich":"\udfff","logId":"\ud800","status":"success"}""")]
    [InlineData("""{"maKetQua":"200","fileResults":[null]}""")]
    [InlineData("""{"maKetQua":"200","fileResults":["x",1]}""")]
    [InlineData("""{"maKetQua":{},"metadata":[],"fileResults":{},"trangThai":[]}""")]
    [InlineData("""{"maKetQua":"200","totalSuccess":99999999999999999999,"fileResults":[{"maGiaoDich":"G"}]}""")]
    [InlineData("null")]
    [InlineData("3")]
    public void Nasty_answers(string body) => Assert.All(Statuses, status => Assert.True(AllRead(Encoding.UTF8.GetBytes(body), status)));

    private static bool AllRead(byte[] body, int status)
    {
        PortalAnswer answer = Answers.Of(body, status);
        foreach (GatewayDialect dialect in Dialects())
        {
            _ = dialect.AsksToSignIn(answer);
            SignIn signIn = dialect.ReadLogin(answer, null, DateTimeOffset.UnixEpoch);
            SendOutcome sent = dialect.Judge(answer);
            SendOutcome? state = dialect is DienBienDialect ? null : dialect.JudgeState(answer, "G1");
            if (signIn is SignIn.Ready { Token.AccessToken.Length: 0 } || !Sound(sent) || (state is not null && !Sound(state)) || state is SendOutcome.NotSent)
                return false;
        }

        return true;
    }

    private static bool Sound(SendOutcome outcome) => outcome is not SendOutcome.Accepted accepted || accepted.Receipt.TransactionCode.Length is > 0 and <= 100;

    private static GatewayDialect[] Dialects()
    {
        ChannelSettings settings = new("", new Uri("https://a.invalid"), "99001", "99", "x", "y", new Dictionary<string, string>(StringComparer.Ordinal));
        var options = new PortalOptions();
        return [new HanoiDialect(settings, options), new DienBienDialect(settings, options), new FhirDialect(settings, options)];
    }
}
