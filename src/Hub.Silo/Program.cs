using Hub.Silo;
using Hub.Silo.Commands;

try
{
    return args switch
    {
        ["sandbox", .. var rest] => await SandboxCommand.RunAsync(rest),
        ["verify", .. var rest] => VerifyCommand.Run(rest),
        ["admin", "create", .. var rest] => await AdminCommand.RunAsync(rest),
        ["keys", "rotate", .. var rest] => await KeysCommand.RunAsync(rest),
        ["receipt", "verify", .. var rest] => ReceiptCommand.Verify(rest),
        ["health", .. var rest] => await HealthCommand.RunAsync(rest),
        ["help" or "--help" or "-h", ..] => HelpCommand.Run(),
        [var first, ..] when !first.StartsWith('-') => HelpCommand.Unknown(first),
        _ => await ServeCommand.RunAsync(args),
    };
}
catch (Exception problem) when (StartProblems.Explain(problem) is { } line)
{
    await Console.Error.WriteLineAsync(line);
    return 1;
}
