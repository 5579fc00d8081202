using System.Text;
using Hub.Actors.Ports;
using Hub.Api.Access;
using Hub.Api.Access.Storage;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Tests.Access;

public sealed class SqliteCredentialsTests : CredentialsCompliance
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Invariant 23: the file holds no secret.</summary>
    [Fact]
    public async Task The_file_holds_digests_only()
    {
        var folder = Directory.CreateTempSubdirectory("hub-access-");
        var path = Path.Combine(folder.FullName, "access.db");
        string secret;
        await using (var database = new SqliteAccess(path))
        {
            var time = new ManualTime();
            var credentials = new StoredCredentials(database, new TestKeyring(), new TestRandom(), new IdSource(time, new TestRandom()), time, new CredentialPrefixes());
            secret = (await credentials.IssueAsync(NewCredential.ApiKey("mer_a"), Cancel)).Secret;
            foreach (var file in folder.GetFiles())
            {
                await using var stream = file.Open(FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
                using var reader = new StreamReader(stream, Encoding.Latin1);
                var text = await reader.ReadToEndAsync(Cancel);
                Assert.DoesNotContain(secret["sk_test_".Length..], text, StringComparison.Ordinal);
            }
        }

        folder.Delete(recursive: true);
    }

    private protected override Task<TestHub> StartAsync(Action<IEndpointRouteBuilder>? map = null) => TestHub.StartAsync(map);
}
