namespace ParalegalBot.Server.WhatsApp;

/// <summary>Keeps to Meta's rate for one person: a message every six seconds, of which a few may come at once and are paid for afterwards.</summary>
internal sealed class PairRate(TimeProvider time)
{
    /// <summary>Messages at once; Meta allows 45.</summary>
    public const int Burst = 10;

    private const int MostLanes = 10_000;
    private static readonly TimeSpan Each = TimeSpan.FromSeconds(6);
    private readonly Dictionary<string, DateTimeOffset> paidUntil = [];
    private readonly Lock gate = new();

    /// <summary>Counts a message to a lane; how long to wait where it must not leave yet, and then it is not counted.</summary>
    public TimeSpan? Take(string lane)
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var paid = paidUntil.GetValueOrDefault(lane, now);
            if (paid < now) paid = now;
            var wait = paid - now - Each * (Burst - 1);
            if (wait > TimeSpan.Zero) return wait;
            if (paidUntil.Count >= MostLanes)
                foreach (var (old, _) in paidUntil.Where(pair => pair.Value <= now).ToList()) paidUntil.Remove(old);
            paidUntil[lane] = paid + Each;
            return null;
        }
    }
}
