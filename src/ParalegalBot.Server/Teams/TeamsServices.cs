using ParalegalBot.Configuration;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Channels.Activities;

namespace ParalegalBot.Server.Teams;

public static class TeamsServices
{
    /// <summary>Name of the client that calls Microsoft's services. It follows no redirect: nobody but the validated address gets the bot's token.</summary>
    internal const string HttpClient = "teams";

    public static IServiceCollection AddTeams(this IServiceCollection services)
    {
        services.AddValidatedOptions<MicrosoftAppOptions, MicrosoftAppOptions.Rules>("");
        services.AddValidatedOptions<TeamsOptions, TeamsOptions.Rules>("Teams");
        services.NeedOnPrem<TeamsOptions, Func<HttpContext, Func<IResult>, Task<IResult>>>(TeamsOptions.CloudAdapter, options => options.Adapter, "Teams:Adapter");
        services.AddHttpClient(HttpClient).RemoveAllLoggers().ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        });
        services.AddSingleton<BotCloud>();
        services.AddSingleton<ChannelKeys>();
        services.AddSingleton<ChannelToken>();
        services.AddSingleton<BotToken>();
        services.AddSingleton<Connector>();
        services.AddSingleton<ActivityRendering>();
        services.AddSingleton<TeamsDoor>();
        return services.AddSingleton<IChannel, TeamsChannel>();
    }
}
