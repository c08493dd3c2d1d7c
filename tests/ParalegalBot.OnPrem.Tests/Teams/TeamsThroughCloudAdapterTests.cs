using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using ParalegalBot.Tests.Teams;

namespace ParalegalBot.OnPrem.Tests.Teams;

/// <summary>The whole server with Bot Framework's adapter between its token check and its door: it says in Teams what it says without.</summary>
public sealed class TeamsThroughCloudAdapterTests : TeamsTests
{
    [Theory]
    [InlineData("forged")]
    [InlineData("other audience")]
    [InlineData("other service")]
    public async Task Our_token_check_stands_before_the_adapter(string fault)
    {
        await using var teams = await StartAsync();
        var token = fault switch
        {
            "forged" => teams.Cloud.Token(forged: true),
            "other audience" => teams.Cloud.Token(changes: ("aud", "00000000-0000-0000-0000-000000000009")),
            _ => teams.Cloud.Token(changes: ("serviceurl", "https://elsewhere.example")),
        };

        var response = await teams.PostAsync(teams.Activity().ToJsonString(), $"Bearer {token}");

        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.False(teams.Cloud.Called);
    }

    /// <summary>The adapter asks for the keys beside our check, and again for a key that it does not know.</summary>
    private protected override int MostFetches => 3;

    private protected override Task<TeamsServer> StartAsync() => TeamsServer.StartAsync((server, cloud) =>
    {
        server["Teams:Adapter"] = "cloudadapter";
        server["ToBotFromChannelOpenIdMetadataUrl"] = cloud.Metadata;
        server["ToBotFromChannelTokenIssuer"] = cloud.Issuer;
        server["ToChannelFromBotLoginUrl"] = $"{cloud.Address}/botframework.com";
        server["ToChannelFromBotOAuthScope"] = "https://api.botframework.com";
        server["OAuthUrl"] = cloud.Address;
        LetTheAdapterAskByHttp(cloud.Metadata);
    });

    /// <summary>The adapter asks for keys by https only, with a client of its own; the stub speaks http. So what it remembers of an issuer is written beforehand.</summary>
    private static void LetTheAdapterAskByHttp(string metadata)
    {
        var extractor = typeof(BotFrameworkAuthentication).Assembly.GetType("Microsoft.Bot.Connector.Authentication.JwtTokenExtractor")!;
        var known = (ConcurrentDictionary<string, ConfigurationManager<OpenIdConnectConfiguration>>)extractor.GetField("_openIdMetadataCache", BindingFlags.NonPublic | BindingFlags.Static)!.GetValue(null)!;
        known[metadata] = new(metadata, new OpenIdConnectConfigurationRetriever(), new HttpDocumentRetriever { RequireHttps = false });
    }
}
