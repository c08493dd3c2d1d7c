using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Inference.StaticEmbeddings;
using ParalegalBot.Retrieval;
using ParalegalBot.Retrieval.Qdrant;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Retrieval.Qdrant;

/// <summary>The bot and its command line with Qdrant configured.</summary>
public sealed class QdrantServiceTests : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private QdrantSetting setting = null!;

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        setting = await QdrantSetting.StandInAsync();
        Directory.CreateDirectory(folder["data"]);
        using var store = StatuteStore.Open(folder["data/statutes.db"]);
        store.Write("LFT", ("1", "El tejedor avisará al taller con quince días de anticipación."), ("2", "El maestro avisará con veinte días."));
    }

    public async ValueTask DisposeAsync()
    {
        await setting.DisposeAsync();
        folder.Dispose();
    }

    [Theory]
    [InlineData("refused")]
    [InlineData("429")]
    [InlineData("500")]
    [InlineData("silence")]
    [InlineData("cut off")]
    [InlineData("gone")]
    [InlineData("other dimensions")]
    public async Task The_bot_builds_its_first_index_refuses_while_Qdrant_fails_it_and_recovers_by_itself(string fault)
    {
        await using var provider = Provide(("Retrieval:Index", "qdrant"));
        await provider.GetRequiredService<OpenPassageIndex>()(Stop);
        provider.GetRequiredService<IOptions<QdrantOptions>>().Value.TimeoutSeconds = .3;
        var assistant = provider.GetRequiredService<LegalAssistant>();
        var question = new Question { Text = "¿con cuántos días debe avisar el tejedor al taller según la LFT?" };
        var port = new Uri(setting.StandIn!.Url).Port;
        if (fault == "refused") await setting.StandIn.DisposeAsync();
        else if (fault == "gone") setting.StandIn.Delete((await setting.Builds.CurrentAsync(Stop))!);
        else if (fault == "other dimensions") await PublishAsync(new QdrantSamples.OneVector("otro", 64));
        else setting.StandIn.Next([.. Enumerable.Repeat(QdrantStandIn.Fault(fault), 3)]);

        var refused = await assistant.AnswerAsync(question, cancellationToken: Stop);
        await using var back = fault == "refused" ? await QdrantStandIn.StartAsync(QdrantSetting.Description, port: port) : null;
        if (fault is "refused" or "gone" or "other dimensions") await PublishAsync(provider.GetRequiredService<IEmbeddingGenerator<string, Embedding<float>>>());
        var answered = await assistant.AnswerAsync(question, cancellationToken: Stop);

        Assert.Equal(RefusalReason.Unavailable, Assert.IsType<Answer.Refused>(refused).Reason);
        Assert.Contains("LFT/1/", answered.Retrieved[0].Id);
    }

    [Theory]
    [InlineData("Retrieval:Index", "elastic")]
    [InlineData("Qdrant:Url", "qdrant:6333")]
    [InlineData("Qdrant:Alias", "Mis Leyes")]
    [InlineData("Qdrant:Attempts", "0")]
    [InlineData("Qdrant:TimeoutSeconds", "0.1")]
    [InlineData("Qdrant:WriteConsistency", "2")]
    [InlineData("Qdrant:Quantization", "int4")]
    public async Task A_setting_out_of_range_is_told_with_its_path(string name, string value)
    {
        await using var provider = Provide((name, value));

        var failure = Assert.Throws<OptionsValidationException>(() =>
        {
            _ = provider.GetRequiredService<IOptions<RetrievalOptions>>().Value;
            _ = provider.GetRequiredService<IOptions<QdrantOptions>>().Value;
        });

        Assert.Contains(name, failure.Message);
    }

    [Fact]
    public async Task The_embedded_index_stays_the_default()
    {
        await using var provider = Provide();

        Assert.IsType<SqlitePassageIndex>(provider.GetRequiredService<IPassageIndex>());
    }

    [Fact]
    public async Task The_command_line_builds_lists_checks_and_protects_the_index()
    {
        var missing = JsonDocument.Parse((await RunAsync("doctor", "--json")).Output).RootElement.EnumerateArray().Single(line => line.GetProperty("name").GetString() == "índice en uso");
        var swapped = JsonDocument.Parse((await RunAsync("index", "swap", "--json")).Output).RootElement.GetProperty("current").GetString()!;
        var listed = JsonDocument.Parse((await RunAsync("index", "list", "--json")).Output).RootElement;
        var checks = JsonDocument.Parse((await RunAsync("doctor", "--json")).Output).RootElement.EnumerateArray().ToList();
        var dropped = await RunAsync("index", "drop", swapped);

        Assert.False(missing.GetProperty("ok").GetBoolean());
        Assert.Contains("paralegal index swap", missing.GetProperty("detail").GetString());
        Assert.Equal((swapped, true, 2), (listed[0].GetProperty("collection").GetString(), listed[0].GetProperty("current").GetBoolean(), listed[0].GetProperty("passages").GetInt32()));
        Assert.All(checks.Where(line => line.GetProperty("name").GetString() is "Qdrant" or "índice" or "índice en uso"), line => Assert.True(line.GetProperty("ok").GetBoolean()));
        Assert.Equal((1, true), (dropped.Code, dropped.Error.Contains("en uso")));
    }

    [Fact]
    public async Task The_command_line_copies_an_index_restores_it_and_drops_it()
    {
        var first = JsonDocument.Parse((await RunAsync("index", "swap", "--json")).Output).RootElement.GetProperty("current").GetString();
        var location = JsonDocument.Parse((await RunAsync("index", "snapshot", "--json")).Output).RootElement.GetProperty("location").GetString()!;
        var restored = JsonDocument.Parse((await RunAsync("index", "restore", location, "--json")).Output).RootElement.GetProperty("restored").GetString()!;
        var swapped = await RunAsync("index", "swap", restored, "--json");
        var dropped = JsonDocument.Parse((await RunAsync("index", "drop", first!, "--json")).Output).RootElement.GetProperty("dropped");

        Assert.StartsWith($"file:///qdrant/snapshots/{first}/", location);
        Assert.Equal(restored, JsonDocument.Parse(swapped.Output).RootElement.GetProperty("current").GetString());
        Assert.Equal(first, dropped[0].GetString());
        Assert.Equal([restored], setting.StandIn!.Collections);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("qdrant")]
    public async Task The_command_line_gives_all_passages_the_vectors_of_another_encoder(string index)
    {
        await using (var file = File.Create(folder["otro.bin"])) new StaticEncoder("otro", 64, 128, ["tejedor"], new sbyte[64 * 129], new float[129]).Save(file);
        (string, string)[] other = [("Retrieval:Index", index), ("Embeddings:ModelPath", folder["otro.bin"])];
        await RunAsync([("Retrieval:Index", index)], "index", "embed");

        var refused = await RunAsync(other, "search", "tejedor");
        var embedded = JsonDocument.Parse((await RunAsync(other, "index", "embed", "--json")).Output).RootElement;
        var found = await RunAsync(other, "search", "tejedor", "--json");
        var doctor = JsonDocument.Parse((await RunAsync("doctor", "--json")).Output).RootElement.EnumerateArray();

        Assert.Equal((1, true), (refused.Code, refused.Error.Contains("index embed")));
        Assert.Equal((2, "otro"), (embedded.GetProperty("embedded").GetInt32(), embedded.GetProperty("encoder").GetString()));
        Assert.Equal("1", JsonDocument.Parse(found.Output).RootElement[0].GetProperty("article").GetString());
        if (index == "qdrant") Assert.Contains("index embed", doctor.Single(line => line.GetProperty("name").GetString() == "índice en uso").GetProperty("detail").GetString());
    }

    private async Task PublishAsync(IEmbeddingGenerator<string, Embedding<float>> encoder)
    {
        using var store = StatuteStore.Open(folder["data/statutes.db"]);
        store.DropVectors();
        await setting.Builds.PublishAsync(store, new PassageEmbedder(store, encoder), cancellationToken: Stop);
    }

    private ServiceProvider Provide(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(Settings.Concat(settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))
            .GroupBy(pair => pair.Key).Select(group => group.Last())).Build();
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton(WrittenQuestions.None);
        services.AddSingleton<RecordAnswer>((_, _, _) => ValueTask.FromResult("id"));
        services.AddParalegalBot(configuration);
        services.AddAnswering();
        services.AddInference();
        return services.BuildServiceProvider();
    }

    private IEnumerable<KeyValuePair<string, string?>> Settings =>
    [
        new("Store:Path", folder["data/statutes.db"]), new("Records:Path", folder["data/records.db"]),
        new("Qdrant:Url", setting.Options.Url), new("Qdrant:Alias", setting.Options.Alias), new("Qdrant:RetryMilliseconds", "0"), new("Qdrant:RefreshSeconds", "0"),
    ];

    private Task<(int Code, string Output, string Error)> RunAsync(params string[] args) => RunAsync([("Retrieval:Index", "qdrant")], args);

    private async Task<(int Code, string Output, string Error)> RunAsync((string Name, string Value)[] settings, params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paralegal.dll"), .. args])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (var (name, value) in Settings.Concat(settings.Select(pair => KeyValuePair.Create(pair.Name, (string?)pair.Value)))) start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(Stop);
        var error = process.StandardError.ReadToEndAsync(Stop);
        await process.WaitForExitAsync(Stop);
        return (process.ExitCode, await output, await error);
    }
}
