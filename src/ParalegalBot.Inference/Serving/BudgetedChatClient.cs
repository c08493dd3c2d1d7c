using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using ParalegalBot.Answering;
using ParalegalBot.Records;

namespace ParalegalBot.Inference.Serving;

/// <summary>
/// Charges each answer to whoever asked, finished or not, and gives none once the day's budget is spent. An answer under way is not cut off,
/// so a day can end above its budget by what the answers under way cost.
/// </summary>
internal sealed class BudgetedChatClient(IChatClient engine, SpendingLedger ledger, EngineMetrics metrics, BudgetOptions options, TimeProvider time) : DelegatingChatClient(engine)
{
    private readonly string name = engine.GetService<ChatClientMetadata>()?.ProviderName ?? "engine";

    /// <inheritdoc />
    public override Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? chat = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, chat, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc />
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? chat = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var person = Asker.Of(chat).Person;
        Check(person);
        var (began, usage) = (time.GetTimestamp(), new UsageDetails());
        try
        {
            await foreach (var update in base.GetStreamingResponseAsync(messages, chat, cancellationToken).ConfigureAwait(false))
            {
                foreach (var counted in update.Contents.OfType<UsageContent>()) usage.Add(counted.Details);
                yield return update;
            }
        }
        finally
        {
            Charge(person, usage.InputTokenCount ?? 0, usage.OutputTokenCount ?? 0, time.GetElapsedTime(began));
        }
    }

    private void Check(string person)
    {
        if (options is { DailyPerPerson: 0, DailyTotal: 0 }) return;
        var spent = ledger.Today(person);
        if (options.DailyTotal > 0 && spent.Total >= options.DailyTotal) throw new EngineUnavailableException(EngineTrouble.Spent, $"Today's answers cost {spent.Total} of {options.DailyTotal}.");
        if (options.DailyPerPerson > 0 && spent.Person >= options.DailyPerPerson) throw new EngineUnavailableException(EngineTrouble.Spent, $"A person's answers cost {spent.Person} of {options.DailyPerPerson} today.");
    }

    private void Charge(string person, long input, long output, TimeSpan took)
    {
        const decimal Million = 1_000_000m;
        var cost = options.SecondPrice * (decimal)took.TotalSeconds + options.InputPrice * input / Million + options.OutputPrice * output / Million;
        if (cost == 0) return;
        ledger.Add(person, input, output, cost);
        metrics.Cost(name, cost);
    }
}
