using System.Net;

namespace LienThong.Portal;

/// <summary>Whether an address is this machine's own, where data doesn't cross a network.</summary>
/// <remarks>Not <c>Uri.IsLoopback</c>: it isn't safe for threads that ask a new address at the same time and can say no of 127.0.0.1.</remarks>
public static class ThisMachine
{
    /// <summary>True for <c>localhost</c> and loopback addresses.</summary>
    public static bool Serves(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return string.Equals(address.Host, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(address.Host, out IPAddress? number) && IPAddress.IsLoopback(number));
    }
}
