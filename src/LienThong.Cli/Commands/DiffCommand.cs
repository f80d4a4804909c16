using System.CommandLine;
using LienThong.Cli.Records;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Gateway.Records.Comparing;
using LienThong.Standard;

namespace LienThong.Cli.Commands;

/// <summary><c>diff</c></summary>
internal static class DiffCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var before = new Argument<string>("TỆP_TRƯỚC") { Description = "Gói XML có một hồ sơ." };
        var after = new Argument<string>("TỆP_SAU") { Description = "Gói XML để so với gói trước." };
        Option<string?> output = Setting.Text("--output", "text|json|csv", "Dạng kết quả; mặc định text.");
        var command = new Command("diff", "Những ô khác nhau giữa hồ sơ trong hai tệp, tiền trước; khác nhau thì mã thoát là 1.") { before, after, output };
        command.SetAction(parsed => Execute(parsed.GetValue(before)!, parsed.GetValue(after)!, DiffOutput.FormatOf(parsed.GetValue(output))));
        return command;
    }

    private static int Execute(string before, string after, string format)
    {
        using Opened one = new(before);
        using Opened other = new(after);
        RecordDiff diff = RecordDiffer.Compare(one.Record, other.Record);
        DiffOutput.Print(diff, format, $"{before} → {after}");
        return diff.IsEmpty ? ExitCode.Fine : ExitCode.Blocked;
    }

    /// <summary>The first record of a file.</summary>
    private sealed class Opened : IDisposable
    {
        private readonly PlainFileStream stream;
        private readonly PackageReader reader;

        public Opened(string path)
        {
            try
            {
                stream = new PlainFileStream(path);
            }
            catch (Exception e) when (Files.IsTrouble(e))
            {
                throw CommandFailure.Io($"{path}: {Files.Explain(e)}");
            }

            reader = new PackageReader(stream);
            Record = reader.Read(out Record? record) ? record : throw new CommandFailure(ExitCode.Blocked, $"{path}: không đọc được hồ sơ nào.");
        }

        public Record Record { get; }

        public void Dispose()
        {
            reader.Dispose();
            stream.Dispose();
        }
    }
}
