using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace ParalegalBot.Server.Channels;

/// <summary>Where people reach this server: replies outside the web page link to it.</summary>
public sealed class PublicAddress(IOptions<ChannelsOptions> options, IServer server)
{
    private static readonly Uri Default = new("http://localhost:3978");

    public Uri Value => options.Value.PublicAddress is { Length: > 0 } configured
        ? new Uri(configured.TrimEnd('/') + "/")
        : server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } own && Uri.TryCreate(own.Replace("[::]", "localhost", StringComparison.Ordinal), UriKind.Absolute, out var listening)
            ? listening
            : Default;

    /// <summary>A path of this server as a full address.</summary>
    public string Of(string path) => new Uri(Value, path.TrimStart('/')).AbsoluteUri;
}
