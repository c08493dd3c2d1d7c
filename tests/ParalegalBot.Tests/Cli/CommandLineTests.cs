using System.Diagnostics;
using System.Text.Json;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Cli;

/// <summary>The real process, as a script sees it: exit code, stdout, stderr.</summary>
public sealed class CommandLineTests : IDisposable
{
    private readonly ScratchFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(1, "no está cargada", "laws", "LFT")]
    [InlineData(1, "no está cargada", "article", "LFT", "76")]
    [InlineData(1, "No existe el archivo", "ingest", "nada.pdf")]
    [InlineData(1, "ningún artículo", "ingest", "recipe.txt")]
    [InlineData(1, "PDF", "ingest", "broken.pdf")]
    [InlineData(1, "no es una base de leyes", "laws", "--store", "recipe.txt")]
    [InlineData(2, "no es una fecha válida", "laws", "--as-of", "2025-02-30")]
    [InlineData(2, "no es una fecha válida", "ingest", "recipe.txt", "--verified-through", "ayer")]
    [InlineData(2, "--nada", "laws", "--nada")]
    [InlineData(2, "nada", "nada")]
    [InlineData(2, "--help", "article")]
    [InlineData(2, "--help", "fetch")]
    [InlineData(2, "--person", "audit", "erase")]
    public async Task Bad_input_is_one_sentence_on_stderr_and_an_exit_code(int code, string says, params string[] args)
    {
        File.WriteAllText(folder["recipe.txt"], "Tome dos huevos y una taza de harina.\nMezcle todo y hornee media hora.\n" + new string('.', 2000));
        File.WriteAllText(folder["broken.pdf"], "%PDF-1.7\nesto no es un PDF");

        var run = await RunAsync(args);

        Assert.Equal(code, run.Code);
        Assert.Contains(says, run.Error);
        Assert.DoesNotContain("   at ", run.Error);
        Assert.DoesNotContain("Exception", run.Error);
    }

    [Fact]
    public async Task Json_on_stdout_is_pure_and_has_the_agreed_names()
    {
        using (var store = StatuteStore.Open(folder["data/statutes.db"]))
            store.Write(StoreSamples.Statute("LX") with { VerifiedThrough = new DateOnly(2025, 1, 1) }, StoreSamples.Document("LX", "2020-05-05", ("1", "Uno."), ("2 Bis", "Dos.")), StoreSamples.Source("aa"));

        var laws = JsonDocument.Parse((await RunAsync("laws", "--json")).Output).RootElement[0];
        var law = JsonDocument.Parse((await RunAsync("laws", "lx", "--json")).Output).RootElement;
        var article = JsonDocument.Parse((await RunAsync("article", "LX", "2", "Bis", "--json")).Output).RootElement;

        Assert.Equal("""{"law":"LX","title":"Ley LX","order":"federal","entity":"México","last_reform":"2020-05-05","verified_through":"2025-01-01","in_force":true,"articles":2,"passages":2,"official":true}""",
            JsonSerializer.Serialize(laws, Relaxed));
        Assert.Equal("""{"article":"2 Bis","heading":null,"page":null,"derogated":false,"in_force_from":"2000-01-01","in_force_to":null}""",
            JsonSerializer.Serialize(law.GetProperty("articles")[1], Relaxed));
        Assert.Equal(("2 Bis", "Dos."), (article.GetProperty("article").GetString(), article.GetProperty("passages")[0].GetProperty("text").GetString()));
    }

    [Fact]
    public async Task A_nonexistent_article_is_told_with_the_nearest_real_ones()
    {
        using (var store = StatuteStore.Open(folder["data/statutes.db"]))
            store.Write(StoreSamples.Statute("LX"), StoreSamples.Document("LX", null, ("1", "Uno."), ("7", "Siete."), ("8", "Ocho."), ("9", "Nueve.")), StoreSamples.Source("aa"));

        var run = await RunAsync("article", "LX", "80");

        Assert.Equal(1, run.Code);
        Assert.Contains("no tiene artículo 80; los más cercanos son 9, 8, 7", run.Error);
    }

    [Fact]
    public async Task A_law_is_ingested_from_a_text_file()
    {
        File.WriteAllText(folder["LTian.txt"], "LEY DE TIANGUIS\nNueva Ley publicada en el Diario Oficial de la Federación el 5 de enero de 1999\n\nArtículo 1.- Todo puesto pagará derechos.\n\nArtículo 2.- Los derechos se pagarán cada mes.\n");

        var run = await RunAsync("ingest", "LTian.txt", "--json");

        var result = JsonDocument.Parse(run.Output).RootElement[0];
        Assert.Equal((0, "LTian", "added", 2), (run.Code, result.GetProperty("law").GetString(), result.GetProperty("outcome").GetString(), result.GetProperty("articles").GetInt32()));
    }

    [Fact]
    public async Task A_process_killed_in_mid_ingestion_leaves_whole_laws_only()
    {
        var articles = string.Concat(Enumerable.Range(1, 400).Select(n => $"Artículo {n}.- Todo puesto pagará {n} pesos por derechos.\n\n"));
        for (var i = 0; i < 60; i++)
            File.WriteAllText(folder[$"L{i:00}.txt"], $"LEY NÚMERO {i} DE TIANGUIS\nNueva Ley publicada en el Diario Oficial de la Federación el 5 de enero de 1999\n\n{articles}");
        using var process = Start("ingest", folder.Path);
        // The first line tells that the first law is in; the others are under way.
        await process.StandardError.ReadLineAsync(TestContext.Current.CancellationToken);
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);

        using var store = StatuteStore.Open(folder["data/statutes.db"]);
        Assert.NotEmpty(store.Statutes());
        Assert.All(store.Statutes(), statute => Assert.Equal(400, store.Articles(statute.Abbreviation).Count));
        Assert.Equal(store.Statutes().Sum(statute => statute.Passages), store.ReadForIndex().Count());
        Assert.True(store.Statutes().Count < 60, "The process was done before it was killed; give it more laws.");
    }

    private static JsonSerializerOptions Relaxed { get; } = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private Process Start(params string[] args)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "paralegal.dll"), .. args])
        {
            WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var process = Start(args);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, await error);
    }
}
