using LienThong.Cli;
using LienThong.Cli.Validate;

// Judging files is called for single small files as well: its plain form starts without the machinery of the other verbs.
return args is ["validate", ..] && ValidateArguments.TryReadPlain(args.AsSpan(1)) is { } plain
    ? ValidateRun.Execute(plain)
    : CommandTree.RunAsync(args).GetAwaiter().GetResult();
