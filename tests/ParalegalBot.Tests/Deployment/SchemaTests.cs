using System.Text.Json.Nodes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Deployment;

/// <summary>What the schemas of Compose and Kubernetes, a linter of Dockerfiles and Prometheus' grammar say of deploy/.</summary>
public sealed class SchemaTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public static TheoryData<string> Files =>
    [
        "Dockerfile", "compose.yaml", "monitoring/alerts.yaml", .. Directory.GetFiles(Path.Combine(YamlFile.Folder, "k8s"), "*.yaml").Order().Select(file => $"k8s/{Path.GetFileName(file)}"),
    ];

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Files))]
    public async Task The_judge_of_a_file_has_nothing_against_it(string file) => Assert.Empty(await JudgeAsync(Path.Combine(YamlFile.Folder, file)));

    [Theory]
    [InlineData("Dockerfile", "EXPOSE 3978", "EXPOSE puerto", "Invalid containerPort")]
    [InlineData("Dockerfile", "USER app", "USR app", "Unknown instruction")]
    [InlineData("compose.yaml", "restart: unless-stopped", "restrat: no", "must NOT have additional properties")]
    [InlineData("compose.yaml", "stop_grace_period: 40s", "stop_grace_period: 40", "must be string")]
    [InlineData("k8s/bot.yaml", "replicas: 2", "replicas: two", "must be integer")]
    [InlineData("k8s/bot.yaml", "containerPort", "containerport", "containerPort")]
    [InlineData("monitoring/alerts.yaml", "min(paralegal_ready) < 1", "min(paralegal_ready < 1", "no PromQL")]
    public async Task The_judges_are_awake(string file, string right, string wrong, string verdict)
    {
        var copy = folder[Path.GetFileName(file)];
        var text = await File.ReadAllTextAsync(Path.Combine(YamlFile.Folder, file), TestContext.Current.CancellationToken);
        Assert.Contains(right, text, StringComparison.Ordinal);
        await File.WriteAllTextAsync(copy, text.Replace(right, wrong, StringComparison.Ordinal), TestContext.Current.CancellationToken);

        Assert.Contains(await JudgeAsync(copy), problem => problem.Contains(verdict, StringComparison.Ordinal));
    }

    private static async Task<IReadOnlyList<string>> JudgeAsync(string file) => [.. (await NodeOracle.AskAsync("deploy", "check.mjs", JsonValue.Create(file))).AsArray().Select(problem => (string)problem!)];
}
