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

    private readonly string folder = Directory.CreateTempSubdirectory("paralegal-e2e-").FullName;
    private Process? process;

    /// <summary>Where it said to open it.</summary>
    public Uri Address { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var statutes = Path.Combine(folder, "statutes.db");
        using (var store = StatuteStore.Open(statutes)) SampleLaw.WriteTo(store);
        var thresholds = Path.Combine(folder, "thresholds.json");
        await File.WriteAllTextAsync(thresholds, JsonSerializer.Serialize(AnswerThresholds.ShowAll), TestContext.Current.CancellationToken);
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList =
            {
                Path.Combine(AppContext.BaseDirectory, "ParalegalBot.Server.dll"), "--urls", "http://127.0.0.1:0",
                "--Store:Path", statutes, "--Records:Path", Path.Combine(folder, "records.db"), "--Answers:Thresholds", thresholds,
                "--Operations:Key", OperationsKey, "--Operations:LawyerKey", LawyerKey,
                "--Firm:Name", "Bufete de Prueba", "--Firm:ResponsibleLawyer", "Lic. Ana Ruiz",
            },
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
        };
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
        if (process is not null)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
            process.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }
}
