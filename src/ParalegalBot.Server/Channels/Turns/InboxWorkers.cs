using System.Text.Json;
using Microsoft.Extensions.Options;
using ParalegalBot.Records;
using ParalegalBot.Server.Channels.Sending;

namespace ParalegalBot.Server.Channels.Turns;

/// <summary>Answers what lies in the inbox, a few at once. A message is finished together with its replies; a server that dies leaves it to the next.</summary>
internal sealed class InboxWorkers(
    Inbox inbox, Outbox outbox, Contacts contacts, Mailbox mailbox, ChannelTurn turn, PrivacyCommand privacy, Leases leases, InboxBell bell, OutboxBell outboxBell,
    IOptions<ChannelsOptions> options, TimeProvider time, ILogger<InboxWorkers> log) : BackgroundService
{
    /// <summary>A message that ended the server so often gets an apology instead of another try.</summary>
    private const int MostAttempts = 5;

    /// <summary>How long a message that comes twice is known; channels repeat theirs for up to seven days.</summary>
    private static readonly TimeSpan Known = TimeSpan.FromDays(14);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [KeepAsync(stoppingToken), .. Enumerable.Range(0, options.Value.Workers).Select(_ => Task.Run(() => AnswerAllAsync(stoppingToken), stoppingToken))]);

    private async Task AnswerAllAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (inbox.Take(leases.Owner, leases.Until) is { } entry) await AnswerAsync(entry, stoppingToken);
                else await bell.WaitAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The inbox could not be worked on.");
                await bell.WaitAsync(stoppingToken);
            }
        }
    }

    private async Task AnswerAsync(InboxEntry entry, CancellationToken stoppingToken)
    {
        var message = JsonSerializer.Deserialize<Incoming>(entry.Body)!;
        if (mailbox.Channel(message.Channel) is not { } channel)
        {
            log.LogError("A message over {Channel} cannot be answered: the channel is off.", message.Channel);
            inbox.Finish(entry.Number, leases.Owner, [], null);
            return;
        }
        contacts.Wrote(message.Channel, message.PersonKey, message.Group ? null : message.Lane, message.Group ? null : message.Address);
        if (!message.Group && outbox.Unpark(message.Lane) > 0) outboxBell.Ring();
        if (contacts.Inform(message.Channel, message.PersonKey, mailbox.Draft(message.Recipient, privacy.Notice(message.Channel)))) outboxBell.Ring();

        var sign = channel.Begin(message);
        TurnOutcome outcome;
        string address;
        try
        {
            outcome = entry.Attempts > MostAttempts
                ? TurnOutcome.Say("No pude responder su mensaje. Escríbalo de otra forma, o consulte a una persona del despacho.")
                : await turn.TakeAsync(message, sign, stoppingToken);
        }
        catch (OperationCanceledException)
        {
            inbox.Release(entry.Number);
            throw;
        }
        finally
        {
            address = await sign.EndAsync();
        }

        var to = message.Recipient with { Person = outcome.Forgotten ? null : message.PersonKey };
        var replies = outcome.Messages.SelectMany(said => mailbox.Draft(to, said)).ToList();
        if (replies is [var first, ..]) replies[0] = first with { Address = address }; // what the sign began is continued once
        var kept = outcome.Exchange is { } exchange ? new KeptExchange(message.Remembered, message.PersonKey, exchange) : null;
        inbox.Finish(entry.Number, leases.Owner, replies, kept);
        outboxBell.Ring();
    }

    /// <summary>Keeps the leases alive and forgets what is long finished.</summary>
    private async Task KeepAsync(CancellationToken stoppingToken)
    {
        var forgotten = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Leases.Beat, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                inbox.Renew(leases.Owner, leases.Until);
                if (time.GetUtcNow() - forgotten < TimeSpan.FromHours(1)) continue;
                forgotten = time.GetUtcNow();
                inbox.DeleteBefore(forgotten - Known);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The leases of the inbox could not be prolonged.");
            }
        }
    }
}
