using Hub.Actors.Journal.Postgres;
using Hub.Actors.Tests.Journal.Postgres;
using Hub.Api.Tests.Edge.Support;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Tests.Access.Postgres;

/// <summary>Credentials in a real PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresCredentialsTests(PostgresServer server) : CredentialsCompliance
{
    private protected override Task<TestHub> StartAsync(Action<IEndpointRouteBuilder>? map = null) =>
        TestHub.StartAsync(map, access: new PostgresOptions(server.NewDatabase()));
}

/// <summary>Staff in a real PostgreSQL.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresStaffTests(PostgresServer server) : StaffCompliance
{
    private PostgresOptions? _database;

    private protected override PostgresOptions? Database => _database ??= new PostgresOptions(server.NewDatabase());
}
