using Microsoft.Extensions.Configuration;

namespace ParalegalBot.Cli.Commands;

/// <summary>What <c>doctor</c> says of the channels: off, complete, or what is missing. It asks nobody outside.</summary>
internal static class ChannelDoctor
{
    private static readonly string[] WhatsApp = ["WhatsApp:AppSecret", "WhatsApp:VerifyToken", "WhatsApp:AccessToken", "WhatsApp:PhoneNumberId"];

    public static IEnumerable<DoctorLine> Checks(IConfiguration configuration)
    {
        yield return DoctorLine.From("WhatsApp", () =>
        {
            var missing = WhatsApp.Where(setting => IsEmpty(configuration, setting)).ToList();
            if (missing.Count == WhatsApp.Length) return (true, "apagado");
            if (missing.Count > 0) return (false, $"a medias, y así el servidor no arranca: falta {string.Join(", ", missing)}");
            return IsEmpty(configuration, "WhatsApp:Template")
                ? (false, "encendido, sin plantilla (WhatsApp:Template): lo que se escribe pasadas 24 horas espera sin aviso a que la persona vuelva")
                : (true, $"encendido, plantilla «{configuration["WhatsApp:Template"]}»");
        });
        yield return DoctorLine.From("Teams", () =>
            IsEmpty(configuration, "MicrosoftAppId") ? (true, "apagado")
            : IsEmpty(configuration, "MicrosoftAppPassword") && !"UserAssignedMSI".Equals(configuration["MicrosoftAppType"], StringComparison.OrdinalIgnoreCase)
                ? (false, "a medias, y así el servidor no arranca: falta MicrosoftAppPassword")
            : (true, $"encendido, aplicación {configuration["MicrosoftAppId"]}, adaptador {configuration["Teams:Adapter"] ?? "protocol"}"));
    }

    private static bool IsEmpty(IConfiguration configuration, string setting) => string.IsNullOrEmpty(configuration[setting]);
}
