using System.Threading.Channels;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Model;

namespace ParalegalBot.Inference.Gguf.Serving;

/// <summary>
/// Runs the model for several texts at once: one thread, and in every round one batch with the next token of each text that is being
/// written and as much of the waiting prompts as fits. A new prompt takes the cache that shares the longest beginning with it, or a copy.
/// </summary>
internal sealed class GgufEngine : ITextEngine
{
    private readonly LlamaModel model;
    private readonly KeyValueCache[] caches;
    private readonly Channel<Generation> waiting = Channel.CreateUnbounded<Generation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Generation> active = [];
    private readonly List<KeyValueCache> idle;
    private readonly CancellationTokenSource ending = new();
    private readonly Thread thread;

    public GgufEngine(LlamaModel model, int sequences)
    {
        this.model = model;
        caches = [.. Enumerable.Range(0, sequences).Select(_ => model.NewCache())];
        idle = [.. caches];
        Trie = new TokenTrie(model.Vocabulary);
        thread = new Thread(Work) { IsBackground = true, Name = "gguf" };
        thread.Start();
    }

    /// <inheritdoc />
    public TokenTrie Trie { get; }

    /// <inheritdoc />
    public long ReusedTokens { get; private set; }

    /// <inheritdoc />
    public void Submit(Generation generation)
    {
        if (!waiting.Writer.TryWrite(generation)) generation.End(new ObjectDisposedException(nameof(GgufEngine)));
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        ending.Cancel();
        thread.Join();
        ending.Dispose();
        model.Dispose();
    }

    private void Work()
    {
        try
        {
            while (!ending.IsCancellationRequested)
            {
                if (active.Count == 0 && !waiting.Reader.WaitToReadAsync(ending.Token).AsTask().GetAwaiter().GetResult()) break;
                while (idle.Count > 0 && waiting.Reader.TryRead(out var next)) Seat(next);
                if (active.Count > 0) Round();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The engine is being disposed of.
        }
        foreach (var generation in active.ToArray()) Leave(generation, new ObjectDisposedException(nameof(GgufEngine)));
        while (waiting.Reader.TryRead(out var left)) left.End(new ObjectDisposedException(nameof(GgufEngine)));
    }

    private void Seat(Generation generation)
    {
        // The last prompt token is always evaluated, for its prediction.
        var prompt = generation.Prompt;
        var best = caches.MaxBy(cache => cache.CommonPrefix(prompt))!;
        var shared = Math.Min(best.CommonPrefix(prompt), prompt.Count - 1);
        var cache = idle.Contains(best) ? best : idle.MinBy(free => free.Tokens.Count)!;
        idle.Remove(cache);
        if (cache == best) cache.Cut(shared);
        else cache.CopyPrefix(best, shared);
        ReusedTokens += shared;
        generation.Cache = cache;
        for (var i = shared; i < prompt.Count; i++) generation.Pending.Enqueue(prompt[i]);
        active.Add(generation);
    }

    private void Round()
    {
        foreach (var left in active.Where(generation => generation.Cancellation.IsCancellationRequested).ToArray())
            Leave(left, new OperationCanceledException(left.Cancellation));
        // Texts that are being written first, each one token; long prompts share what is left, so nobody waits for another's prompt.
        var batch = new LlamaBatch(model.BatchTokens);
        var predicted = new List<Generation>();
        foreach (var generation in active.OrderBy(generation => generation.Pending.Count))
        {
            while (generation.Pending.Count > 0 && batch.Count < batch.Capacity)
                batch.Add(generation.Pending.Dequeue(), generation.Cache!, predict: generation.Pending.Count == 0);
            if (batch.Count == batch.Capacity && generation.Pending.Count > 0) break;
            predicted.Add(generation);
        }
        if (batch.Count == 0) return;
        try
        {
            var logits = model.Evaluate(batch);
            var row = new float[model.Vocabulary.Count];
            for (var i = 0; i < predicted.Count; i++)
            {
                logits.Slice(i * row.Length, row.Length).CopyTo(row);
                if (!predicted[i].Continue(row, model.Vocabulary)) Leave(predicted[i], null);
            }
        }
        catch (Exception fault)
        {
            foreach (var generation in active.ToArray()) Leave(generation, fault);
        }
    }

    private void Leave(Generation generation, Exception? fault)
    {
        active.Remove(generation);
        // A cache whose last round failed may hold places that were never filled.
        if (fault is not null and not OperationCanceledException) generation.Cache!.Cut(0);
        idle.Add(generation.Cache!);
        generation.End(fault);
    }
}
