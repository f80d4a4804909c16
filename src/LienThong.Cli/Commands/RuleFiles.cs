using System.Text;
using LienThong.Cli.Terminal;
using LienThong.Validation.Custom;

namespace LienThong.Cli.Commands;

/// <summary>Rule files that a person names on the command line.</summary>
internal static class RuleFiles
{
    /// <summary>Reads and compiles files.</summary>
    /// <exception cref="CommandFailure">One can't be read, or has mistakes; all mistakes are told with their places first.</exception>
    public static IReadOnlyList<CustomRuleFile> Load(IReadOnlyList<string> paths)
    {
        var files = new List<CustomRuleFile>(paths.Count);
        bool wrong = false;
        foreach (string path in paths)
        {
            CustomRuleLoad load = CustomRuleFile.Load(Encoding.UTF8.GetString(Files.ReadAll(path)).TrimStart('\uFEFF'), Path.GetFileName(path));
            foreach (CustomRuleError error in load.Errors) Screen.Error.WriteLine($"{path}({error.Line},{error.Column}): {Words.Plain(error.Message, 1000)}");
            if (load.File is { } file) files.Add(file);
            else wrong = true;
        }

        return wrong ? throw CommandFailure.Usage("tệp quy tắc có lỗi; sửa các chỗ trên rồi chạy lại.") : files;
    }
}
