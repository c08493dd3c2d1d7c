using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Tests.Server;

/// <summary>
/// A firm's identity provider on a free port of this machine: discovery, keys, an authorization page that sends the browser back with a code, and a token
/// endpoint that demands the code's client, secret, redirect address and PKCE verifier.
/// </summary>
internal sealed class IdentityProviderStub : IAsyncDisposable
{
    public const string ClientId = "paralegal";
    public const string Secret = "secreto-del-cliente";

    private readonly WebApplication app;
    private readonly RSA key = RSA.Create(2048);
    private readonly RSA stranger = RSA.Create(2048);
    private readonly ConcurrentDictionary<string, IQueryCollection> codes = new();

    private IdentityProviderStub(WebApplication app) => this.app = app;

    public string Address => app.Urls.First();

    /// <summary>What the token says of the person; the test changes it.</summary>
    public Dictionary<string, object> Claims { get; } = new() { ["sub"] = "42", ["name"] = "Lic. Ana" };

    /// <summary>Whether a key that is not the provider's signs.</summary>
    public bool Forged { get; set; }

    /// <summary>What was asked of the token endpoint and not granted.</summary>
    public ConcurrentQueue<string> Refusals { get; } = new();

    public static async Task<IdentityProviderStub> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var stub = new IdentityProviderStub(builder.Build());
        stub.Map();
        await stub.app.StartAsync(TestContext.Current.CancellationToken);
        return stub;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        key.Dispose();
        stranger.Dispose();
    }

    private void Map()
    {
        app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Address, authorization_endpoint = $"{Address}/authorize", token_endpoint = $"{Address}/token", jwks_uri = $"{Address}/keys",
            response_types_supported = new[] { "code" }, id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        app.MapGet("/keys", () => Results.Json(new { keys = new[] { Jwk() } }));
        app.MapGet("/authorize", (HttpRequest request) =>
        {
            var code = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
            codes[code] = request.Query;
            return Results.Text($"""
                <form method="post" action="{request.Query["redirect_uri"]}"><input name="code" value="{code}"><input name="state" value="{request.Query["state"]}"></form>
                """, "text/html");
        });
        app.MapPost("/token", async (HttpRequest request) =>
        {
            var form = await request.ReadFormAsync();
            if (Refusal(form) is not { } refusal) return Results.Json(new { token_type = "Bearer", access_token = "a", expires_in = 300, id_token = IdToken(codes[form["code"]!]["nonce"]!) });
            Refusals.Enqueue(refusal);
            return Results.Json(new { error = "invalid_grant", error_description = refusal }, statusCode: 400);
        });
    }

    private string? Refusal(IFormCollection form)
    {
        if (form["grant_type"] != "authorization_code" || !codes.TryGetValue(form["code"].ToString(), out var asked)) return "code";
        if (form["client_id"] != ClientId || form["client_secret"] != Secret || asked["client_id"] != ClientId) return "client";
        if (form["redirect_uri"] != asked["redirect_uri"]) return "redirect_uri";
        return asked["code_challenge_method"] == "S256" && asked["code_challenge"] == Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString())))
            ? null : "code_verifier";
    }

    private string IdToken(string nonce)
    {
        var now = TimeProvider.System.GetUtcNow();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = Address, ["aud"] = ClientId, ["nonce"] = nonce, ["iat"] = now.ToUnixTimeSeconds(), ["exp"] = now.AddMinutes(5).ToUnixTimeSeconds(),
        };
        foreach (var (claim, value) in Claims) claims[claim] = value;
        var signed = $"{Base64UrlEncoder.Encode("""{"alg":"RS256","typ":"JWT","kid":"k1"}""")}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims))}";
        return $"{signed}.{Base64UrlEncoder.Encode((Forged ? stranger : key).SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private object Jwk()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        return new { kty = "RSA", use = "sig", kid = "k1", n = Base64UrlEncoder.Encode(parameters.Modulus!), e = Base64UrlEncoder.Encode(parameters.Exponent!) };
    }
}
