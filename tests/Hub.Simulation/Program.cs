using System.Diagnostics;
using Hub.Simulation.Bugs;
using Hub.Simulation.Core;
using Hub.Simulation.Runs;

var from = args.Length > 0 ? ulong.Parse(args[0]) : 1;
var count = args.Length > 1 ? int.Parse(args[1]) : 1;
var tell = args.Contains("--tell");
var bug = args.FirstOrDefault(a => a.StartsWith("--bug=")) is { } b ? Enum.Parse<PlantedBug>(b[6..]) : PlantedBug.None;
var folder = "/dev/shm/sim" + Environment.ProcessId;
var all = new Counters();
var clock = Stopwatch.StartNew();
var broken = new SortedDictionary<string, List<ulong>>();
for (var seed = from; seed < from + (ulong)count; seed++)
{
    if (Directory.Exists(folder)) Directory.Delete(folder, true);
    var outcome = Simulation.Run(Choices.FromSeed(seed), new Setup(20, bug, folder), tell);
    if (Directory.Exists(folder)) Directory.Delete(folder, true);
    var again = args.Contains("--once") ? outcome : Simulation.Run(Choices.FromSeed(seed), new Setup(20, bug, folder));
    all.Add(outcome.Counters);
    if ((seed - from) % 20 == 19) Console.WriteLine($"{seed}: cpu {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:F1}");
    if (outcome.Trace != again.Trace) Console.WriteLine($"seed {seed}: TRACES DIFFER {outcome.Trace:x} {again.Trace:x} {outcome.Steps} {again.Steps}");
    if (outcome.Broken is not null) { var k = outcome.Broken.ToString(); k = System.Text.RegularExpressions.Regex.Replace(k, "[a-z]{3}_[0-9a-z_]+", "X"); if (!broken.TryGetValue(k, out var l)) broken[k] = l = []; l.Add(seed); }
    if (count <= 10 ) Console.WriteLine($"seed {seed}: steps {outcome.Steps} choices {outcome.Made.Sum(m => m.Length)} {outcome.Broken}");
    outcome.Story?.Write(Console.Out);
}
Console.WriteLine($"{count} seeds in {clock.Elapsed.TotalSeconds:F1} s");
foreach (var (k, l) in broken) Console.WriteLine($"{l.Count,5} x seeds {string.Join(",", l.Take(5))}: {(k.Length > 300 ? k[..300] : k)}");
if (!args.Contains("--nocount")) foreach (var (what, n) in all.All) Console.WriteLine($"{n,8} {what}");
return 0;
