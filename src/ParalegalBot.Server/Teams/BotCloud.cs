using Microsoft.Extensions.Options;

namespace ParalegalBot.Server.Teams;

/// <summary>The addresses and names of the cloud in which the bot is registered.</summary>
public sealed class BotCloud
{
    public BotCloud(IOptions<MicrosoftAppOptions> app, IOptions<TeamsOptions> teams, IHostEnvironment environment)
    {
        AppId = app.Value.MicrosoftAppId;
        Open = !app.Value.Configured && environment.IsDevelopment();
        On = app.Value.Configured || Open;
        var government = app.Value.Government;
        Issuer = Or(teams.Value.Issuer, government ? "https://api.botframework.us" : "https://api.botframework.com");
        Resource = government ? "https://api.botframework.us" : "https://api.botframework.com";
        Metadata = new Uri(Or(teams.Value.Metadata, government
            ? "https://login.botframework.azure.us/v1/.well-known/openidconfiguration"
            : "https://login.botframework.com/v1/.well-known/openidconfiguration"));
        var tenant = app.Value.SingleTenant ? app.Value.MicrosoftAppTenantId : government ? "MicrosoftServices.onmicrosoft.us" : "botframework.com";
        var login = Or(teams.Value.Login, government ? "https://login.microsoftonline.us" : "https://login.microsoftonline.com");
        Login = new Uri($"{login.TrimEnd('/')}/{Uri.EscapeDataString(tenant)}/oauth2/v2.0/token");
    }

    /// <summary>Whether the channel is served.</summary>
    public bool On { get; }

    /// <summary>Whether it is served without authentication: in Development, without credentials, and only for this machine.</summary>
    public bool Open { get; }

    public string AppId { get; }

    public string Issuer { get; }

    /// <summary>For what the bot's own tokens are good; the scope is this with <c>/.default</c>.</summary>
    public string Resource { get; }

    public Uri Metadata { get; }

    public Uri Login { get; }

    private static string Or(string configured, string fallback) => configured.Length > 0 ? configured : fallback;
}
