using System.Diagnostics;
using System.Text.Json;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Server;

namespace ParalegalBot.EndToEnd.Tests;

/// <summary>
/// The server as its own process on a free port of this machine, over a store with one invented law. It shows whatever was proved, so that
/// no calibration over other laws decides these tests.
/// </summary>
public sealed class RunningServer : IAsyncLifetime
{
    /// <summary>Opens the operations page for an operator.</summary>
    public const string OperationsKey = "clave-de-operadores-1";

    /// <summary>Opens it for the responsible lawyer.</summary>
    public const string LawyerKey = "clave-de-la-abogada-22";

    private const string Announcement = "Abra ";

    /// <summary>Settings beside those that every test needs, as words of the command line.</summary>
    public IReadOnlyList<string> Settings { get; init; } = [];

    private readonly string folder = Directory.CreateTempSubdirectory("paralegal-e2e-").FullName;
    private Process? process;

    /// <summary>Where it said to open it.</summary>
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        using (var store = StatuteStore.Open(Statutes)) SampleLaw.WriteTo(store);
        await File.WriteAllTextAsync(Thresholds, JsonSerializer.Serialize(AnswerThresholds.ShowAll), TestContext.Current.CancellationToken);
        await StartAsync();
    }

    private string Statutes => Path.Combine(folder, "statutes.db");

    private string Thresholds => Path.Combine(folder, "thresholds.json");

    /// <summary>Starts it, over what an earlier one left.</summary>
    public async Task StartAsync()
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "ParalegalBot.Server.dll"), "--urls", "http://127.0.0.1:0",
            "--Store:Path", Statutes, "--Records:Path", Path.Combine(folder, "records.db"), "--Answers:Thresholds", Thresholds,
            "--Operations:Key", OperationsKey, "--Operations:LawyerKey", LawyerKey,
            "--Firm:Name", "Bufete de Prueba", "--Firm:ResponsibleLawyer", "Lic. Ana Ruiz", .. Settings,
        ];
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        process = Process.Start(start)!;
        var said = new List<string>();
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            if (!line.StartsWith(Announcement, StringComparison.Ordinal)) continue;
            Address = new Uri(line[Announcement.Length..]);
            _ = process.StandardOutput.ReadToEndAsync(CancellationToken.None); // keeps the pipe from filling up
            return;
        }
        throw new InvalidOperationException($"The server ended without saying where to open it: {string.Join('\n', said)}");
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Ends it as the kernel would: at once, without a word.</summary>
    public async Task KillAsync()
    {
        if (process is null) return;
        process.Kill();
        await process.WaitForExitAsync(CancellationToken.None);
        process.Dispose();
        process = null;
    }
}
