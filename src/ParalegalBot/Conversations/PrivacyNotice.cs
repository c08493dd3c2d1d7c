using ParalegalBot.Configuration;

namespace ParalegalBot.Conversations;

/// <summary>The simplified privacy notice of the data-protection law: who, what for, where the full notice is, and who carries the messages.</summary>
public static class PrivacyNotice
{
    /// <summary>The notice; <paramref name="carrier"/> names whose service carries the messages, null for the firm's own page.</summary>
    public static string Text(FirmOptions firm, string? carrier) => string.Join("\n\n", new[]
    {
        $"Aviso de privacidad simplificado. {firm.Name} es responsable de sus datos personales. Uso lo que escribe para buscar en las leyes, responderle y llevar la bitácora de respuestas, y para nada más.",
        carrier is null ? null : $"{carrier}, que transporta los mensajes; la respuesta se prepara en los equipos del despacho.",
        "No me cuente datos sensibles (salud, religión, vida sexual, afiliación) ni nombres de terceros: para buscar en la ley no hacen falta.",
        firm.PrivacyNotice.Length > 0 ? $"Aviso completo: {firm.PrivacyNotice}" : $"El aviso completo se lo entrega {firm.Name}.",
        "Para que olvide lo que me ha escrito, escriba «borrar mis datos».",
    }.OfType<string>());
}
