using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace ParalegalBot.Records;

/// <summary>
/// An SQLite file in WAL mode: many readers, one writer, migrations with a ledger. It knows nothing of what the tables mean.
/// A connection serves one call at a time and is kept open for the next.
/// </summary>
internal sealed class SqliteFile : IDatabase
{
    private readonly string connectionString;
    private readonly ConcurrentBag<SqliteConnection> idle = [];
    private readonly Lock writing = new();
    private bool disposed;

    private SqliteFile(string path)
    {
        Place = path;
        connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 60 }.ToString();
    }

    /// <inheritdoc />
    public string Place { get; }

    /// <summary>Opens, creates or migrates the file. <paramref name="what"/> names its purpose in errors: <c>la base de leyes</c>.</summary>
    public static SqliteFile Open(string path, string what, int applicationId, IReadOnlyList<Migration> migrations)
    {
        path = Path.GetFullPath(path);
        var file = new SqliteFile(path);
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            file.Migrate(path, what, applicationId, migrations);
            return file;
        }
        catch (Exception cause) when (cause is SqliteException or IOException or UnauthorizedAccessException)
        {
            file.Dispose();
            throw new ParalegalBotException(cause is SqliteException { SqliteErrorCode: 26 }
                ? $"El archivo {path} no es {what} de ParalegalBot; indique otra ruta."
                : $"No se pudo abrir {path} como {what} ({Reason(cause)}); revise la ruta, los permisos y el espacio en disco.", cause);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Runs a read on a connection of its own.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        var connection = Rent();
        try
        {
            return read(connection);
        }
        finally
        {
            Return(connection);
        }
    }

    /// <summary>Runs a write in one transaction: all of it, or nothing.</summary>
    public T Write<T>(Func<SqliteConnection, T> write)
    {
        lock (writing)
        {
            return Read(connection =>
            {
                using var transaction = connection.BeginTransaction(deferred: false);
                var result = write(connection);
                transaction.Commit();
                return result;
            });
        }
    }

    T IDatabase.Read<T>(Func<DbConnection, T> read) => Read(read);

    T IDatabase.Write<T>(Func<DbConnection, T> write) => Write(write);

    /// <summary>Takes a connection for a stream; it goes back with <see cref="Return"/>.</summary>
    public SqliteConnection Rent()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (idle.TryTake(out var connection)) return connection;
        connection = new SqliteConnection(connectionString);
        connection.Open();
        connection.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA cache_size = -16000; PRAGMA mmap_size = 1073741824;");
        return connection;
    }

    /// <summary>Gives a connection back.</summary>
    public void Return(SqliteConnection connection)
    {
        if (disposed || idle.Count >= 8) connection.Dispose();
        else idle.Add(connection);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        disposed = true;
        while (idle.TryTake(out var connection)) connection.Dispose();
    }

    private void Migrate(string path, string what, int applicationId, IReadOnlyList<Migration> migrations)
    {
        var isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        var connection = Rent();
        try
        {
            if (!isNew) Recognise(connection, path, what, applicationId, migrations.Count);
            if (!isNew && connection.Scalar<long>("PRAGMA user_version") == migrations.Count) return;
            using var transaction = connection.BeginTransaction(deferred: false);
            var version = (int)connection.Scalar<long>("PRAGMA user_version");
            if (version == 0)
                connection.Run($"PRAGMA application_id = {applicationId}; CREATE TABLE ledger (version INTEGER PRIMARY KEY, name TEXT NOT NULL, applied_at TEXT NOT NULL DEFAULT CURRENT_TIMESTAMP) STRICT;");
            for (; version < migrations.Count; version++)
            {
                connection.Run(migrations[version].Sql);
                connection.Run("INSERT INTO ledger (version, name) VALUES ($1, $2)", version + 1, migrations[version].Name);
            }
            connection.Run($"PRAGMA user_version = {migrations.Count}");
            transaction.Commit();
        }
        finally
        {
            Return(connection);
        }
    }

    private static void Recognise(SqliteConnection connection, string path, string what, int applicationId, int known)
    {
        var version = connection.Scalar<long>("PRAGMA user_version");
        if (version > known)
            throw new ParalegalBotException($"El archivo {path} fue escrito por una versión más reciente de ParalegalBot (esquema {version}; ésta conoce hasta el {known}); actualice el programa o indique otra ruta.");
        // A file that another process is creating right now has neither id nor tables yet.
        if (connection.Scalar<long>("PRAGMA application_id") != applicationId && connection.Scalar<long>("SELECT count(*) FROM sqlite_schema") > 0)
            throw new ParalegalBotException($"El archivo {path} no es {what} de ParalegalBot; indique otra ruta.");
    }

    private static string Reason(Exception cause) => cause switch
    {
        UnauthorizedAccessException => "sin permiso",
        SqliteException { SqliteErrorCode: 5 or 6 } => "otro proceso la tiene ocupada",
        SqliteException { SqliteErrorCode: 8 } => "es de solo lectura",
        SqliteException { SqliteErrorCode: 11 } => "el archivo está dañado",
        SqliteException { SqliteErrorCode: 13 } => "el disco está lleno",
        _ => "la ruta no se puede usar",
    };
}
