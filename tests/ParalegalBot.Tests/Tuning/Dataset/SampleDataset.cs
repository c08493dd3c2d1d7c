using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;
using ParalegalBot.Tuning.Dataset;
using ParalegalBot.Tuning.Dataset.Gates;
using ParalegalBot.Tuning.Dataset.Teachers;

namespace ParalegalBot.Tests.Tuning.Dataset;

/// <summary>Two invented laws in a store of their own, and the real parts that make a dataset of them.</summary>
internal sealed class SampleDataset : IDisposable
{
    private static readonly string[] Crafts = ["tejedor", "alfarero", "herrero", "carpintero", "sastre", "panadero", "encuadernador", "vidriero", "curtidor", "tintorero", "cerero", "platero"];

    private readonly ScratchFolder folder = new();
    private readonly ServiceProvider provider;

    public SampleDataset()
    {
        var services = new ServiceCollection().AddLogging();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<RecordAnswer>((_, _, _) => ValueTask.FromResult("id"));
        services.AddParalegalBot(new ConfigurationBuilder().AddInMemoryCollection([new("Store:Path", folder["statutes.db"]), new("Records:Path", folder["records.db"])]).Build());
        services.AddInference();
        services.AddAnswering();
        provider = services.BuildServiceProvider();
        Store.Write(StoreSamples.Statute("LTX", "Ley de Talleres"), StoreSamples.Document("LTX", null, [.. Articles(10)]), StoreSamples.Source("a"));
        Store.Write(StoreSamples.Statute("LMX", "Ley de Mercados"), StoreSamples.Document("LMX", null, [.. Articles(40)]), StoreSamples.Source("b"));
    }

    public static DateOnly AsOf { get; } = new(2026, 3, 1);

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero)) { AutoAdvanceAmount = TimeSpan.Zero };

    public StatuteStore Store => provider.GetRequiredService<StatuteStore>();

    public string this[string name] => folder[name];

    public ExampleGates Gates => ActivatorUtilities.CreateInstance<ExampleGates>(provider, AsOf);

    public Chunk Chunk(string law, string number) => new ChunkReader(Store, AsOf).Read(Store.Find(law)!).Single(chunk => chunk.Article.Number.Printed == number);

    public Task<DatasetStatistics> Generate(string name, DatasetOptions? options = null, IChatClient? teacher = null, Action<string>? progress = null, params string[] cases) =>
        ActivatorUtilities.CreateInstance<DatasetRun>(provider).GenerateAsync(
            options ?? new DatasetOptions(), new DatasetSources { Teacher = teacher, TeacherName = teacher is null ? "rules" : "test", Seeds = [new SeedTask("deadline", "lay", "cuanto tiempo hay", "Hay cinco días.")], Cases = cases },
            folder[name], AsOf, progress, TestContext.Current.CancellationToken);

    public void Dispose()
    {
        provider.Dispose();
        folder.Dispose();
    }

    /// <summary>A deadline, a prohibition, a duty, an amount and a permission for each craft.</summary>
    private static IEnumerable<(string, string)> Articles(int first)
    {
        var number = 0;
        foreach (var (craft, place) in Crafts.Select((craft, place) => (craft, place)))
        {
            yield return ($"{++number}", $"El {craft} deberá entregar la obra terminada al cliente dentro de los {first + place} días siguientes al encargo.");
            yield return ($"{++number}", $"El {craft} no podrá vender las herramientas ajenas del taller sin licencia municipal.|El {craft} deberá conservar el libro de encargos a la vista del público.");
            yield return ($"{++number}", $"La cuota anual del {craft} por su licencia será de {first * (place + 3)} pesos.|Al {craft} que abandone la obra encargada se le impondrá multa de {first + 2 * place} pesos.");
            yield return ($"{++number}", $"El {craft} podrá contratar aprendices mayores de edad para la obra, salvo que el cliente lo prohíba por escrito.");
        }
    }
}
