namespace ParalegalBot.Server.Teams;

/// <summary>Which addresses may be called at all: encrypted, or on this very machine.</summary>
internal static class ServiceAddress
{
    public static bool Secure(Uri address) => address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp && address.IsLoopback;

    /// <summary>The service URL of an activity; null for one that may not be called.</summary>
    public static Uri? Read(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && Secure(address) && address.UserInfo.Length == 0 && address.Query.Length == 0 && address.Fragment.Length == 0 ? address : null;
}
