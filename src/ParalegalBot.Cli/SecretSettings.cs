using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Json;
using ParalegalBot.Configuration;

namespace ParalegalBot.Cli;

/// <summary>A secret that is set, and whether it stands in appsettings.json, where it does not belong.</summary>
internal sealed record SecretSettings(string Setting, string Value, bool Written)
{
    /// <summary>Sections of ours; the environment holds secrets of others.</summary>
    private static readonly string[] Sections = ["Records", "Inference", "Embeddings", "Qdrant", "Operations", "WhatsApp", "MicrosoftAppPassword", "DirectLine"];

    public static IReadOnlyList<SecretSettings> Of(IConfiguration configuration)
    {
        var written = (configuration as IConfigurationRoot)?.Providers.OfType<JsonConfigurationProvider>().ToList() ?? [];
        return
        [
            .. from setting in configuration.AsEnumerable()
               where setting.Value is { Length: > 0 } && Secrets.IsSecret(setting.Key) && Sections.Contains(setting.Key.Split(':')[0], StringComparer.OrdinalIgnoreCase)
               orderby setting.Key
               select new SecretSettings(setting.Key, setting.Value!, written.Any(file => file.TryGet(setting.Key, out var value) && value == setting.Value)),
        ];
    }
}
