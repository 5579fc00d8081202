using System.Security.Cryptography;
using System.Text;
using Hub.EndToEnd.Support;

namespace Hub.Faults.Support;

/// <summary>Reads from a trace what came first: the journal's sync, or what it must come before.</summary>
internal sealed class SyncOrder(IReadOnlyList<SystemCall> calls)
{
    private const string Log = "journal.db-wal>";

    /// <summary>What has to be traced for this.</summary>
    internal static readonly string[] Traced = ["-e", "trace=pwrite64,pwritev,write,writev,fsync,fdatasync,sendto,sendmsg"];

    /// <summary>How a request's command is named in the journal.</summary>
    internal static string CommandOf(string tenant, string key) =>
        $"req:{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{tenant}\0{key}")))}";

    /// <summary>Fails unless the journal was synced between the first write of these words and the first send of those.</summary>
    /// <param name="written">Words that the journal holds from then on.</param>
    /// <param name="port">The port at either end of the connection.</param>
    /// <param name="sent">Words of what was sent.</param>
    internal void SyncedBefore(string[] written, int port, string sent)
    {
        var write = First("a write to the journal of " + string.Join(" and ", written), call =>
            call.Name.StartsWith("pwrite", StringComparison.Ordinal) && call.Text.Contains(Log, StringComparison.Ordinal) && written.All(words => call.Text.Contains(words, StringComparison.Ordinal)));
        var sync = First("a sync of the journal after it", call =>
            call.Name is "fsync" or "fdatasync" && call.Text.Contains(Log, StringComparison.Ordinal) && call.Began > write.Began && call.Result.StartsWith('0'));
        var send = First($"a send of '{sent}'", call =>
            IsSocket(call, port) && call.Text.Contains(sent, StringComparison.Ordinal));
        Assert.True(
            write.Began < sync.Began && sync.Ended < send.Began,
            $"'{sent}' was sent (line {send.Began}) before the journal was synced (line {sync.Ended}): written on line {write.Began}.");
    }

    private static bool IsSocket(SystemCall call, int port) =>
        call.Name is "sendto" or "sendmsg" or "write" or "writev"
        && (call.Text.Contains($":{port}]>", StringComparison.Ordinal) || call.Text.Contains($":{port}->", StringComparison.Ordinal));

    private SystemCall First(string what, Func<SystemCall, bool> condition) =>
        calls.FirstOrDefault(condition) ?? throw new Xunit.Sdk.XunitException($"The trace of {calls.Count} calls does not show {what}.");
}
