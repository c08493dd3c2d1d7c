using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations;

/// <summary>Applies the retention policy at start and then every six hours.</summary>
internal sealed class Housekeeping(Retention retention, TimeProvider time, ILogger<Housekeeping> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(6);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            try
            {
                var (answers, turns) = retention.Apply();
                if (answers + turns > 0) log.Retained(answers, turns);
            }
            catch (Exception failure)
            {
                log.RetentionFailed(failure);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
