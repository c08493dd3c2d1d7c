using ParalegalBot.Answering;

namespace ParalegalBot.Inference.Serving;

/// <summary>
/// So many places, and a bounded line before them in which persons take turns, however much each of them asks. It knows no engine and no clock.
/// </summary>
internal sealed class FairQueue(int places, int length)
{
    private readonly Lock gate = new();
    // The persons who wait, in the order of their turns; each with what they wait for, oldest first.
    private readonly List<(string Person, Queue<Waiter> Waiters)> turns = [];
    private int free = places;

    /// <summary>Those who wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate) return turns.Sum(turn => turn.Waiters.Count);
        }
    }

    /// <summary>Waits for a place; disposing of it lets the next one in. Whoever cancels leaves the line.</summary>
    /// <param name="person">Whose turn it is.</param>
    /// <param name="ahead">Called with how many come before, now and whenever that changes; quickly, it holds up the line.</param>
    /// <param name="cancellationToken">Leaves the line.</param>
    /// <exception cref="EngineUnavailableException">The line is full.</exception>
    public async Task<IDisposable> EnterAsync(string person, Action<int> ahead, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var waiter = new Waiter(ahead);
        lock (gate)
        {
            var waiting = turns.Sum(turn => turn.Waiters.Count);
            if (free > 0)
            {
                free--;
                return new Place(this);
            }
            if (waiting >= length) throw new EngineUnavailableException(EngineTrouble.Busy, $"{waiting} people are waiting; no more are let in.");
            if (turns.FirstOrDefault(turn => turn.Person == person).Waiters is { } own) own.Enqueue(waiter);
            else turns.Add((person, new Queue<Waiter>([waiter])));
            Tell();
        }
        await using (cancellationToken.UnsafeRegister(_ => Leave(person, waiter, cancellationToken), null).ConfigureAwait(false))
            await waiter.Turn.Task.ConfigureAwait(false);
        return new Place(this);
    }

    private void Leave(string person, Waiter waiter, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            var at = turns.FindIndex(turn => turn.Person == person && turn.Waiters.Contains(waiter));
            if (at < 0) return;
            var others = turns[at].Waiters.Where(other => other != waiter).ToList();
            if (others.Count == 0) turns.RemoveAt(at);
            else turns[at] = (person, new Queue<Waiter>(others));
            waiter.Turn.TrySetCanceled(cancellationToken);
            Tell();
        }
    }

    private void Release()
    {
        lock (gate)
        {
            if (turns.Count == 0)
            {
                free++;
                return;
            }
            var (person, waiters) = turns[0];
            turns.RemoveAt(0);
            waiters.Dequeue().Turn.TrySetResult();
            if (waiters.Count > 0) turns.Add((person, waiters));
            Tell();
        }
    }

    /// <summary>Tells everybody who waits how many come before: the first of each person, then the second of each, and so on.</summary>
    private void Tell()
    {
        var order = turns.SelectMany((turn, seat) => turn.Waiters.Select((waiter, round) => (waiter, round, seat))).OrderBy(one => one.round).ThenBy(one => one.seat);
        foreach (var (before, (waiter, _, _)) in order.Index())
        {
            if (waiter.Told == before) continue;
            waiter.Told = before;
            waiter.Ahead(before);
        }
    }

    private sealed class Waiter(Action<int> ahead)
    {
        public Action<int> Ahead => ahead;

        public int Told { get; set; } = -1;

        public TaskCompletionSource Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Place(FairQueue queue) : IDisposable
    {
        private FairQueue? queue = queue;

        public void Dispose() => Interlocked.Exchange(ref queue, null)?.Release();
    }
}
