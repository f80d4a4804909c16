using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Storage;

/// <summary>Who may look into the data folder.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everybody = OwnerOnly | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    private readonly string parent = Directory.CreateTempSubdirectory("lienthong-folder-").FullName;

    private string Folder => Path.Combine(parent, "above", "data");

    [UnixFact]
    public async Task New_folder_is_readable_by_its_owner_only_and_works()
    {
        using (ServiceProvider services = Compose())
            Assert.NotEmpty(await GatewayServices.MigrateAsync(services, default));

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder));
        Assert.True(File.Exists(Path.Combine(Folder, "lienthong.db")));
    }

    [UnixFact]
    public void Empty_folder_is_tightened()
    {
        Directory.CreateDirectory(Folder);
        File.SetUnixFileMode(Folder, Everybody);
        File.SetUnixFileMode(Path.Combine(parent, "above"), Everybody);

        Compose().Dispose();

        Assert.Equal(OwnerOnly, File.GetUnixFileMode(Folder));
        Assert.Equal(Everybody, File.GetUnixFileMode(Path.Combine(parent, "above")));
    }

    [UnixFact]
    public void Folder_with_content_keeps_the_permissions_somebody_chose()
    {
        Directory.CreateDirectory(Folder);
        File.WriteAllText(Path.Combine(Folder, ".keep"), "");
        File.SetUnixFileMode(Folder, Everybody);

        Compose().Dispose();

        Assert.Equal(Everybody, File.GetUnixFileMode(Folder));
    }

    public void Dispose() => Directory.Delete(parent, recursive: true);

    private ServiceProvider Compose() => new ServiceCollection().AddLienThongGateway(new GatewayOptions { DataFolder = Folder }).BuildServiceProvider();

    private sealed class UnixFactAttribute : FactAttribute
    {
        public UnixFactAttribute()
        {
            if (OperatingSystem.IsWindows())
                Skip = "Folders on Windows have no Unix permissions.";
        }
    }
}
