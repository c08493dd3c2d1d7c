using System.Data.Common;
using Npgsql;

namespace ParalegalBot.Records;

/// <summary>
/// A PostgreSQL database with the same migrations and ledger as the file. Writers of all replicas take turns under one advisory lock, as the
/// writers of a file do: what is right for one store is right for both, a hash chain has one end, and no two replicas take the same message.
/// </summary>
internal sealed class PostgresDatabase : IDatabase
{
    /// <summary>"PREC", the file's application id, as the key of the lock.</summary>
    private const long Lock = 0x50524543;

    private readonly NpgsqlDataSource source;

    private PostgresDatabase(NpgsqlDataSource source, NpgsqlConnectionStringBuilder settings)
    {
        this.source = source;
        Place = $"PostgreSQL, base {settings.Database} en {settings.Host}:{settings.Port}";
    }

    /// <inheritdoc />
    public string Place { get; }

    /// <summary>Opens and migrates the database, which must exist.</summary>
    public static PostgresDatabase Open(string connectionString, IReadOnlyList<Migration> migrations)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { ApplicationName = "ParalegalBot" };
        var database = new PostgresDatabase(NpgsqlDataSource.Create(settings), settings);
        try
        {
            database.Write(connection => Migrate(connection, database.Place, migrations));
            return database;
        }
        catch (NpgsqlException cause)
        {
            database.Dispose();
            throw new ParalegalBotException(
                $"No se pudo abrir la bitácora en {database.Place} ({(cause is PostgresException refusal ? refusal.MessageText : "el servidor no contesta")}); revise Records:ConnectionString y que la base exista.", cause);
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public T Read<T>(Func<DbConnection, T> read)
    {
        using var connection = source.OpenConnection();
        return read(connection);
    }

    /// <inheritdoc />
    public T Write<T>(Func<DbConnection, T> write)
    {
        var (connection, transaction) = Begin();
        using (connection)
        using (transaction)
        {
            var result = write(connection);
            transaction.Commit();
            return result;
        }
    }

    /// <inheritdoc />
    public void Dispose() => source.Dispose();

    /// <summary>Opens a transaction and takes the turn. A pooled connection may have died with its server: nothing was done yet, so another is tried.</summary>
    private (NpgsqlConnection Connection, NpgsqlTransaction Transaction) Begin()
    {
        for (var last = false; ; last = true)
        {
            var connection = source.OpenConnection();
            try
            {
                var transaction = connection.BeginTransaction();
                connection.Scalar<object>("SELECT pg_advisory_xact_lock($1)", Lock);
                return (connection, transaction);
            }
            catch (NpgsqlException failure) when (failure.IsTransient && !last)
            {
                connection.Dispose();
            }
            catch
            {
                connection.Dispose();
                throw;
            }
        }
    }

    private static int Migrate(DbConnection connection, string place, IReadOnlyList<Migration> migrations)
    {
        connection.Run("CREATE TABLE IF NOT EXISTS ledger (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at TIMESTAMPTZ NOT NULL DEFAULT now())");
        var version = (int)connection.Scalar<long>("SELECT coalesce(max(version), 0) FROM ledger");
        if (version > migrations.Count)
            throw new ParalegalBotException($"{place}: fue escrita por una versión más reciente de ParalegalBot (esquema {version}; ésta conoce hasta el {migrations.Count}); actualice el programa.");
        for (; version < migrations.Count; version++)
        {
            connection.Run(migrations[version].Postgres);
            connection.Run("INSERT INTO ledger (version, name) VALUES ($1, $2)", version + 1, migrations[version].Name);
        }
        return version;
    }
}
