using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;

namespace ParalegalBot.Tests.Inference.Serving;

/// <summary>An engine whose every answer takes two seconds of the test's own clock.</summary>
internal sealed class GatedEngine(TimeProvider time) : IChatClient
{
    private int running, most, writing;

    /// <summary>Who was begun with, in order.</summary>
    public List<string> Begun { get; } = [];

    /// <summary>Most answers at once so far.</summary>
    public int Most => most;

    public int Running => running;

    /// <summary>Answers that wait for the clock.</summary>
    public int Writing => writing;

    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        lock (Begun)
        {
            Begun.Add(Asker.Of(options).Person);
            most = Math.Max(most, ++running);
        }
        try
        {
            yield return new ChatResponseUpdate(ChatRole.Assistant, "listo");
            await TwoSecondsAsync(cancellationToken);
            yield return new ChatResponseUpdate(ChatRole.Assistant, [new UsageContent(new UsageDetails { InputTokenCount = 1_000, OutputTokenCount = 101 })]);
        }
        finally
        {
            lock (Begun) running--;
        }
    }

    private async Task TwoSecondsAsync(CancellationToken cancellationToken)
    {
        var over = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var timer = time.CreateTimer(_ => End(), null, TimeSpan.FromSeconds(2), Timeout.InfiniteTimeSpan);
        await using var leaving = cancellationToken.Register(End);
        Interlocked.Increment(ref writing);
        await over.Task;
        cancellationToken.ThrowIfCancellationRequested();

        void End()
        {
            if (over.TrySetResult()) Interlocked.Decrement(ref writing); // by the time that the clock has moved on, it no longer counts
        }
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    public void Dispose() { }
}
