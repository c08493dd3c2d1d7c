using System.Diagnostics;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering.Checks;
using ParalegalBot.Records;
using ParalegalBot.Server.Operations;
using ParalegalBot.Tests.Records;
using ParalegalBot.Tests.Server;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Deployment;

/// <summary>The unit for machines without containers, copies and their way back, and that dashboards and alerts speak of figures that exist.</summary>
public sealed partial class MachineTests(PostgresServer postgres) : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly RandomNumberGenerator random = RandomNumberGenerator.Create();

    public void Dispose()
    {
        random.Dispose();
        folder.Dispose();
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_systemd_unit_is_understood_by_systemd()
    {
        Need("systemd-analyze");
        var unit = await File.ReadAllTextAsync(Path.Combine(YamlFile.Folder, "systemd", "paralegalbot.service"), Cancel);
        // It verifies that the program exists; here any program does.
        await File.WriteAllTextAsync(folder["paralegalbot.service"], unit.Replace("/usr/bin/dotnet /opt/paralegalbot/ParalegalBot.Server.dll", "/bin/sh", StringComparison.Ordinal), Cancel);

        var (code, output) = await RunAsync("systemd-analyze", [], "verify", "--man=no", folder["paralegalbot.service"]);

        Assert.True(code == 0 && !output.Contains("Unknown", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_copy_made_while_the_bot_writes_is_whole_and_can_be_put_back()
    {
        Need("sqlite3");
        Directory.CreateDirectory(folder["data"]);
        using (var records = RecordsFile.Open(folder["data/records.db"]))
        {
            Append(records, "a1");
            var (code, output) = await RunAsync("bash", [("DATA", folder["data"])], Path.Combine(YamlFile.Folder, "backup.sh"), folder["copies"]);
            Assert.True(code == 0, output);
            Append(records, "a2");
        }
        var copy = Directory.GetFiles(folder["copies"]).Single();

        var (restored, said) = await RunAsync("bash", [("DATA", folder["data"])], Path.Combine(YamlFile.Folder, "restore.sh"), copy);

        Assert.True(restored == 0, said);
        using var back = RecordsFile.Open(folder["data/records.db"]);
        Assert.Equal((true, 1L), (Log(back).Verify().Whole, Log(back).Verify().Rows));
        Assert.Single(Directory.GetFiles(folder["data"], "records.replaced-*.db"));
    }

    [Fact]
    public async Task Records_in_PostgreSQL_are_copied_and_put_back_whole()
    {
        var connectionString = postgres.NewDatabase();
        using (var records = RecordsFile.Connect(connectionString)) Append(records, "a1");
        (string, string)[] tools = [("PG_DUMP", PostgresServer.Program("pg_dump")!), ("PG_RESTORE", PostgresServer.Program("pg_restore")!), ("DATA", folder["none"])];

        var (copied, output) = await RunAsync("bash", [.. tools, ("RECORDS_CONNECTION", Address(connectionString))], Path.Combine(YamlFile.Folder, "backup.sh"), folder["copies"]);
        Assert.True(copied == 0, output);
        var empty = postgres.NewDatabase();
        var (restored, said) = await RunAsync("bash", [.. tools, ("RECORDS_CONNECTION", Address(empty))], Path.Combine(YamlFile.Folder, "restore.sh"), Directory.GetFiles(folder["copies"]).Single());
        Assert.True(restored == 0, said);

        using var back = RecordsFile.Connect(empty);
        Assert.Equal((true, 1L), (Log(back).Verify().Whole, Log(back).Verify().Rows));
        Append(back, "a2");
        Assert.True(Log(back).Verify().Whole);
    }

    [Theory]
    [InlineData("monitoring/alerts.yaml")]
    [InlineData("monitoring/grafana.json")]
    public async Task Every_figure_that_is_watched_exists(string file)
    {
        using var server = new SampleServer();
        var client = server.CreateClient();
        var cited = server.Cited() with { Timings = new Dictionary<string, double> { ["search"] = 12 }, Trace = new AnswerTrace([new ClaimVerdict("a", [], 0.1, new CheckFinding("figures", "a", "b"))], [], null) };
        server.Services.GetRequiredService<AnswerMetrics>().Answered("web", cited, TimeSpan.FromSeconds(1));
        await client.GetAsync("/health/live", Cancel);

        var figures = (await client.GetStringAsync("/metrics", Cancel)).Split('\n').Where(line => line.Length > 0 && line[0] != '#').Select(line => line.Split('{', ' ')[0]).ToHashSet();
        var watched = Figure().Matches(await File.ReadAllTextAsync(Path.Combine(YamlFile.Folder, file), Cancel)).Select(match => match.Value).Where(name => !name.StartsWith("paralegal_engine", StringComparison.Ordinal)).Distinct().ToList();

        Assert.NotEmpty(watched);
        Assert.Empty(watched.Except(figures));
    }

    [Fact]
    public void Every_alert_says_how_bad_it_is_and_what_to_do()
    {
        var rules = YamlFile.Read("monitoring/alerts.yaml").Single().List("groups")[0].List("rules");

        Assert.True(rules.Count >= 6);
        Assert.All(rules, rule =>
        {
            Assert.NotEmpty(rule.Text("expr")!);
            Assert.Contains(rule.Text("labels", "severity"), new[] { "page", "ticket" });
            Assert.NotEmpty(rule.Text("annotations", "summary")!);
            Assert.NotEmpty(rule.Text("annotations", "action")!);
        });
    }

    [Fact]
    public async Task Every_test_that_the_threat_model_names_exists()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(YamlFile.Folder, "threat-model.md"), Cancel);
        var named = TestName().Matches(page).Select(match => match.Groups[1].Value).Distinct().ToList();
        var classes = typeof(MachineTests).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        var elsewhere = Directory.GetFiles(Path.Combine(Shared.Repository, "tests"), "*.cs", SearchOption.AllDirectories).Select(Path.GetFileNameWithoutExtension).ToHashSet();

        Assert.True(named.Count >= 10);
        Assert.All(named, name => Assert.True(classes.Contains(name) || elsewhere.Contains(name), $"There is no test {name}."));
    }

    private AuditLog Log(RecordsFile records) => new(records, new FakeTimeProvider(), random);

    private void Append(RecordsFile records, string id) =>
        Log(records).Append(new AuditEntry { Id = id, Person = "ana", Channel = "web", Question = "¿?", Outcome = "refused", Answer = "{}", Engine = "extractive" });

    private static string Address(string connectionString)
    {
        var settings = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
        return $"postgresql://{settings.Username}@{settings.Host}:{settings.Port}/{settings.Database}";
    }

    private static void Need(string program)
    {
        if ((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(path => File.Exists(Path.Combine(path, program)))) return;
        var sentence = $"This test calls {program}, and it is not installed.";
        if (Environment.GetEnvironmentVariable("CI") is not null and not "") Assert.Fail(sentence);
        Assert.Skip(sentence);
    }

    private static async Task<(int Code, string Output)> RunAsync(string program, (string Name, string Value)[] environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(Cancel), process.StandardError.ReadToEndAsync(Cancel));
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, await output + await errors);
    }

    [GeneratedRegex(@"\b(paralegal|http_server|dotnet)_[a-z_0-9]+")]
    private static partial Regex Figure();

    [GeneratedRegex(@"`(\w+Tests|\w+Conformance)`")]
    private static partial Regex TestName();
}
