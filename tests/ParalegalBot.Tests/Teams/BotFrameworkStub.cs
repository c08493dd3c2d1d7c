using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Tests.Teams;

/// <summary>
/// Microsoft's side on a free port of this machine: issuer with its keys, login, and a connector that records what it gets. That its tokens are
/// what a channel sends is proved against Microsoft's own adapter.
/// </summary>
internal sealed class BotFrameworkStub : IAsyncDisposable
{
    public const string AppId = "0b0f8d2e-6f0e-4c52-9d0b-7b8b5a3c1d4e";
    public const string Channel = "msteams";

    private readonly WebApplication app;
    private readonly Dictionary<string, RSA> keys = new() { ["endorsed"] = RSA.Create(2048), ["unendorsed"] = RSA.Create(2048), ["bare"] = RSA.Create(2048) };
    private readonly RSA stranger = RSA.Create(2048);
    private readonly Channel<ConnectorCall> calls = System.Threading.Channels.Channel.CreateUnbounded<ConnectorCall>();

    private BotFrameworkStub(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    public string Issuer => Address;

    public string Metadata => $"{Address}/v1/.well-known/openidconfiguration";

    /// <summary>Times that the keys were fetched.</summary>
    public int Fetches { get; private set; }

    /// <summary>Forms that came to the login.</summary>
    public ConcurrentQueue<IReadOnlyDictionary<string, string>> Logins { get; } = new();

    /// <summary>How the connector answers; by default it accepts, as the real one does: 201 with an id for a new activity, 202 without a body within a stream.</summary>
    public Func<ConnectorCall, (int Status, string Body)> Answer { get; set; } = call =>
        call.Info is { } info && info["streamId"] is not null ? (202, "") : (201, $$"""{"id":"a{{call.Number}}"}""");

    public static async Task<BotFrameworkStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new BotFrameworkStub(builder.Build());
        stub.Map();
        await stub.app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public async Task<ConnectorCall> NextAsync() => await calls.Reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);

    /// <summary>The next call that is a message with text.</summary>
    public async Task<ConnectorCall> NextTextAsync()
    {
        while (true)
        {
            if (await NextAsync() is { Type: "message", Text.Length: > 0 } call) return call;
        }
    }

    public bool Called => calls.Reader.TryPeek(out _);

    /// <summary>A token as the channel sends it, changed as the test says; null removes a claim.</summary>
    public string Token(string key = "endorsed", string algorithm = "RS256", bool forged = false, params ReadOnlySpan<(string Claim, object? Value)> changes)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var claims = new Dictionary<string, object?>
        {
            ["iss"] = Issuer, ["aud"] = AppId, ["serviceurl"] = Address, ["nbf"] = now.AddMinutes(-1).ToUnixTimeSeconds(), ["exp"] = now.AddHours(1).ToUnixTimeSeconds(),
        };
        foreach (var (claim, value) in changes)
        {
            if (value is null) claims.Remove(claim);
            else claims[claim] = value;
        }
        var head = Encode($$"""{"alg":"{{algorithm}}","typ":"JWT","kid":"{{key}}"}""");
        var signed = $"{head}.{Encode(JsonSerializer.Serialize(claims))}";
        return $"{signed}.{Base64UrlEncoder.Encode(Sign(Encoding.ASCII.GetBytes(signed), key, algorithm, forged))}";
    }

    public async ValueTask DisposeAsync() => await app.DisposeAsync();

    private byte[] Sign(byte[] signed, string key, string algorithm, bool forged)
    {
        var rsa = forged ? stranger : keys.GetValueOrDefault(key, stranger);
        return algorithm switch
        {
            "RS256" => rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1),
            "RS512" => rsa.SignData(signed, HashAlgorithmName.SHA512, RSASignaturePadding.Pkcs1),
            "PS256" => rsa.SignData(signed, HashAlgorithmName.SHA256, RSASignaturePadding.Pss),
            "HS256" => HMACSHA256.HashData(rsa.ExportRSAPublicKey(), signed), // the public key taken for a secret
            _ => [],
        };
    }

    private void Map()
    {
        app.MapGet("/v1/.well-known/openidconfiguration", () =>
        {
            Fetches++;
            return Results.Json(new { issuer = Issuer, jwks_uri = $"{Address}/v1/keys", id_token_signing_alg_values_supported = new[] { "RS256", "RS384", "RS512" } });
        });
        app.MapGet("/v1/keys", () => Results.Text(new JsonObject { ["keys"] = new JsonArray([.. keys.Select(pair => Jwk(pair.Key, pair.Value))]) }.ToJsonString(), "application/json"));
        app.MapPost("/{tenant}/oauth2/v2.0/token", async (string tenant, HttpRequest request) =>
        {
            var form = (await request.ReadFormAsync()).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
            form["tenant"] = tenant;
            Logins.Enqueue(form);
            return Results.Json(new { token_type = "Bearer", expires_in = 3600, access_token = $"bot-token-{Logins.Count}" });
        });
        app.Map("/v3/conversations/{conversation}/activities/{activity?}", async (string conversation, string? activity, HttpRequest request) =>
        {
            var body = (await JsonNode.ParseAsync(request.Body))!.AsObject();
            var call = new ConnectorCall(request.Method, conversation, activity, body, request.Headers.Authorization.ToString(), Interlocked.Increment(ref number));
            var (status, text) = Answer(call);
            calls.Writer.TryWrite(call);
            return Results.Text(text, "application/json", Encoding.UTF8, status);
        });
    }

    private int number;

    private static JsonNode Jwk(string name, RSA key)
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        var jwk = new JsonObject { ["kty"] = "RSA", ["use"] = "sig", ["kid"] = name, ["n"] = Base64UrlEncoder.Encode(parameters.Modulus!), ["e"] = Base64UrlEncoder.Encode(parameters.Exponent!) };
        if (name == "endorsed") jwk["endorsements"] = new JsonArray(Channel, "webchat");
        if (name == "unendorsed") jwk["endorsements"] = new JsonArray();
        return jwk;
    }

    private static string Encode(string text) => Base64UrlEncoder.Encode(text);
}

/// <summary>One call to the connector.</summary>
internal sealed record ConnectorCall(string Method, string Conversation, string? Activity, JsonObject Body, string Authorization, int Number)
{
    public string Type => Body["type"]?.GetValue<string>() ?? "";

    public string Text => Body["text"]?.GetValue<string>() ?? "";

    public JsonObject? Info => Entity("streaminfo");

    public JsonObject? Entity(string type) => (Body["entities"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(entity => entity["type"]?.GetValue<string>() == type);
}
