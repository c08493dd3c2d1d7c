using ParalegalBot.Ingestion;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Ingestion;

/// <summary>The run's own promises, over a toy format: title, publication, reform, then one article a line.</summary>
public sealed class IngestionRunTests : IDisposable
{
    private readonly ScratchFolder folder = new();
    private readonly StatuteStore store;
    private readonly IngestionRun run;
    private int read;

    public IngestionRunTests()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        var catalogue = new StatuteCatalogue(
        [
            new CatalogueEntry { Law = "LDP", Code = "LDP", Title = "Ley de Datos", Published = new DateOnly(2025, 3, 20), Url = "https://example.org/LDP.pdf", Matter = "datos personales", Entity = "México" },
            new CatalogueEntry { Law = "LDP_2010", Code = "LDP_2010", Title = "Ley de Datos", Published = new DateOnly(2010, 7, 5) },
        ]);
        run = new IngestionRun(store, catalogue, Read, TimeProvider.System);
    }

    public void Dispose()
    {
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task Namesakes_of_different_publication_are_two_laws()
    {
        var results = await RunAsync([Law("a.txt", "LEY DE DATOS", "2025-03-20", null, "Nueva."), Law("b.txt", "Ley de Datos", "2010-07-05", null, "Vieja.")]);

        Assert.Equal(["LDP", "LDP_2010"], results.Select(result => result.Law));
        Assert.Equal("Nueva.", store.Article("LDP", "1")!.Passages[0].Text);
        Assert.Equal("LDP/1/p1", store.Article("LDP", "1")!.Passages[0].Id);
        Assert.Equal(("https://example.org/LDP.pdf", "datos personales"), (store.Find("LDP")!.SourceUrl, store.Find("LDP")!.Matter));
    }

    [Fact]
    public async Task An_unknown_law_takes_the_name_of_its_file_and_its_state_from_its_title()
    {
        var results = await RunAsync([Law("CCJ (1).txt", "Código Civil para el Estado de Jalisco", "1995-02-25", null, "Uno.")]);

        Assert.Equal("CCJ-1", results[0].Law);
        Assert.Equal((LegalOrder.State, "Jalisco", "civil"), (store.Find("CCJ-1")!.Order, store.Find("CCJ-1")!.Entity, store.Find("CCJ-1")!.Matter));
    }

    [Fact]
    public async Task Two_unknown_laws_in_files_of_one_name_stay_two_laws()
    {
        var results = await RunAsync([Law("uno/ley.txt", "Ley de Tianguis", "1999-01-01", null, "Uno."), Law("dos/ley.txt", "Ley de Rastros", "2001-01-01", null, "Dos.")]);

        Assert.Equal(["ley", "ley_2001"], results.Select(result => result.Law));
    }

    [Fact]
    public async Task The_given_abbreviation_wins_and_a_later_text_is_a_version()
    {
        await RunAsync([Law("a.txt", "Ley de Datos", "2025-03-20", null, "Doce.")], new IngestionChoices("MIA"));
        var later = await RunAsync([Law("b.txt", "Ley de Datos", "2025-03-20", "2026-01-01", "Quince.")], new IngestionChoices("MIA"));

        Assert.Equal(("MIA", IngestionOutcome.Updated), (later[0].Law, later[0].Outcome));
        Assert.Equal(2, store.Versions("MIA", "1").Count);
    }

    [Fact]
    public async Task Known_bytes_are_not_read_again()
    {
        var file = Law("a.txt", "Ley de Datos", "2025-03-20", null, "Uno.");
        await RunAsync([file]);
        var generation = store.Generation;
        var again = await RunAsync([file]);

        Assert.Equal((IngestionOutcome.Unchanged, "LDP", 1), (again[0].Outcome, again[0].Law, again[0].Articles));
        Assert.Equal(1, read);
        Assert.Equal(generation, store.Generation);
    }

    [Fact]
    public async Task Verified_through_is_the_given_day_else_the_last_reform_else_the_publication()
    {
        var published = Law("a.txt", "Ley de Datos", "2025-03-20", null, "Uno.");
        await RunAsync([published]);
        Assert.Equal(new DateOnly(2025, 3, 20), store.Find("LDP")!.VerifiedThrough);

        await RunAsync([Law("b.txt", "Ley de Datos", "2025-03-20", "2026-01-01", "Dos.")]);
        Assert.Equal(new DateOnly(2026, 1, 1), store.Find("LDP")!.VerifiedThrough);

        await RunAsync([published], new IngestionChoices(VerifiedThrough: new DateOnly(2026, 6, 30)));
        Assert.Equal(new DateOnly(2026, 6, 30), store.Find("LDP")!.VerifiedThrough);
    }

    [Fact]
    public async Task One_failing_file_never_stops_the_others_and_results_keep_the_order()
    {
        File.WriteAllText(folder["broken.txt"], "broken");
        File.WriteAllText(folder["empty.txt"], "Ley Vacía\n2000-01-01\n-\n");
        string[] files = [folder["missing.txt"], folder["broken.txt"], folder["empty.txt"], Law("a.txt", "Ley de Datos", "2025-03-20", null, "Uno.")];

        var results = await RunAsync(files);

        Assert.Equal(files, results.Select(result => result.File));
        Assert.Equal([IngestionOutcome.Failed, IngestionOutcome.Failed, IngestionOutcome.Failed, IngestionOutcome.Added], results.Select(result => result.Outcome));
        Assert.Contains("No existe", results[0].Error);
        Assert.Contains("no se pudo leer como ley", results[1].Error);
        Assert.Contains("ningún artículo", results[2].Error);
    }

    [Fact]
    public async Task A_folder_stands_for_the_readable_files_below_it()
    {
        Law("leyes/b/uno.txt", "Ley de Tianguis", "1999-01-01", null, "Uno.");
        Law("leyes/a.md", "Ley de Rastros", "1999-01-01", null, "Uno.");
        File.WriteAllText(folder["leyes/nota.log"], "no");
        Directory.CreateDirectory(folder["vacía"]);

        var results = await RunAsync([folder["leyes"], folder["vacía"]]);

        Assert.Equal([IngestionOutcome.Added, IngestionOutcome.Added, IngestionOutcome.Failed], results.Select(result => result.Outcome));
        Assert.Contains("no contiene archivos", results[2].Error);
    }

    [Fact]
    public async Task A_run_that_is_left_early_keeps_what_was_written()
    {
        var files = Enumerable.Range(0, 20).Select(n => Law($"l{n}.txt", $"Ley {n}", "1999-01-01", null, "Uno.")).ToList();
        await foreach (var _ in run.RunAsync(files, new IngestionChoices(), cancellationToken: TestContext.Current.CancellationToken)) break;

        Assert.Single(store.Statutes());
    }

    [Theory]
    [InlineData("Código Civil para el Estado de Jalisco", LegalOrder.State, "Jalisco")]
    [InlineData("Código Civil del Estado Libre y Soberano de Baja California Sur", LegalOrder.State, "Baja California Sur")]
    [InlineData("CÓDIGO PENAL PARA EL ESTADO DE MÉXICO", LegalOrder.State, "Estado de México")]
    [InlineData("Código Civil para el Distrito Federal", LegalOrder.State, "Ciudad de México")]
    [InlineData("Ley de Vivienda para la Ciudad de México", LegalOrder.State, "Ciudad de México")]
    [InlineData("Código Familiar para el Estado de Michoacán de Ocampo", LegalOrder.State, "Michoacán")]
    [InlineData("Constitución Política del Estado de Veracruz de Ignacio de la Llave", LegalOrder.State, "Veracruz")]
    [InlineData("Ley de Hacienda de Nuevo León", LegalOrder.State, "Nuevo León")]
    [InlineData("Reglamento de Comercio para el Municipio de Zapopan, Jalisco", LegalOrder.Municipal, null)]
    [InlineData("Constitución Política de los Estados Unidos Mexicanos", LegalOrder.Federal, "México")]
    [InlineData("Ley Federal de los Trabajadores al Servicio del Estado", LegalOrder.Federal, "México")]
    [InlineData("Ley de Tianguis", LegalOrder.Unknown, null)]
    public void A_title_tells_whose_law_it_is(string title, LegalOrder order, string? entity) => Assert.Equal((order, entity), StatuteJurisdiction.Of(title));

    private async Task<List<IngestionResult>> RunAsync(IReadOnlyList<string> paths, IngestionChoices? choices = null)
    {
        var results = new List<IngestionResult>();
        await foreach (var result in run.RunAsync(paths, choices ?? new IngestionChoices(), cancellationToken: TestContext.Current.CancellationToken)) results.Add(result);
        return results;
    }

    private string Law(string name, string title, string published, string? reform, params string[] articles)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(folder[name])!);
        File.WriteAllLines(folder[name], [title, published, reform ?? "-", .. articles]);
        return folder[name];
    }

    private (SourceKind, StatuteDocument) Read(string path, string law)
    {
        Interlocked.Increment(ref read);
        var lines = File.ReadAllLines(path);
        return (SourceKind.Text, new StatuteDocument
        {
            Title = lines[0],
            Published = DateOnly.Parse(lines[1]),
            LastReform = lines[2] == "-" ? null : DateOnly.Parse(lines[2]),
            Articles = [.. lines.Skip(3).Select((line, index) => StoreSamples.Article(law, $"{index + 1}", line))],
        });
    }
}
