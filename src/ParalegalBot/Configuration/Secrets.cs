using System.Text.RegularExpressions;

namespace ParalegalBot.Configuration;

/// <summary>Which settings are secrets, and what is shown instead of them.</summary>
public static partial class Secrets
{
    /// <summary>Whether a setting's value must never be shown: by its name, so that a new one is covered as well.</summary>
    public static bool IsSecret(string setting) => Names().IsMatch(setting);

    /// <summary>The value, or dots where it is a secret that was set.</summary>
    public static string Shown(string setting, object? value) =>
        value?.ToString() is not { Length: > 0 } text ? "" : IsSecret(setting) ? "•••" : text;

    [GeneratedRegex("(Key|Secret|Password|Token|ConnectionString)$", RegexOptions.IgnoreCase)]
    private static partial Regex Names();
}
