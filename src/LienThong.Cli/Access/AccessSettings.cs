using LienThong.Cli.Terminal;
using LienThong.Gateway.Access;

namespace LienThong.Cli.Access;

/// <summary>Who gets in and how, as <c>access.json</c> of the data folder says.</summary>
internal static class AccessSettings
{
    /// <summary>The settings; the defaults when there is no such file.</summary>
    /// <exception cref="CommandFailure">The file can't be used.</exception>
    public static AccessOptions Read(string dataFolder)
    {
        try
        {
            return AccessFile.Read(dataFolder);
        }
        catch (FormatException e)
        {
            throw CommandFailure.Usage(e.Message);
        }
    }
}
