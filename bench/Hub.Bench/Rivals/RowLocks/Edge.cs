using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Hub.Bench.Rivals.RowLocks;

/// <summary>Who calls, and that a key is carried out once.</summary>
internal sealed class Edge(NpgsqlDataSource database)
{
    /// <summary>An answer and its status.</summary>
    internal sealed record Answer(int Status, byte[] Body)
    {
        public static Answer Of(int status, object body) => new(status, JsonSerializer.SerializeToUtf8Bytes(body));

        public static Answer Refused(int status, string code) => Of(status, new { code });
    }

    /// <summary>The merchant of an API key; <c>null</c> for a stranger.</summary>
    public async Task<string?> MerchantAsync(HttpContext http) =>
        (await Work.ReadAsync(database, "SELECT merchant FROM api_keys WHERE hash = $1", Bearer(http)))?[0] as string;

    /// <summary>The customer of a session; <c>null</c> for a stranger.</summary>
    public async Task<string?> CustomerAsync(HttpContext http) =>
        (await Work.ReadAsync(database, "SELECT customer FROM sessions WHERE hash = $1 AND expires_at > now()", Bearer(http)))?[0] as string;

    /// <summary>Reads the whole body.</summary>
    public static async Task<byte[]> BodyAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, http.RequestAborted);
        return body.ToArray();
    }

    /// <summary>Answers.</summary>
    public static async Task WriteAsync(HttpContext http, Answer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body, http.RequestAborted);
    }

    /// <summary>Carries a request out in one transaction, or repeats the answer it had.</summary>
    public async Task OnceAsync(HttpContext http, string tenant, byte[] body, Func<Work, Task<Answer>> carryOut)
    {
        await using var work = await Work.BeginAsync(database);
        if (await ReserveAsync(work, http, tenant, body) is not { } replay)
        {
            replay = await carryOut(work);
            await FinishAsync(work, http, tenant, replay);
            await work.CommitAsync();
        }

        await WriteAsync(http, replay);
    }

    /// <summary>Takes the key; whoever comes second waits for the first one's commit.</summary>
    /// <returns>The answer to repeat; <c>null</c> when there is none.</returns>
    public static async Task<Answer?> ReserveAsync(Work work, HttpContext http, string tenant, byte[] body)
    {
        var fingerprint = SHA256.HashData([.. Encoding.UTF8.GetBytes($"{http.Request.Method} {http.Request.Path}\n"), .. body]);
        var taken = await work.ChangeAsync("INSERT INTO idempotency (tenant, key, fingerprint) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", tenant, Key(http), fingerprint);
        if (taken == 1) return null;
        var found = await work.RowAsync("SELECT fingerprint, status, answer FROM idempotency WHERE tenant = $1 AND key = $2", tenant, Key(http));
        if (found is null || !fingerprint.AsSpan().SequenceEqual((byte[])found[0])) return Answer.Refused(422, "other_request_under_this_key");
        return found[1] is int status ? new Answer(status, (byte[])found[2]) : Answer.Refused(409, "in_flight");
    }

    /// <summary>Keeps the answer.</summary>
    public static Task FinishAsync(Work work, HttpContext http, string tenant, Answer answer) =>
        work.ChangeAsync("UPDATE idempotency SET status = $3, answer = $4 WHERE tenant = $1 AND key = $2", tenant, Key(http), answer.Status, answer.Body);

    /// <summary>The hash of the caller's token; tokens are kept as hashes only.</summary>
    public static byte[] Bearer(HttpContext http)
    {
        var header = http.Request.Headers.Authorization.ToString();
        return SHA256.HashData(Encoding.UTF8.GetBytes(header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : ""));
    }

    private static string Key(HttpContext http) => http.Request.Headers["Idempotency-Key"].ToString();
}
