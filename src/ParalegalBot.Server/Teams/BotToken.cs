using System.Text.Json;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Server.Teams;

/// <summary>The bot's own token for the connector, fetched once for all who wait and kept until shortly before it ends.</summary>
public sealed class BotToken(BotCloud cloud, IOptions<MicrosoftAppOptions> app, IConfiguration configuration, IHttpClientFactory clients, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan Early = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim fetching = new(1);
    private volatile Held? held;

    /// <summary>The token; null where the channel is open and needs none. Throws <see cref="HttpRequestException"/> where it is not given.</summary>
    public async Task<string?> GetAsync(CancellationToken cancellationToken)
    {
        if (!app.Value.Configured) return null;
        if (held is { } valid && time.GetUtcNow() < valid.Until) return valid.Token;
        await fetching.WaitAsync(cancellationToken);
        try
        {
            if (held is { } other && time.GetUtcNow() < other.Until) return other.Token;
            held = await FetchAsync(cancellationToken);
            return held.Token;
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Forgets a token that the connector refused.</summary>
    public void Refused(string token)
    {
        if (held?.Token == token) held = null;
    }

    public void Dispose() => fetching.Dispose();

    private async Task<Held> FetchAsync(CancellationToken cancellationToken)
    {
        using var client = clients.CreateClient(TeamsServices.HttpClient);
        using var request = app.Value.Managed ? ManagedIdentity() : ClientCredentials();
        using var response = await client.SendAsync(request, cancellationToken);
        if (!response.IsSuccessStatusCode)
            throw new HttpRequestException($"The bot got no token from {request.RequestUri!.Host} ({(int)response.StatusCode}); check MicrosoftAppId, MicrosoftAppPassword and MicrosoftAppTenantId.", null, response.StatusCode);
        using var json = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        var seconds = json.RootElement.GetProperty("expires_in") is { ValueKind: JsonValueKind.String } text
            ? int.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : json.RootElement.GetProperty("expires_in").GetInt32();
        return new Held(json.RootElement.GetProperty("access_token").GetString()!, time.GetUtcNow() + TimeSpan.FromSeconds(seconds) - (seconds > 600 ? Early : TimeSpan.Zero));
    }

    private HttpRequestMessage ClientCredentials() => new(HttpMethod.Post, cloud.Login)
    {
        Content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = app.Value.MicrosoftAppId,
            ["client_secret"] = app.Value.MicrosoftAppPassword,
            ["scope"] = $"{cloud.Resource}/.default",
        }),
    };

    /// <summary>App Service and containers announce an address and a secret in the environment; virtual machines have a fixed one.</summary>
    private HttpRequestMessage ManagedIdentity()
    {
        var query = $"resource={Uri.EscapeDataString(cloud.Resource)}&client_id={app.Value.MicrosoftAppId}";
        if (configuration["IDENTITY_ENDPOINT"] is { Length: > 0 } endpoint)
        {
            var announced = new HttpRequestMessage(HttpMethod.Get, $"{endpoint}?api-version=2019-08-01&{query}");
            announced.Headers.Add("X-IDENTITY-HEADER", configuration["IDENTITY_HEADER"]);
            return announced;
        }
        var request = new HttpRequestMessage(HttpMethod.Get, $"http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&{query}");
        request.Headers.Add("Metadata", "true");
        return request;
    }

    private sealed record Held(string Token, DateTimeOffset Until);
}
