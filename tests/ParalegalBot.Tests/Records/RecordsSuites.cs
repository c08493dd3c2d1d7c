using System.Data.Common;
using Npgsql;
using ParalegalBot.Records;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Records;

public sealed class SqliteFileTests : RecordsConformance
{
    private readonly ScratchFolder folder;

    public SqliteFileTests() : this(new ScratchFolder()) { }

    private SqliteFileTests(ScratchFolder folder) : base(() => RecordsFile.Open(folder["records.db"])) => this.folder = folder;

    private protected override IEnumerable<string> Unguard(DbConnection connection) =>
        connection.Query(reader => $"DROP TRIGGER {reader.GetString(0)}", "SELECT name FROM sqlite_schema WHERE type = 'trigger'");

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }
}

public sealed class PostgresDatabaseTests : RecordsConformance
{
    private readonly PostgresServer server;
    private readonly string connectionString;

    public PostgresDatabaseTests(PostgresServer server) : this(server, server.NewDatabase()) { }

    private PostgresDatabaseTests(PostgresServer server, string connectionString) : base(() => RecordsFile.Connect(connectionString)) =>
        (this.server, this.connectionString) = (server, connectionString);

    private protected override IEnumerable<string> Unguard(DbConnection connection) => ["ALTER TABLE audit DISABLE TRIGGER USER"];

    [Fact]
    public void Connections_that_died_with_the_server_are_replaced()
    {
        using var records = Open();
        records.File.Write(connection => connection.Run("SELECT 1"));
        server.Disconnect(connectionString);

        Assert.Equal(2, records.File.Write(connection => connection.Run("INSERT INTO turn (conversation, person, at, role, text) VALUES ('c', 'p', '', 'user', 'a'), ('c', 'p', '', 'user', 'b')")));
    }

    [Fact]
    public void A_database_that_does_not_exist_is_named_without_its_password()
    {
        var missing = new NpgsqlConnectionStringBuilder(connectionString) { Database = "no_existe", Password = "secreta" }.ConnectionString;

        var failure = Assert.Throws<ParalegalBotException>(() => RecordsFile.Connect(missing));

        Assert.Contains("no_existe", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secreta", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_version_is_refused()
    {
        using (var records = Open()) records.File.Write(connection => connection.Run("INSERT INTO ledger (version, name) VALUES (9999, 'later')"));

        Assert.Contains("más reciente", Assert.Throws<ParalegalBotException>(() => RecordsFile.Connect(connectionString)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Replicas_that_start_at_once_migrate_once()
    {
        var fresh = server.NewDatabase();

        Parallel.For(0, 4, _ => RecordsFile.Connect(fresh).Dispose());

        using var records = RecordsFile.Connect(fresh);
        Assert.Equal(0, records.File.Read(connection => connection.Scalar<long>("SELECT count(*) - count(DISTINCT version) FROM ledger")));
    }
}

public sealed class SqliteInboxTests : InboxConformance
{
    private readonly ScratchFolder folder;

    public SqliteInboxTests() : this(new ScratchFolder()) { }

    private SqliteInboxTests(ScratchFolder folder) : base(() => RecordsFile.Open(folder["records.db"])) => this.folder = folder;

    public override void Dispose()
    {
        base.Dispose();
        folder.Dispose();
    }
}

public sealed class PostgresInboxTests(PostgresServer server) : InboxConformance(() => RecordsFile.Connect(server.NewDatabase()));

/// <summary>Every place of records has its suite, or this fails.</summary>
public sealed class RecordsSuites
{
    [Fact]
    public void No_database_was_forgotten()
    {
        var implementations = typeof(IDatabase).Assembly.GetTypes().Where(type => type.IsClass && typeof(IDatabase).IsAssignableFrom(type)).Select(type => type.Name + "Tests");
        var suites = typeof(RecordsConformance).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(RecordsConformance))).Select(type => type.Name);

        Assert.Empty(implementations.Except(suites));
    }
}
