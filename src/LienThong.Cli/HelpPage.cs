using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using LienThong.Cli.Commands;
using LienThong.Cli.Terminal;

namespace LienThong.Cli;

/// <summary>Help in Vietnamese, with the environment variable that stands for each option.</summary>
internal sealed class HelpPage : SynchronousCommandLineAction
{
    /// <inheritdoc/>
    public override int Invoke(ParseResult parseResult)
    {
        Command command = parseResult.CommandResult.Command;
        TextWriter to = parseResult.InvocationConfiguration.Output;
        to.WriteLine(command.Description);
        to.WriteLine();
        to.Write("Cách dùng:  ");
        to.Write(PathOf(parseResult.CommandResult));
        if (command.Subcommands.Count > 0) to.Write(" LỆNH");
        foreach (Argument argument in command.Arguments) to.Write(argument.Arity.MaximumNumberOfValues > 1 ? $" {argument.Name}..." : $" {argument.Name}");
        to.WriteLine(" [tùy chọn]");
        Section(to, "Lệnh", command.Subcommands.Select(c => (c.Name, c.Description ?? "")));
        Section(to, "Tham số", command.Arguments.Select(a => (a.Name, a.Description ?? "")));
        Section(to, "Tùy chọn", command.Options.Where(o => !o.Hidden).Select(o => (Head(o), Describe(o))));
        to.WriteLine();
        to.WriteLine("Mã kết thúc: 0 tốt; 1 có lỗi chặn, bị từ chối hoặc không đọc được; 2 gọi sai; 3 tệp, địa chỉ hoặc cơ sở dữ liệu có sự cố.");
        return ExitCode.Fine;
    }

    private static void Section(TextWriter to, string title, IEnumerable<(string Head, string Text)> lines)
    {
        (string Head, string Text)[] all = [.. lines];
        if (all.Length == 0) return;
        int width = Math.Min(all.Max(l => l.Head.Length), 34);
        to.WriteLine();
        to.WriteLine($"{title}:");
        foreach ((string head, string text) in all)
        {
            to.Write("  ");
            if (head.Length > width) to.WriteLine(head);
            to.WriteLine($"{(head.Length > width ? "  " + new string(' ', width) : head.PadRight(width))}  {text}");
        }
    }

    private static string Head(Option option) => option switch
    {
        HelpOption or VersionOption => option.Name,
        Option<bool> => option.Name,
        _ => $"{option.Name} {option.HelpName}",
    };

    private static string Describe(Option option) =>
        option is HelpOption or VersionOption || Setting.IsOneTime(option) ? option.Description ?? "" : $"{option.Description} [{Setting.EnvironmentName(option.Name)}]";

    private static string PathOf(CommandResult result) =>
        result.Parent is CommandResult above ? $"{PathOf(above)} {result.Command.Name}" : result.Command.Name;
}
