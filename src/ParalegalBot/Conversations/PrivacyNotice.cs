using ParalegalBot.Configuration;

namespace ParalegalBot.Conversations;

/// <summary>
/// The privacy notice that the data-protection law of 2025 asks for (LFPDPPP, articles 14 to 16). The simplified one, which goes before the first
/// processing, says who, which data, what for, how to limit it, and where the full one is.
/// </summary>
public static class PrivacyNotice
{
    /// <summary>The simplified notice; <paramref name="carrier"/> names whose service carries the messages, null for the firm's own page; <paramref name="full"/> is where the full one is read.</summary>
    public static string Text(FirmOptions firm, string? carrier, string full) => string.Join("\n\n", new[]
    {
        $"Aviso de privacidad simplificado. {Responsible(firm)} es responsable de sus datos personales.",
        $"{Data} {Purposes} {NoOtherPurpose}",
        carrier is null ? null : $"{carrier}, que transporta los mensajes; la respuesta se prepara en los equipos del despacho.",
        $"{Sensitive} Tampoco hacen falta nombres de terceros.",
        "Para limitar el uso: escriba «alto» y no recibirá avisos, o «borrar mis datos» y olvido lo que me ha escrito; para ver qué guardo, «mis datos»; para que no guarde lo que pregunte, «no guardar»; para corregir algo, «corregir mis datos» y qué es.",
        $"Aviso completo: {(firm.PrivacyNotice.Length > 0 ? firm.PrivacyNotice : full)}",
    }.OfType<string>());

    /// <summary>Who answers for the data, with their address where it is set.</summary>
    public static string Responsible(FirmOptions firm) => firm.Address.Length > 0 ? $"{firm.Name}, con domicilio en {firm.Address}," : firm.Name;

    /// <summary>Which data.</summary>
    public const string Data = "Trato el identificador con el que usted me escribe y lo que me escribe.";

    /// <summary>What for, where no consent beyond using the service is needed.</summary>
    public const string Purposes = "Lo uso para buscar en las leyes, responderle, enviarle los avisos que pida, pasar su asunto a una persona del despacho cuando usted lo acepte y llevar la bitácora de respuestas.";

    /// <summary>That there are no others.</summary>
    public const string NoOtherPurpose = "No lo uso para publicidad ni para entrenar modelos, y no lo transfiero a terceros.";

    /// <summary>How sensitive data is treated.</summary>
    public const string Sensitive = "No me cuente datos sensibles (salud, origen étnico, religión, vida sexual, afiliación sindical o política): para buscar en la ley no hacen falta, y solo los trato con su consentimiento expreso.";
}
