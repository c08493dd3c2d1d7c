using ParalegalBot.Statutes;

namespace ParalegalBot.Ingestion.Fetch;

/// <summary>Brings official texts into the store, or only tells what changed at the official site.</summary>
public sealed class StatuteFetch(OfficialSite site, StatuteStore store, StatuteCatalogue catalogue, IngestionRun ingestion, TimeProvider time)
{
    /// <summary>Downloads and ingests one law; a text that comes from the official site today counts as verified today.</summary>
    public Task<IngestionResult> FetchAsync(string law, CancellationToken cancellationToken = default) => InFolderAsync(async folder =>
    {
        var entry = catalogue.Find(law);
        var code = entry?.Code ?? law;
        var address = site.AddressOf(code).ToString();
        try
        {
            var path = Path.Combine(folder, $"{Path.GetFileName(code)}.pdf");
            var download = (await site.GetAsync(code, known: null, path, cancellationToken))!;
            var choices = new IngestionChoices(entry?.Law, DateOnly.FromDateTime(time.GetLocalNow().DateTime), address);
            await foreach (var result in ingestion.RunAsync([path], choices, cancellationToken: cancellationToken))
            {
                if (result.Law is not null) store.RememberValidators(result.Law, download.Validators);
                return result with { File = address };
            }
            throw new InvalidOperationException("One file, no result.");
        }
        catch (ParalegalBotException failure)
        {
            return new IngestionResult { File = address, Law = entry?.Law, Outcome = IngestionOutcome.Failed, Error = failure.Message };
        }
    });

    /// <summary>Asks the site whether a law's file changed; nothing is written.</summary>
    public Task<FetchCheck> CheckAsync(string law, CancellationToken cancellationToken = default) => InFolderAsync(async folder =>
    {
        var entry = catalogue.Find(law);
        var held = store.Find(entry?.Law ?? law);
        try
        {
            var download = await site.GetAsync(entry?.Code ?? law, held is null ? null : store.ValidatorsOf(held.Abbreviation), Path.Combine(folder, "check.pdf"), cancellationToken);
            var changed = download is not null && !(held is not null && store.SourcesOf(held.Abbreviation).Contains(download.Sha256));
            return new FetchCheck(entry?.Law ?? law, held is not null, changed, download?.Sha256, null);
        }
        catch (ParalegalBotException failure)
        {
            return new FetchCheck(entry?.Law ?? law, held is not null, false, null, failure.Message);
        }
    });

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("paralegal-");
        try
        {
            return await work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}

/// <summary>What a check found.</summary>
/// <param name="Law">Abbreviation.</param>
/// <param name="Held">Whether the law is loaded.</param>
/// <param name="Changed">Whether the site's file is another than those read; true for a law that is not loaded.</param>
/// <param name="Sha256">Digest of the site's file; null where it was not downloaded.</param>
/// <param name="Error">Why it could not be told, one sentence.</param>
public sealed record FetchCheck(string Law, bool Held, bool Changed, string? Sha256, string? Error);
