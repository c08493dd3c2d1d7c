namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Threads that share out the items of one job at a time. A forward pass is hundreds of jobs of microseconds, so between jobs a worker
/// spins for a moment before it sleeps. One job at a time; the caller works too.
/// </summary>
internal sealed class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 4_000;

    private readonly Thread[] workers;
    private readonly object gate = new();
    private Action<int, int> job = static (_, _) => { };
    private int items;
    private int next;
    private int busy;
    private int sleeping;
    private volatile int generation;
    private volatile bool ending;
    private Exception? fault;

    /// <param name="size">Threads in all, the caller's included.</param>
    public WorkerTeam(int size)
    {
        Size = Math.Max(1, size);
        workers = new Thread[Size - 1];
        for (var i = 0; i < workers.Length; i++)
        {
            var member = i + 1;
            workers[i] = new Thread(() => Work(member)) { IsBackground = true, Name = $"gguf {member}" };
            workers[i].Start();
        }
    }

    public int Size { get; }

    /// <summary>Calls <paramref name="action"/> with every item from 0 and the member that does it, from 0; returns when all are done.</summary>
    public void Run(int count, Action<int, int> action)
    {
        if (workers.Length == 0 || count == 1)
        {
            for (var item = 0; item < count; item++) action(item, 0);
            return;
        }
        (job, items, fault) = (action, count, null);
        Volatile.Write(ref busy, workers.Length);
        Volatile.Write(ref next, 0);
        Interlocked.Increment(ref generation);
        if (Volatile.Read(ref sleeping) > 0) Wake();
        Share(0);
        var spinner = new SpinWait();
        while (Volatile.Read(ref busy) > 0) spinner.SpinOnce(sleep1Threshold: -1);
        if (fault is { } thrown) throw new InvalidOperationException("A worker failed.", thrown);
    }

    public void Dispose()
    {
        ending = true;
        Wake();
        foreach (var worker in workers) worker.Join();
    }

    private void Work(int member)
    {
        var done = 0;
        while (!ending)
        {
            Await(done);
            if (ending || generation == done) continue;
            done = generation;
            Share(member);
            Interlocked.Decrement(ref busy);
        }
    }

    private void Await(int done)
    {
        for (var spin = 0; spin < SpinsBeforeSleep && generation == done && !ending; spin++) Thread.SpinWait(8);
        if (generation != done || ending) return;
        lock (gate)
        {
            // Counted before it looks: a job given out meanwhile is either seen here or sees the count and wakes everyone.
            Interlocked.Increment(ref sleeping);
            while (generation == done && !ending) Monitor.Wait(gate);
            Interlocked.Decrement(ref sleeping);
        }
    }

    private void Wake()
    {
        lock (gate) Monitor.PulseAll(gate);
    }

    private void Share(int member)
    {
        try
        {
            for (var item = Interlocked.Increment(ref next) - 1; item < items; item = Interlocked.Increment(ref next) - 1) job(item, member);
        }
        catch (Exception thrown)
        {
            fault = thrown;
        }
    }
}
