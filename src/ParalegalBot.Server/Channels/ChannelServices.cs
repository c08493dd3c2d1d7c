using ParalegalBot.Configuration;
using ParalegalBot.Server.Channels.Sending;
using ParalegalBot.Server.Channels.Turns;

namespace ParalegalBot.Server.Channels;

/// <summary>What all channels share: inbox, outbox, commands, the turn. A channel registers itself as an <see cref="IChannel"/>.</summary>
public static class ChannelServices
{
    public static IServiceCollection AddChannels(this IServiceCollection services)
    {
        services.AddValidatedOptions<ChannelsOptions, ChannelsOptions.Rules>("Channels");
        services.AddSingleton<PublicAddress>();
        services.AddSingleton<Leases>();
        services.AddSingleton<InboxBell>();
        services.AddSingleton<OutboxBell>();
        services.AddSingleton<Mailbox>();
        services.AddSingleton<Reception>();
        services.AddSingleton<PrivacyCommand>();
        services.AddSingleton<ICommand>(provider => provider.GetRequiredService<PrivacyCommand>());
        services.AddSingleton<ICommand, HelpCommand>();
        services.AddSingleton<ICommand, LawsCommand>();
        services.AddSingleton<ICommand, EraseCommand>();
        services.AddSingleton<ICommand, RepeatCommand>();
        services.AddSingleton<ChannelTurn>();
        services.AddHostedService<InboxWorkers>();
        return services.AddHostedService<OutboxSenders>();
    }
}
