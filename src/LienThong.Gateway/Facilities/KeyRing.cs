using LienThong.Gateway.Storage;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Facilities;

/// <summary>
/// The keys that secrets, sign-ins and forms are protected with. With SQLite they lie in the data folder (<c>keys</c>), readable by its owner only;
/// with PostgreSQL in the database, so that what one node encrypts every other opens.
/// </summary>
internal static class KeyRing
{
    private const string Application = "LienThong";

    /// <summary>Registers the key ring and everything that protects with it.</summary>
    public static void AddKeyRing(this IServiceCollection services, GatewayOptions options)
    {
        IDataProtectionBuilder protection = services.AddDataProtection().SetApplicationName(Application);
        if (string.IsNullOrWhiteSpace(options.Postgres))
            protection.PersistKeysToFileSystem(Folder(options.DataFolder));
        else
            services.AddOptions<KeyManagementOptions>().Configure<KeyRingStore>(static (keys, store) => keys.XmlRepository = store);
        services.AddSingleton<KeyRingStore>();
    }

    /// <summary>Before the first use with PostgreSQL: keys this node has in its data folder are taken over; without any, the first one is made. Once, whatever number of nodes start.</summary>
    public static async Task PrepareAsync(IServiceProvider services, CancellationToken ct)
    {
        GatewayOptions options = services.GetRequiredService<GatewayOptions>();
        if (!string.IsNullOrWhiteSpace(options.Postgres))
            await services.GetRequiredService<KeyRingStore>().PrepareAsync(Path.Combine(options.DataFolder, "keys"), Application, ct);
    }

    private static DirectoryInfo Folder(string dataFolder)
    {
        DirectoryInfo folder = Directory.CreateDirectory(Path.Combine(dataFolder, "keys"));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(folder.FullName, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return folder;
    }
}
