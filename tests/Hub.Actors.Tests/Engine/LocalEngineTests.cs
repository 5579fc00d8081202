using Hub.Actors.Tests.Journal.Postgres;

namespace Hub.Actors.Tests.Engine;

public sealed class SqliteActorsTests(SqliteBench bench) : ActorsBehaviour<SqliteBench>(bench);

public sealed class SqliteContestedActorsTests(SqliteBench bench) : ContestedActors<SqliteBench>(bench);

[Collection(PostgresTests.Name)]
public sealed class PostgresActorsTests(PostgresBench bench) : ActorsBehaviour<PostgresBench>(bench);

[Collection(PostgresTests.Name)]
public sealed class PostgresContestedActorsTests(PostgresBench bench) : ContestedActors<PostgresBench>(bench);
