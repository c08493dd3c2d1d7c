using ParalegalBot.Answering;
using ParalegalBot.Ingestion;
using ParalegalBot.Retrieval;
using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Operations;

/// <summary>
/// Opens the store and loads index and assistant while the server already answers; until it is done, <c>/health/ready</c> says so.
/// An empty store first gets the starter set, so that the first minute needs no network.
/// </summary>
internal sealed class Opening(StatuteStore store, StarterSet starter, SqlitePassageIndex index, IServiceProvider services, Readiness readiness, ILogger<Opening> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Run(() => starter.LoadIfEmpty(store), stoppingToken);
            await index.SnapshotAsync(stoppingToken);
            services.GetRequiredService<LegalAssistant>(); // its vocabularies and weights are read once, here rather than in the first question
            if (store.Statutes().Count == 0) readiness.NotReady("No hay leyes cargadas: use «paralegal ingest» o «paralegal fetch».");
            else readiness.Ready();
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            log.LogError(error, "The statutes could not be opened.");
            readiness.NotReady(error is ParalegalBotException ? error.Message : "Las leyes no se pudieron abrir; el detalle está en la bitácora del servidor.");
        }
    }
}
