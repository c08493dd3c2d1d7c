using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Npgsql;
using ParalegalBot.Tests.Records;
using ParalegalBot.Tests.Statutes;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ParalegalBot.Tests.Records;

/// <summary>
/// A real PostgreSQL on a port and in a folder of its own, started by the first test that asks for a database and stopped with the last. It does not
/// run as root, so root starts it as the user that Debian's package brings.
/// </summary>
public sealed class PostgresServer : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly Lock starting = new();
    private int port;
    private int databases;

    /// <summary>The connection string of a new, empty database.</summary>
    public string NewDatabase()
    {
        lock (starting)
        {
            if (port == 0) Start();
        }
        var name = $"test{Interlocked.Increment(ref databases)}";
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand($"CREATE DATABASE {name}", connection);
        command.ExecuteNonQuery();
        return ConnectionString(name);
    }

    /// <summary>Ends every connection to a database, as a restart of the server does.</summary>
    public void Disconnect(string connectionString)
    {
        using var connection = new NpgsqlConnection(ConnectionString("postgres"));
        connection.Open();
        using var command = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = new NpgsqlConnectionStringBuilder(connectionString).Database });
        command.ExecuteNonQuery();
    }

    /// <summary>A program of the server's package: <c>initdb</c>, <c>pg_ctl</c>, <c>pg_dump</c>.</summary>
    public static string? Program(string name) =>
        Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin", name)).Where(File.Exists).OrderDescending().FirstOrDefault()
            : null;

    public void Dispose()
    {
        if (port != 0) Run("pg_ctl", "-D", folder["data"], "-m", "immediate", "-w", "stop");
        folder.Dispose();
    }

    private string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username=postgres;Database={database}";

    private void Start()
    {
        if (Program("initdb") is null)
        {
            const string Sentence = "This test starts a PostgreSQL server, and Debian's package postgresql is not installed.";
            if (Environment.GetEnvironmentVariable("CI") is not null and not "") Assert.Fail(Sentence);
            Assert.Skip(Sentence);
        }
        if (Environment.IsPrivilegedProcess) Start("chown", "postgres", folder.Path);
        Run("initdb", "-D", folder["data"], "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        var free = FreePort();
        // Nothing here outlives the test run, so nothing waits for the disk.
        Run("pg_ctl", "-D", folder["data"], "-w", "-l", folder["log"], "-o",
            $"-p {free} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder.Path} -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=16MB", "start");
        port = free;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static void Run(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess) Start("runuser", ["-u", "postgres", "--", Program(program)!, .. arguments]);
        else Start(Program(program)!, arguments);
    }

    private static void Start(string program, params string[] arguments)
    {
        // The server inherits what pg_ctl is given: redirected output would never end.
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
    }
}
