using System.Text;

namespace LienThong.Portal.Tests.Channels;

/// <summary>Answers as they might come.</summary>
internal static class Answers
{
    public static PortalAnswer Of(string body, int status = 200) => Of(Encoding.UTF8.GetBytes(body), status);

    public static PortalAnswer Of(byte[] body, int status = 200) => new(status, body, true, "application/json", null, default, false);
}
