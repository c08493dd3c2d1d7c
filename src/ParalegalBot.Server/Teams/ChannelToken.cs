using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Server.Teams;

/// <summary>
/// Decides whether a request comes from the channel that it claims. Two steps, because the body is read only for somebody whose token is good:
/// the token itself, then whether it speaks for this activity.
/// </summary>
public sealed class ChannelToken(BotCloud cloud, ChannelKeys keys, TimeProvider time)
{
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    /// <summary>Who signed; null for a token that is not the channel's.</summary>
    public async Task<ChannelIdentity?> ReadAsync(string? authorization, CancellationToken cancellationToken)
    {
        if (authorization?.Split(' ') is not [{ } scheme, { Length: > 0 and < 16_384 } token] || !scheme.Equals("Bearer", StringComparison.OrdinalIgnoreCase)) return null;
        if (!Handler.CanReadToken(token)) return null;
        JsonWebToken read;
        try
        {
            read = Handler.ReadJsonWebToken(token);
        }
        catch (Exception error) when (error is ArgumentException or SecurityTokenException)
        {
            return null;
        }
        // What costs nothing is looked at before any key is fetched.
        if (read.Issuer != cloud.Issuer || read.Kid is not { Length: > 0 } name || await keys.FindAsync(name, cancellationToken) is not { } key) return null;
        var result = await Handler.ValidateTokenAsync(read, new TokenValidationParameters
        {
            ValidIssuer = cloud.Issuer,
            ValidAudience = cloud.AppId,
            IssuerSigningKey = key.Key,
            ValidAlgorithms = [SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512],
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            LifetimeValidator = (from, to, _, _) => InTime(from, to),
        });
        return result.IsValid && read.TryGetClaim("serviceurl", out var service) ? new ChannelIdentity(service.Value, key.Endorsements) : null;
    }

    private bool InTime(DateTime? from, DateTime? to)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return to is { } until && now <= until + Skew && (from is null || now >= from - Skew);
    }
}

/// <summary>What a good token says: from which service it comes, and for which channels its key may speak.</summary>
public sealed record ChannelIdentity(string ServiceUrl, IReadOnlySet<string> Endorsements)
{
    /// <summary>Whether the token speaks for an activity of this channel with this service URL; without either it does not.</summary>
    public bool SpeaksFor(string? channelId, string? serviceUrl) =>
        channelId is { Length: > 0 } && Endorsements.Contains(channelId) && string.Equals(serviceUrl, ServiceUrl, StringComparison.OrdinalIgnoreCase);
}
