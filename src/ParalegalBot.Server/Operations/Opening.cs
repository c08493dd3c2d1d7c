using ParalegalBot.Answering;
using ParalegalBot.Configuration;
using ParalegalBot.Inference;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Operations;

/// <summary>
/// Opens the store and loads index and assistant while the server already answers; until it is done, <c>/health/ready</c> says so.
/// An empty store first gets the starter set, so that the first minute needs no network. What fails is tried again: a server of its own that
/// holds the index or the model may start later than this one.
/// </summary>
internal sealed class Opening(
    StatuteStore store, StarterSet starter, OpenPassageIndex open, IServiceProvider services, Readiness readiness, TimeProvider time, ILogger<Opening> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!await OpenAsync(stoppingToken)) await Task.Delay(Pause, time, stoppingToken);
    }

    private async Task<bool> OpenAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => starter.LoadIfEmpty(store), stoppingToken);
            await open(stoppingToken);
            await services.GetRequiredService<PassageSearch>().OpenAsync(stoppingToken);
            services.GetRequiredService<LegalAssistant>(); // its vocabularies and weights are read once, here rather than in the first question
            await services.GetRequiredService<EngineReport>().ExamineAsync(stoppingToken);
            if (store.Statutes().Count == 0) readiness.NotReady("No hay leyes cargadas: use «paralegal ingest» o «paralegal fetch».");
            else readiness.Ready();
            return true;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "Statutes or engine could not be opened.");
            readiness.NotReady(error is ParalegalBotException ? error.Message : "Las leyes o el motor no se pudieron abrir; el detalle está en la bitácora del servidor.");
            return false;
        }
    }
}
