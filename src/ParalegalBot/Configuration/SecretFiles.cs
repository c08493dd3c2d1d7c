using Microsoft.Extensions.Configuration;

namespace ParalegalBot.Configuration;

/// <summary>Secrets from files: <c>Operations:KeyFile</c> names a file whose content becomes <c>Operations:Key</c>, and so for every secret.</summary>
public static class SecretFiles
{
    private const string Suffix = "File";

    /// <summary>Reads the files named so far; a file wins over a value given directly. Call it after every other source was added.</summary>
    /// <exception cref="ParalegalBotException">A file cannot be read.</exception>
    public static IConfigurationBuilder AddSecretFiles(this IConfigurationBuilder builder)
    {
        var configuration = builder as IConfigurationRoot ?? builder.Build();
        var secrets = configuration.AsEnumerable()
            .Where(setting => setting.Value is { Length: > 0 } && setting.Key.EndsWith(Suffix, StringComparison.OrdinalIgnoreCase) && Secrets.IsSecret(setting.Key[..^Suffix.Length]))
            .Select(setting => KeyValuePair.Create(setting.Key[..^Suffix.Length], (string?)Read(setting.Key, setting.Value!))).ToList();
        return secrets.Count == 0 ? builder : builder.AddInMemoryCollection(secrets);
    }

    private static string Read(string setting, string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ParalegalBotException($"{setting.Replace("__", ":", StringComparison.Ordinal)} = '{path}': no se pudo leer ese archivo; revise la ruta y los permisos.", cause);
        }
    }
}
