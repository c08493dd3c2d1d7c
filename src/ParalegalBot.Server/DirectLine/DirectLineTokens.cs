using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Server.DirectLine;

/// <summary>What a token is good for: one person in one conversation.</summary>
public sealed record DirectLineSession(string Conversation, string Person);

/// <summary>Tokens are signed, not stored: each is bound to one conversation and ends after half an hour unless it is refreshed.</summary>
public sealed class DirectLineTokens(IOptions<DirectLineOptions> options, IHostEnvironment environment, RandomNumberGenerator random, TimeProvider time)
{
    /// <summary>Seconds that a token lives.</summary>
    public const int Lifetime = 1800;

    private const string Issuer = "directline";
    private const string Conversation = "conv";

    /// <summary>Web Chat reads the person from this claim.</summary>
    private const string Person = "user";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false, SetDefaultTimesOnTokenCreation = false };

    private readonly SymmetricSecurityKey key = new(options.Value.Secret.Length > 0
        ? HMACSHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Secret), "directline tokens"u8)
        : Bytes(random, 32));

    /// <summary>Whether the surface is served.</summary>
    public bool On => options.Value.Secret.Length > 0 || environment.IsDevelopment();

    /// <summary>Whether the caller may ask for tokens: with the secret, or anybody in Development without one.</summary>
    public bool MayGenerate(string? authorization) => options.Value.Secret.Length == 0
        ? environment.IsDevelopment()
        : Bearer(authorization) is { } given && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), SHA256.HashData(Encoding.UTF8.GetBytes(options.Value.Secret)));

    public DirectLineSession NewSession(string? person) => new(NewId(), person ?? $"dl_{NewId()}");

    public string Write(DirectLineSession session) => Handler.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = Issuer,
        Claims = new Dictionary<string, object> { [Conversation] = session.Conversation, [Person] = session.Person },
        Expires = time.GetUtcNow().UtcDateTime.AddSeconds(Lifetime),
        SigningCredentials = new SigningCredentials(key, SecurityAlgorithms.HmacSha256),
    });

    /// <summary>The session of a request; null where its token is none of ours or too old.</summary>
    public async Task<DirectLineSession?> ReadAsync(string? authorization)
    {
        if (Bearer(authorization) is not { Length: < 4096 } token) return null;
        var result = await Handler.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ValidIssuer = Issuer,
            ValidateAudience = false,
            IssuerSigningKey = key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (_, until, _, _) => until > time.GetUtcNow().UtcDateTime,
        });
        return result.IsValid && result.Claims.TryGetValue(Conversation, out var conv) && conv is string conversation && result.Claims.TryGetValue(Person, out var user) && user is string person
            ? new DirectLineSession(conversation, person)
            : null;
    }

    private static string? Bearer(string? authorization) => authorization?.Split(' ') is [{ } scheme, { Length: > 0 } token] && scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase) ? token : null;

    private string NewId() => Convert.ToHexStringLower(Bytes(random, 16));

    private static byte[] Bytes(RandomNumberGenerator random, int count)
    {
        var bytes = new byte[count];
        random.GetBytes(bytes);
        return bytes;
    }
}
