using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;

namespace ParalegalBot.Inference.Serving;

/// <summary>The one line in front of an engine: turns, limits of time, and what is measured. Output is taken as it comes, so that whoever leaves frees the place.</summary>
internal sealed class QueuedChatClient(IChatClient engine, FairQueue queue, EngineMetrics metrics, QueueOptions options, TimeProvider time) : DelegatingChatClient(engine)
{
    private readonly string name = engine.GetService<ChatClientMetadata>()?.ProviderName ?? "engine";

    /// <inheritdoc />
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, chat, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        using var place = await WaitAsync(Asker.Of(chat), cancellationToken).ConfigureAwait(false);
        var (began, first, outcome) = (time.GetTimestamp(), 0L, "left");
        var usage = new UsageDetails();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.AnswerSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        var updates = base.GetStreamingResponseAsync(messages, chat, either.Token).GetAsyncEnumerator(either.Token);
        try
        {
            while (true)
            {
                try
                {
                    if (!await updates.MoveNextAsync().ConfigureAwait(false)) break;
                }
                catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
                {
                    var trouble = fault switch
                    {
                        EngineUnavailableException known => known,
                        _ when late.IsCancellationRequested => new EngineUnavailableException(EngineTrouble.Slow, $"No answer within {options.AnswerSeconds} s.", fault),
                        _ => null,
                    };
                    outcome = trouble?.Trouble.ToString() ?? "failed";
                    if (trouble is null || trouble == fault) throw;
                    throw trouble;
                }
                if (first == 0 && updates.Current.Text.Length > 0)
                {
                    first = time.GetTimestamp();
                    metrics.Began(name, time.GetElapsedTime(began, first));
                }
                foreach (var counted in updates.Current.Contents.OfType<UsageContent>()) usage.Add(counted.Details);
                yield return updates.Current;
            }
            outcome = "done";
            metrics.Wrote(name, usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, first == 0 ? TimeSpan.Zero : time.GetElapsedTime(first));
        }
        finally
        {
            await updates.DisposeAsync().ConfigureAwait(false);
            metrics.Ended(name, outcome);
        }
    }

    private async Task<IDisposable> WaitAsync(Asker asker, CancellationToken cancellationToken)
    {
        var asked = time.GetTimestamp();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(options.WaitSeconds), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellationToken);
        try
        {
            var place = await queue.EnterAsync(asker.Person, ahead => asker.Progress?.Report(Line(ahead)), either.Token).ConfigureAwait(false);
            metrics.Waited(name, time.GetElapsedTime(asked));
            return place;
        }
        catch (OperationCanceledException left) when (!cancellationToken.IsCancellationRequested)
        {
            metrics.Ended(name, nameof(EngineTrouble.Busy));
            throw new EngineUnavailableException(EngineTrouble.Busy, $"No turn within {options.WaitSeconds} s.", left);
        }
        catch (EngineUnavailableException full)
        {
            metrics.Ended(name, full.Trouble.ToString());
            throw;
        }
    }

    private static string Line(int ahead) => ahead switch
    {
        0 => "Su consulta es la siguiente; gracias por esperar.",
        1 => "Hay 1 consulta antes que la suya; gracias por esperar.",
        _ => $"Hay {ahead} consultas antes que la suya; gracias por esperar.",
    };
}
