using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ParalegalBot.Tests;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>Microsoft's Agents Playground: a page that looks and behaves like Teams, with the connector behind it, both on this machine.</summary>
internal sealed class AgentsPlayground : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("paralegal-playground-").FullName;
    private Process? process;

    public string Address { get; private set; } = "";

    public async Task StartAsync(Uri server)
    {
        // It opens a browser by itself and ends where it cannot: this opener opens nothing.
        var opener = Path.Combine(folder, "xdg-open");
        await File.WriteAllTextAsync(opener, "#!/bin/sh\n", TestContext.Current.CancellationToken);
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(opener, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var port = FreePort();
        var program = Path.Combine(NodeOracle.Need("playground"), "node_modules", "@microsoft", "m365agentsplayground", "cli.js");
        var start = new ProcessStartInfo("node", [program, "-e", new Uri(server, "api/messages").ToString(), "-c", "msteams", "-p", $"{port}", "--disable-telemetry"])
        {
            WorkingDirectory = folder, RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{folder}:{Environment.GetEnvironmentVariable("PATH")}";
        process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (!line.StartsWith("Listening", StringComparison.Ordinal)) continue;
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipe from filling up
            Address = $"http://localhost:{port}/";
            return;
        }
        throw new InvalidOperationException("The Playground ended before it listened.");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>It does not take port 0.</summary>
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
