using System.Threading.Channels;
using LLama.Batched;
using LLama.Native;
using ParalegalBot.Inference.Gguf.Drafts;
using ParalegalBot.Inference.Gguf.Serving;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.OnPrem.LlamaSharp;

/// <summary>
/// llama.cpp's evaluation of several texts at once, by LLamaSharp's batched executor, under our own rules: the draft's grammar masks the logits that
/// it returns, our sampler draws. A conversation keeps what it evaluated, so a prompt that begins like an earlier one computes only its own end.
/// </summary>
internal sealed class LlamaSharpEngine : ITextEngine
{
    private readonly LlamaSharpModel model;
    private readonly GgufVocabulary vocabulary;
    private readonly int sequences;
    private readonly Channel<Generation> waiting = Channel.CreateUnbounded<Generation>(new UnboundedChannelOptions { SingleReader = true });
    private readonly List<Seat> active = [], idle = [];
    private readonly CancellationTokenSource ending = new();
    private readonly Thread thread;
    private readonly float[] row;
    private BatchedExecutor executor = null!;

    public LlamaSharpEngine(LlamaSharpModel model, GgufVocabulary vocabulary, int sequences)
    {
        (this.model, this.vocabulary, this.sequences) = (model, vocabulary, sequences);
        Trie = new TokenTrie(vocabulary);
        row = new float[vocabulary.Count];
        Open();
        thread = new Thread(Work) { IsBackground = true, Name = "llamasharp" };
        thread.Start();
    }

    /// <inheritdoc />
    public TokenTrie Trie { get; }

    /// <inheritdoc />
    public long ReusedTokens { get; private set; }

    /// <inheritdoc />
    public void Submit(Generation generation)
    {
        if (!waiting.Writer.TryWrite(generation)) generation.End(new ObjectDisposedException(nameof(LlamaSharpEngine)));
    }

    public void Dispose()
    {
        waiting.Writer.TryComplete();
        ending.Cancel();
        thread.Join();
        ending.Dispose();
        executor.Dispose();
        model.Dispose();
    }

    private void Open()
    {
        executor = model.Executor();
        for (var i = 0; i < sequences; i++) idle.Add(new Seat(executor.Create()));
    }

    private void Work()
    {
        try
        {
            while (!ending.IsCancellationRequested)
            {
                if (active.Count == 0 && !waiting.Reader.WaitToReadAsync(ending.Token).AsTask().GetAwaiter().GetResult()) break;
                Round();
            }
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // The engine is being disposed of.
        }
        catch (ParalegalBotException fault)
        {
            // No new context after a failure: whoever waits hears why, and the process lives.
            waiting.Writer.TryComplete();
            while (waiting.Reader.TryRead(out var left)) left.End(fault);
        }
        foreach (var seat in active) seat.Generation!.End(new ObjectDisposedException(nameof(LlamaSharpEngine)));
        while (waiting.Reader.TryRead(out var late)) late.End(new ObjectDisposedException(nameof(LlamaSharpEngine)));
    }

    private void Sit(Generation generation)
    {
        // The last prompt token is always evaluated, for its prediction.
        var prompt = generation.Prompt;
        var seat = idle.MaxBy(free => free.Shared(prompt))!;
        var shared = Math.Min(seat.Shared(prompt), prompt.Count - 1);
        ReusedTokens += shared;
        idle.Remove(seat);
        active.Add(seat);
        seat.Generation = generation;
        seat.Cut(shared);
        seat.Write(prompt.Skip(shared));
    }

    /// <summary>Gives free seats to those who wait, evaluates one batch and takes every prediction that it made.</summary>
    private void Round()
    {
        try
        {
            while (idle.Count > 0 && waiting.Reader.TryRead(out var next)) Sit(next);
            var result = executor.Infer(ending.Token).GetAwaiter().GetResult();
            if (result is not DecodeResult.Ok)
                throw new ParalegalBotException($"llama.cpp no pudo evaluar el texto ({result}); reduzca Inference:ContextTokens o el número de textos a la vez.");
            foreach (var seat in active.Where(seat => seat.Conversation.RequiresSampling).ToArray()) Continue(seat);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // What the batch left in the context is unknown: begin anew.
            foreach (var seat in active) seat.Generation!.End(fault);
            active.Clear();
            idle.Clear();
            executor.Dispose();
            Open();
        }
    }

    private void Continue(Seat seat)
    {
        var generation = seat.Generation!;
        if (generation.Cancellation.IsCancellationRequested)
        {
            Leave(seat, new OperationCanceledException(generation.Cancellation));
            return;
        }
        seat.Conversation.Sample()[..row.Length].CopyTo(row);
        if (generation.Continue(row, vocabulary)) seat.Write([generation.Pending.Dequeue()]);
        else Leave(seat, null);
    }

    private void Leave(Seat seat, Exception? fault)
    {
        active.Remove(seat);
        idle.Add(seat);
        seat.Generation!.End(fault);
    }

    /// <summary>A conversation of the executor and the tokens that it has evaluated.</summary>
    private sealed class Seat(Conversation conversation)
    {
        private readonly List<int> tokens = [];

        public Conversation Conversation => conversation;

        public Generation? Generation { get; set; }

        public int Shared(IReadOnlyList<int> prompt)
        {
            var count = 0;
            while (count < tokens.Count && count < prompt.Count && tokens[count] == prompt[count]) count++;
            return count;
        }

        public void Cut(int length)
        {
            if (tokens.Count == length) return;
            tokens.RemoveRange(length, tokens.Count - length);
            conversation.Modify((end, cache) =>
            {
                cache.Remove(length, end);
                return length;
            });
        }

        public void Write(IEnumerable<int> next)
        {
            var written = next.ToArray();
            tokens.AddRange(written);
            conversation.Prompt(Array.ConvertAll(written, token => (LLamaToken)token));
        }
    }
}
