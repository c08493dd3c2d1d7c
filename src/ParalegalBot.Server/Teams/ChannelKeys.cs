using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace ParalegalBot.Server.Teams;

/// <summary>A key with which channels sign, and for which channels it may.</summary>
public sealed record ChannelKey(SecurityKey Key, IReadOnlySet<string> Endorsements);

/// <summary>
/// The channel's public keys, fetched from the announced address and kept for a day. An unknown key has them fetched again, at most every five
/// minutes, so that nobody can make this server call out by inventing names of keys.
/// </summary>
public sealed class ChannelKeys(BotCloud cloud, IHttpClientFactory clients, TimeProvider time, ILogger<ChannelKeys> log) : IDisposable
{
    private const int MaxBytes = 1024 * 1024;
    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Between = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan BetweenFailures = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SemaphoreSlim fetching = new(1);
    private volatile Held? held;
    private DateTimeOffset tried = DateTimeOffset.MinValue;

    /// <summary>The key of that name; null where there is none, even after looking again. Throws <see cref="ChannelKeysUnavailableException"/> where no keys could ever be fetched.</summary>
    public async Task<ChannelKey?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (held is { } fresh && now - fresh.At < Kept && fresh.Keys.TryGetValue(name, out var known)) return known;
        await fetching.WaitAsync(cancellationToken);
        try
        {
            if (held is { } other && now - other.At < Kept && other.Keys.TryGetValue(name, out known)) return known; // somebody else fetched meanwhile
            if (now - tried >= (held is null ? BetweenFailures : Between))
            {
                tried = now;
                await FetchAsync(now); // for all who wait: a caller who gives up must not take the keys from them
            }
        }
        finally
        {
            fetching.Release();
        }
        return (held ?? throw new ChannelKeysUnavailableException()).Keys.GetValueOrDefault(name);
    }

    public void Dispose() => fetching.Dispose();

    private async Task FetchAsync(DateTimeOffset now)
    {
        try
        {
            using var client = clients.CreateClient(TeamsServices.HttpClient);
            client.MaxResponseContentBufferSize = MaxBytes;
            client.Timeout = Patience;
            using var announced = JsonDocument.Parse(await client.GetByteArrayAsync(cloud.Metadata));
            var address = new Uri(cloud.Metadata, announced.RootElement.GetProperty("jwks_uri").GetString()!);
            if (!ServiceAddress.Secure(address)) throw new InvalidOperationException($"the keys are announced at {address}, which is not encrypted");
            held = new Held(now, Read(await client.GetStringAsync(address)));
        }
        catch (Exception error)
        {
            log.LogError(error, "The signing keys of the channel could not be fetched from {Address}.", cloud.Metadata);
        }
    }

    private static Dictionary<string, ChannelKey> Read(string text)
    {
        using var json = JsonDocument.Parse(text);
        var endorsements = json.RootElement.GetProperty("keys").EnumerateArray()
            .Where(key => key.TryGetProperty("kid", out var name) && name.ValueKind == JsonValueKind.String)
            .GroupBy(key => key.GetProperty("kid").GetString()!)
            .ToDictionary(group => group.Key, group => group.First().TryGetProperty("endorsements", out var list) && list.ValueKind == JsonValueKind.Array
                ? list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.String).Select(item => item.GetString()!).ToHashSet() : []);
        return new JsonWebKeySet(text).Keys.Where(key => key.Kty == "RSA" && key.Kid is not null && endorsements.ContainsKey(key.Kid))
            .DistinctBy(key => key.Kid).ToDictionary(key => key.Kid, key => new ChannelKey(key, endorsements[key.Kid]));
    }

    private sealed record Held(DateTimeOffset At, IReadOnlyDictionary<string, ChannelKey> Keys);
}

/// <summary>Nobody can be recognised: the keys were never fetched.</summary>
public sealed class ChannelKeysUnavailableException() : Exception("The signing keys of the channel are not available.");
