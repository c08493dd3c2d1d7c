using System.Security.Cryptography;

namespace ParalegalBot.Server.Channels;

/// <summary>Under which name this process holds messages, and for how long without a sign of life.</summary>
public sealed class Leases(TimeProvider time, RandomNumberGenerator random)
{
    /// <summary>How often a lease is prolonged.</summary>
    public static readonly TimeSpan Beat = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(20);

    public string Owner { get; } = NewOwner(random);

    public DateTimeOffset Until => time.GetUtcNow() + Length;

    private static string NewOwner(RandomNumberGenerator random)
    {
        var bytes = new byte[8];
        random.GetBytes(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
