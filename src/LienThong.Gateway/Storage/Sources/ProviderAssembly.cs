using System.Collections.Concurrent;
using System.Data.Common;
using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Storage.Sources;

/// <summary>
/// Loads an ADO.NET provider from an assembly of the site, with the assemblies beside it, apart from the product's own. Code runs with all our rights, so
/// the file and its folder must belong to root or to our own account, and nobody else may be able to write there.
/// </summary>
internal static class ProviderAssembly
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
    private static readonly ConcurrentDictionary<(string Path, string Type), DbProviderFactory> Loaded = new();

    /// <summary>The provider; loaded once in the life of the process.</summary>
    /// <exception cref="PullException">The file isn't there, isn't safe, or holds no such provider.</exception>
    public static DbProviderFactory Load(PullAssembly wanted) => Loaded.GetOrAdd((wanted.Path, wanted.Type), key => LoadNew(key.Path, key.Type));

    private static DbProviderFactory LoadNew(string path, string typeName)
    {
        if (!File.Exists(path)) throw new PullException($"Không có tệp «{path}».", "Kiểm tra assembly.path.");
        if (!OperatingSystem.IsWindows()) Trust(path);
        try
        {
            Assembly assembly = new ProviderContext(path).LoadFromAssemblyPath(path);
            Type type = assembly.GetType(typeName, throwOnError: false) ?? throw new PullException($"«{Path.GetFileName(path)}» không có lớp «{typeName}».{Offered(assembly)}", "Sửa assembly.type.");
            if (!type.IsSubclassOf(typeof(DbProviderFactory))) throw new PullException($"«{typeName}» không phải DbProviderFactory.{Offered(assembly)}", "Ghi tên lớp DbProviderFactory của trình điều khiển.");
            object? one = type.GetField("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null)
                ?? type.GetProperty("Instance", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) ?? Activator.CreateInstance(type);
            return one as DbProviderFactory ?? throw new PullException($"Không tạo được «{typeName}».", "Dùng bản khác của trình điều khiển.");
        }
        catch (Exception e) when (e is BadImageFormatException or FileLoadException or FileNotFoundException or TypeLoadException or MissingMethodException or TargetInvocationException or ReflectionTypeLoadException)
        {
            throw new PullException($"Không nạp được «{path}»: {(e.InnerException ?? e).Message}", "Dùng trình điều khiển cho .NET 8 trở lên và đặt mọi tệp .dll của nó trong cùng thư mục.");
        }
    }

    private static string Offered(Assembly assembly)
    {
        string[] names = [.. assembly.GetExportedTypes().Where(t => t.IsSubclassOf(typeof(DbProviderFactory))).Select(t => t.FullName!)];
        return names.Length == 0 ? "" : $" Có: {string.Join(", ", names)}.";
    }

    [System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
    private static void Trust(string path)
    {
        // A link would let somebody else choose the file.
        if (File.ResolveLinkTarget(path, returnFinalTarget: false) is not null) throw new PullException($"«{path}» là liên kết.", "Chép hẳn tệp vào thư mục trình điều khiển.");
        string folder = Path.GetDirectoryName(path)!;
        foreach (string place in (string[])[folder, path, .. Directory.EnumerateFiles(folder, "*.dll")])
        {
            if ((File.GetUnixFileMode(place) & OthersWrite) != UnixFileMode.None) throw new PullException($"«{place}» cho người khác ghi.", $"Chạy: chmod go-w \"{place}\".");
            if (OwnerOf(place) is var owner && owner != 0 && owner != EffectiveUser()) throw new PullException($"«{place}» thuộc tài khoản khác ({owner}).", $"Chạy: chown root \"{place}\".");
        }
    }

    // The runtime doesn't tell owners of files.
    private static long OwnerOf(string path)
    {
        using Process stat = Process.Start(new ProcessStartInfo("stat", ["-c", "%u", "--", path]) { RedirectStandardOutput = true, UseShellExecute = false })
            ?? throw new PullException($"Không xem được chủ của «{path}».", "Cài lệnh stat (coreutils).");
        string text = stat.StandardOutput.ReadToEnd();
        stat.WaitForExit();
        return long.TryParse(text.Trim(), out long owner) ? owner : throw new PullException($"Không xem được chủ của «{path}».", "Kiểm tra quyền đọc thư mục.");
    }

    [DllImport("libc", EntryPoint = "geteuid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint EffectiveUser();

    private sealed class ProviderContext(string path) : AssemblyLoadContext("provider:" + Path.GetFileName(path))
    {
        private readonly AssemblyDependencyResolver resolver = new(path);
        private readonly string folder = Path.GetDirectoryName(path)!;

        protected override Assembly? Load(AssemblyName name)
        {
            // What the runtime itself brings must be the same for both sides.
            string? found = resolver.ResolveAssemblyToPath(name) ?? Beside(name.Name + ".dll");
            return found is null ? null : LoadFromAssemblyPath(found);
        }

        protected override nint LoadUnmanagedDll(string unmanagedDllName) =>
            resolver.ResolveUnmanagedDllToPath(unmanagedDllName) is { } found ? LoadUnmanagedDllFromPath(found) : nint.Zero;

        private string? Beside(string file) => File.Exists(Path.Combine(folder, file)) ? Path.Combine(folder, file) : null;
    }
}
