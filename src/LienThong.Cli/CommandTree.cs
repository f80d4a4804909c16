using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Data.Common;
using LienThong.Cli.Commands;
using LienThong.Cli.Terminal;

namespace LienThong.Cli;

/// <summary>All verbs, and what happens around each: mistakes explained in Vietnamese, exit codes kept.</summary>
internal static class CommandTree
{
    /// <summary>Runs a command line.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        ParseResult parsed = Create().Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Action is not HelpPage && (parsed.Errors.Count > 0 || StrayOption(parsed) is not null)) return Explain(parsed);
        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration
            {
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = TimeSpan.FromSeconds(30),
                Output = Screen.Out,
                Error = Screen.Error,
            });
        }
        catch (CommandFailure failure)
        {
            Screen.Fail(failure.Message);
            if (failure.Code == ExitCode.Usage) Screen.Error.WriteLine($"Xem: {NameOf(parsed)} --help");
            return failure.Code;
        }
        catch (OperationCanceledException)
        {
            Screen.Fail("đã dừng theo yêu cầu.");
            return ExitCode.Io;
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            Screen.Fail(Files.Explain(e));
            return ExitCode.Io;
        }
        catch (DbException e)
        {
            Screen.Fail($"cơ sở dữ liệu có sự cố: {e.Message}");
            return ExitCode.Io;
        }
        finally
        {
            Screen.Flush();
        }
    }

    private static RootCommand Create()
    {
        var root = new RootCommand("LienThong: kiểm tra, ký và gửi hồ sơ BHYT lên Cổng giám định.")
        {
            DemoCommand.Create(),
            ServeCommand.Create(),
            ValidateCommand.Create(),
            InspectCommand.Create(),
            ConvertCommand.Create(),
            DiffCommand.Create(),
            SignCommand.Create(),
            VerifyCommand.Create(),
            KeysCommand.Create(),
            PullCommand.Create(),
            SendCommand.Create(),
            StatusCommand.Create(),
            ReconcileCommand.Create(),
            DoctorCommand.Create(),
            RecordsCommand.Create(),
            CardsCommand.Create(),
            DeadlinesCommand.Create(),
            IncidentsCommand.Create(),
            UserCommand.Create(),
            TokenCommand.Create(),
            AuditCommand.Create(),
            ArchiveCommand.Create(),
            RulesCommand.Create(),
            SchemaCommand.Create(),
            MappingCommand.Create(),
            FoldersCommand.Create(),
            CatalogCommand.Create(),
            SamplesCommand.Create(),
            MigrateCommand.Create(),
            SimulatorCommand.Create(),
        };
        foreach (Option option in root.Options)
        {
            if (option is HelpOption help)
            {
                help.Description = "Xem trợ giúp.";
                help.Action = new HelpPage();
            }
            else if (option is VersionOption)
            {
                option.Description = "Xem phiên bản.";
            }
        }

        return root;
    }

    private static int Explain(ParseResult parsed)
    {
        if ((StrayOption(parsed) ?? (parsed.UnmatchedTokens.Count > 0 ? parsed.UnmatchedTokens[0] : null)) is { } stray)
        {
            Screen.Fail($"không hiểu «{Words.Plain(stray, 200)}».");
        }
        else
        {
            foreach (ParseError error in parsed.Errors) Screen.Fail(Vietnamese(parsed, error));
        }

        Screen.Error.WriteLine($"Xem: {NameOf(parsed)} --help");
        return ExitCode.Usage;
    }

    // The parser takes an option it doesn't know for a path; a path that begins with a dash can be given behind «--».
    private static string? StrayOption(ParseResult parsed) => parsed.Tokens
        .TakeWhile(t => t.Type != TokenType.DoubleDash)
        .FirstOrDefault(t => t.Type == TokenType.Argument && t.Value.Length > 1 && t.Value[0] == '-')?.Value;

    // The parser speaks English only; what it can complain about here is a short list.
    private static string Vietnamese(ParseResult parsed, ParseError error)
    {
        string text = error.Message;
        if (error.SymbolResult is CommandResult { Command.Subcommands.Count: > 0 }) return "chưa chọn lệnh.";
        if (text.StartsWith("Required argument missing", StringComparison.Ordinal))
        {
            return error.SymbolResult is OptionResult option ? $"thiếu giá trị cho {option.Option.Name}." : $"thiếu {ArgumentsOf(parsed)}.";
        }

        return error.SymbolResult is OptionResult many && text.Contains("expects a single argument", StringComparison.Ordinal)
            ? $"{many.Option.Name} chỉ nhận một giá trị."
            : Words.Plain(text, 300);
    }

    private static string ArgumentsOf(ParseResult parsed) => string.Join(' ', parsed.CommandResult.Command.Arguments.Select(a => a.Name));

    private static string NameOf(ParseResult parsed)
    {
        string name = parsed.CommandResult.Command.Name;
        for (SymbolResult? up = parsed.CommandResult.Parent; up is CommandResult above; up = above.Parent) name = $"{above.Command.Name} {name}";
        return name;
    }
}
