using Microsoft.Extensions.Options;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels.Sending;

/// <summary>
/// Sends what lies in the outbox: in order within a lane, with growing pauses between tries. What cannot be delivered is reported in the log and stays
/// listed; where nobody knows whether an answer arrived, it is not sent again, and the person is told how to get it.
/// </summary>
internal sealed class OutboxSenders(
    Outbox outbox, Mailbox mailbox, Leases leases, OutboxBell bell, IOptions<ChannelsOptions> options, TimeProvider time, ILogger<OutboxSenders> log) : BackgroundService
{
    private const int MostAttempts = 10;
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(10);
    private static readonly BotMessage Doubt = new BotMessage.Note("No sé si le llegó mi última respuesta. Si no la ve, escriba «repetir» y se la envío de nuevo.") { Choices = ["repetir"] };

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(
        [LookForInterruptedAsync(stoppingToken), .. Enumerable.Range(0, options.Value.Senders).Select(_ => Task.Run(() => SendAllAsync(stoppingToken), stoppingToken))]);

    private async Task SendAllAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (outbox.Take(leases.Owner, leases.Until) is { } message) await SendAsync(message);
                else await bell.WaitAsync(stoppingToken);
            }
            catch (Exception error) when (error is not OperationCanceledException)
            {
                log.LogError(error, "The outbox could not be worked on.");
                await bell.WaitAsync(stoppingToken);
            }
        }
    }

    /// <summary>A send is not interrupted by the end of the server: its channel limits its time.</summary>
    private async Task SendAsync(OutboxEntry message)
    {
        switch (await TryAsync(message))
        {
            case Delivery.Delivered(var id):
                outbox.Sent(message.Number, id);
                break;
            case Delivery.Later(var problem, var after) when message.Attempts < MostAttempts:
                outbox.Postpone(message.Number, time.GetUtcNow() + PauseAfter(message, after), problem);
                break;
            case Delivery.Later(var problem, _):
                Fail(message, $"{problem} ({message.Attempts} tries)");
                break;
            case Delivery.Impossible(var problem):
                Fail(message, problem);
                break;
            case Delivery.Uncertain(var problem):
                Report(message, problem);
                break;
        }
    }

    private async Task<Delivery> TryAsync(OutboxEntry message)
    {
        if (mailbox.Channel(message.Channel) is not { } channel) return new Delivery.Impossible($"the channel {message.Channel} is off");
        try
        {
            return await channel.SendAsync(message, CancellationToken.None);
        }
        catch (Exception error)
        {
            log.LogWarning(error, "A message over {Channel} ended without a clear result.", message.Channel);
            return new Delivery.Uncertain(error.GetType().Name);
        }
    }

    private async Task LookForInterruptedAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Leases.Beat, time);
        do
        {
            foreach (var message in outbox.TakeInterrupted(leases.Owner, leases.Until)) Report(message, "the server ended while it was being sent");
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private void Fail(OutboxEntry message, string problem)
    {
        outbox.Failed(message.Number, problem);
        log.LogError("Message {Number} over {Channel} was not delivered: {Problem}.", message.Number, message.Channel, problem);
    }

    private void Report(OutboxEntry message, string problem)
    {
        outbox.Uncertain(message.Number, problem);
        log.LogError("Message {Number} over {Channel} may not have been delivered: {Problem}.", message.Number, message.Channel, problem);
        if (message.Answer is not null) mailbox.Post(new Recipient(message.Channel, message.Lane, message.Address, null), Doubt, $"duda/{message.Number}");
    }

    /// <summary>2, 4, 8… seconds, spread by the message's number so that lanes do not come back all at once.</summary>
    private static TimeSpan PauseAfter(OutboxEntry message, TimeSpan? asked)
    {
        var pause = TimeSpan.FromSeconds(Math.Pow(2, message.Attempts)) + TimeSpan.FromMilliseconds(message.Number * 137 % 1000);
        if (asked is { } least && least > pause) pause = least;
        return pause < LongestPause ? pause : LongestPause;
    }
}
