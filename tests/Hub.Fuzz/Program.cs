using System.Globalization;
using Hub.Fuzz;

// dotnet run --project tests/Hub.Fuzz -c Release -- --target jwe --cases 1000000 --seed 7
var names = Targets.All.Select(target => target.Name).ToList();
var (chosen, cases, seed) = (new List<string>(), 100_000L, 1UL);
for (var at = 0; at < args.Length; at += 2)
{
    var value = at + 1 < args.Length ? args[at + 1] : "";
    switch (args[at])
    {
        case "--target" when names.Contains(value):
            chosen.Add(value);
            break;
        case "--cases" when long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out cases):
        case "--seed" when ulong.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out seed):
            break;
        default:
            Console.Error.WriteLine("Usage: [--target NAME]... [--cases N] [--seed N]");
            Console.Error.WriteLine($"Targets: {string.Join(", ", names)}");
            return 2;
    }
}

var failed = false;
foreach (var target in Targets.All.Where(target => chosen.Count == 0 || chosen.Contains(target.Name)))
{
    var result = FuzzRun.Go(target, cases, seed, (tried, outcomes) =>
    {
        if (!Console.IsOutputRedirected) Console.Write($"\r{target.Name}: {tried:N0} of {cases:N0}, {outcomes} outcomes ");
    });
    if (!Console.IsOutputRedirected) Console.Write("\r");
    Console.WriteLine($"{target.Name}: {result.Cases:N0} cases, {result.Outcomes} outcomes{(result.Failure is null ? "" : ", FAILED")}");
    if (result.Failure is not { } failure) continue;
    failed = true;
    var file = Path.Combine(Corpus.FolderOf(target.Name), $"found-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(failure))[..12]}");
    File.WriteAllBytes(file, failure);
    Console.WriteLine(result.Why);
    Console.WriteLine($"The input, as short as it gets, is {file}: keep it, it is the failing test.");
}

return failed ? 1 : 0;
