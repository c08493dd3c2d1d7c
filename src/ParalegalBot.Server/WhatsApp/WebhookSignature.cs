using System.Security.Cryptography;
using System.Text;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Meta's signature: HMAC-SHA256 with the app's secret over the bytes as they came, not over what they mean.</summary>
internal static class WebhookSignature
{
    public const string Header = "X-Hub-Signature-256";
    private const string Scheme = "sha256=";

    public static bool Matches(ReadOnlySpan<byte> body, string? header, string secret)
    {
        if (header is null || header.Length != Scheme.Length + 2 * SHA256.HashSizeInBytes || !header.StartsWith(Scheme, StringComparison.Ordinal)) return false;
        Span<byte> claimed = stackalloc byte[SHA256.HashSizeInBytes];
        if (Convert.FromHexString(header.AsSpan(Scheme.Length), claimed, out _, out _) != System.Buffers.OperationStatus.Done) return false;
        Span<byte> own = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body, own);
        return CryptographicOperations.FixedTimeEquals(own, claimed);
    }

    public static string Of(ReadOnlySpan<byte> body, string secret) => Scheme + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body));
}
