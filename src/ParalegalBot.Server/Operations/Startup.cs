using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace ParalegalBot.Server.Operations;

public static class Startup
{
    /// <summary>Listens on port 3978 of this machine unless somebody said otherwise.</summary>
    public static void ListenOnDefaultPort(this WebApplicationBuilder builder)
    {
        string[] settings = ["urls", "http_ports", "https_ports", "Kestrel:Endpoints"];
        if (settings.All(name => !builder.Configuration.GetSection(name).Exists())) builder.WebHost.UseUrls("http://localhost:3978");
    }

    /// <summary>Once it listens, one line on the console says where; it is not a log entry, so that no log level hides it.</summary>
    public static void SayWhereToOpen(this WebApplication app) => app.Lifetime.ApplicationStarted.Register(() =>
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses) Console.WriteLine($"Abra {address.Replace("[::]", "localhost", StringComparison.Ordinal)}");
    });
}
