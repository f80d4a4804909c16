using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>schema</c></summary>
internal static class SchemaCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> release = Setting.Text("--release", "ID", "Chuẩn cần viết, ví dụ QD3176; mặc định tất cả.");
        Option<string?> folder = Setting.Text("--out", "DIR", "Thư mục nhận, mỗi chuẩn một thư mục con; mặc định xsd.");
        var command = new Command("schema", "Viết lược đồ XSD của khung hồ sơ và từng bảng.") { release, folder };
        command.SetAction(parsed => Write(ValidateCommand.ReleaseOf(parsed.GetValue(release)), parsed.GetValue(folder) ?? "xsd"));
        return command;
    }

    private static int Write(string? id, string folder)
    {
        foreach (Release release in Releases.All)
        {
            if (id is not null && release.Id != id) continue;
            string own = Path.Combine(folder, release.Id);
            Directory.CreateDirectory(own);
            IReadOnlyList<SchemaFile> files = XmlSchemas.Of(release);
            foreach (SchemaFile file in files)
            {
                var bytes = new MemoryStream();
                file.Write(bytes);
                Files.WriteAll(Path.Combine(own, file.Name), bytes.ToArray());
            }

            Screen.Out.WriteLine($"{own}: {files.Count} lược đồ theo {release.DecisionNumber}.");
        }

        return ExitCode.Fine;
    }
}
