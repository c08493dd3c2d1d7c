using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.DependencyInjection;

namespace ParalegalBot.OnPrem.Teams;

/// <summary>Registers what <c>Teams:Adapter = cloudadapter</c> puts before the door.</summary>
internal static class CloudAdapterServices
{
    /// <summary>The setting's value, and the key of the delegate.</summary>
    public const string Name = "cloudadapter";

    public static void AddCloudAdapter(this IServiceCollection services)
    {
        services.AddHttpClient();
        services.AddSingleton<BotFrameworkAuthentication, ConfigurationBotFrameworkAuthentication>();
        services.AddSingleton<IBotFrameworkHttpAdapter, ParalegalAdapter>();
        services.AddSingleton<CloudAdapterDoor>();
        services.AddKeyedSingleton<Func<HttpContext, Func<IResult>, Task<IResult>>>(Name, (provider, _) => provider.GetRequiredService<CloudAdapterDoor>().PassAsync);
    }
}
