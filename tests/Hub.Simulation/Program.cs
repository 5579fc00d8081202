using Hub.Simulation.Runs;

if (args is ["--help"] or ["-h"])
{
    Console.WriteLine(Arguments.Usage);
    return 0;
}

if (Arguments.Read(args, out var problem) is not { } asked)
{
    Console.Error.WriteLine(problem);
    Console.Error.WriteLine(Arguments.Usage);
    return 2;
}

return new Commands(asked, Console.Out).Run();
