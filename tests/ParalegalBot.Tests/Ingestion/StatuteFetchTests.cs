using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using ParalegalBot.Ingestion;
using ParalegalBot.Ingestion.Fetch;
using ParalegalBot.Statutes;
using ParalegalBot.Tests.Statutes;

namespace ParalegalBot.Tests.Ingestion;

/// <summary>Against a local site in the official one's layout.</summary>
public sealed class StatuteFetchTests : IAsyncLifetime
{
    private readonly ScratchFolder folder = new();
    private WebApplication site = null!;
    private StatuteStore store = null!;

    public async ValueTask InitializeAsync()
    {
        store = StatuteStore.Open(folder["statutes.db"]);
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        site = builder.Build();
        site.MapGet("/LeyesBiblio/pdf/{file}", (string file, HttpContext context) => file switch
        {
            "PAGE.pdf" => Results.Text("<html>No encontrado</html>", "text/html"),
            "CUT.pdf" => Results.Bytes(Encoding.ASCII.GetBytes("%PDF-1.7 y aquí se cortó"), "application/pdf"),
            "DOWN.pdf" => Results.StatusCode(503),
            "HUGE.pdf" => Results.Bytes(new byte[60_000_000], "application/pdf"),
            _ when Path.GetFileNameWithoutExtension(file) is var code && File.Exists(Official(code)) =>
                Results.File(Official(code), "application/pdf", lastModified: File.GetLastWriteTimeUtc(Official(code)), entityTag: new($"\"{code}\"")),
            _ => Results.NotFound(),
        });
        await site.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await site.DisposeAsync();
        store.Dispose();
        folder.Dispose();
    }

    [Fact]
    public async Task A_law_is_fetched_ingested_and_then_found_unchanged()
    {
        var fetch = Fetch($"{site.Urls.First()}/LeyesBiblio/");
        var before = await fetch.CheckAsync("lfpdppp", TestContext.Current.CancellationToken);
        var result = await fetch.FetchAsync("lfpdppp", TestContext.Current.CancellationToken);
        var after = await fetch.CheckAsync("LFPDPPP", TestContext.Current.CancellationToken);

        Assert.Equal((false, true), (before.Held, before.Changed));
        Assert.Null(result.Error);
        Assert.Equal((IngestionOutcome.Added, "LFPDPPP", $"{site.Urls.First()}/LeyesBiblio/pdf/LFPDPPP.pdf"), (result.Outcome, result.Law, store.Find("LFPDPPP")!.SourceUrl));
        Assert.True(result.Articles > 60);
        Assert.Equal((true, false, null), (after.Held, after.Changed, after.Sha256));
    }

    [Theory]
    [InlineData("NADA", "no tiene")]
    [InlineData("PAGE", "página web")]
    [InlineData("CUT", "incompleta")]
    [InlineData("DOWN", "503")]
    [InlineData("HUGE", "excede")]
    public async Task What_is_no_whole_pdf_is_refused_with_its_reason(string law, string reason)
    {
        var result = await Fetch($"{site.Urls.First()}/LeyesBiblio/").FetchAsync(law, TestContext.Current.CancellationToken);

        Assert.Equal(IngestionOutcome.Failed, result.Outcome);
        Assert.Contains(reason, result.Error);
        Assert.Empty(store.Statutes());
    }

    [Fact]
    public async Task Without_a_network_the_sentence_says_so()
    {
        var result = await Fetch("http://127.0.0.1:1/").FetchAsync("LFT", TestContext.Current.CancellationToken);

        Assert.Contains("revise la conexión", result.Error);
    }

    private static string Official(string code) => Shared.Need($"corpus/official") + $"/{code}/{code}.pdf";

    private StatuteFetch Fetch(string address)
    {
        var catalogue = StatuteCatalogue.Load();
        var run = new IngestionRun(store, catalogue, (path, law) =>
        {
            var source = SourceReader.Read(path, IngestionLimits.Default);
            return (source.Kind, StatuteParser.Parse(source, law));
        }, TimeProvider.System);
        return new StatuteFetch(new OfficialSite(Options.Create(new FetchOptions { BaseAddress = address, MaxBytes = 50_000_000 })), store, catalogue, run, TimeProvider.System);
    }
}
