using ParalegalBot.Records;

namespace ParalegalBot.Server.Channels;

/// <summary>
/// A way to people. Its door hands what it accepted to <see cref="Reception"/>; what the bot says comes back through here. It knows nothing of
/// questions, laws or conversations, only its own protocol.
/// </summary>
public interface IChannel
{
    /// <summary><c>teams</c>, <c>whatsapp</c>, <c>directline</c>.</summary>
    string Name { get; }

    /// <summary>Who else carries the messages, as the privacy notice says it: <c>Teams es un servicio de Microsoft</c>; null for nobody.</summary>
    string? Carrier { get; }

    /// <summary>Shows the person that the bot is at work; nothing is shown before the first line of progress.</summary>
    IWorkSign Begin(Incoming message);

    /// <summary>A message as the channel sends it: one or more bodies, in order.</summary>
    IReadOnlyList<string> Render(string address, BotMessage message);

    /// <summary>Sends one body, once. Whatever it throws counts as <see cref="Delivery.Uncertain"/>.</summary>
    Task<Delivery> SendAsync(OutboxEntry message, CancellationToken cancellationToken);
}

/// <summary>The sign that the bot is at work. A line of progress never waits and never fails the turn.</summary>
public interface IWorkSign : IProgress<string>
{
    /// <summary>Ends the sign; returns the address to which the answer goes, which may continue what was shown.</summary>
    Task<string> EndAsync();
}

/// <summary>What became of one body, a closed family.</summary>
public abstract record Delivery
{
    private Delivery() { }

    /// <summary>It arrived, under this id where the channel gives one.</summary>
    public sealed record Delivered(string? Id) : Delivery;

    /// <summary>It did not arrive and may be tried again, not before <paramref name="After"/> where the channel said so.</summary>
    public sealed record Later(string Problem, TimeSpan? After = null) : Delivery;

    /// <summary>It cannot be delivered.</summary>
    public sealed record Impossible(string Problem) : Delivery;

    /// <summary>Nobody knows whether it arrived.</summary>
    public sealed record Uncertain(string Problem) : Delivery;
}
