using ParalegalBot.Statutes;

namespace ParalegalBot.Server.Operations;

/// <summary>Opens the stores while the server already answers; until it is done, <c>/health/ready</c> says so.</summary>
internal sealed class Opening(StatuteStore store, Readiness readiness) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (store.Statutes().Count == 0) readiness.NotReady("No hay leyes cargadas: use «paralegal ingest» o «paralegal fetch».");
        else readiness.Ready();
    }
}
