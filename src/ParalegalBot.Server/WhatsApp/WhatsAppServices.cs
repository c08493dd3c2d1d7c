using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Server.Channels;

namespace ParalegalBot.Server.WhatsApp;

public static class WhatsAppServices
{
    public static IServiceCollection AddWhatsApp(this IServiceCollection services)
    {
        services.AddValidatedOptions<WhatsAppOptions, WhatsAppOptions.Rules>("WhatsApp");
        services.AddHttpClient(GraphClient.Name).RemoveAllLoggers() // addresses of people stand in the requests
            .ConfigureHttpClient((provider, client) => client.Timeout = TimeSpan.FromSeconds(provider.GetRequiredService<IOptions<WhatsAppOptions>>().Value.TimeoutSeconds))
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(5),
                PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            });
        services.AddSingleton<GraphClient>();
        services.AddSingleton<PairRate>();
        services.AddSingleton<WhatsAppRendering>();
        services.AddSingleton<WhatsAppDoor>();
        services.AddSingleton<WhatsAppChannel>();
        return services.AddSingleton<IChannel>(provider => provider.GetRequiredService<WhatsAppChannel>());
    }
}
