using ParalegalBot.Configuration;

namespace ParalegalBot.Conversations;

/// <summary>How the bot presents itself, in every channel: a paralegal that informs, never a lawyer.</summary>
public static class Introduction
{
    /// <summary>The line that goes with every document that leaves the bot.</summary>
    public const string Disclaimer = "Información sobre el texto de la ley; no es asesoría legal ni sustituye la opinión de una abogada o un abogado.";

    /// <summary>The first message, one paragraph a line.</summary>
    public static IReadOnlyList<string> Lines(FirmOptions firm) =>
    [
        $"Soy {firm.BotName}, asistente paralegal de {firm.Name}, y busco en las leyes cargadas. Respondo solo con lo que puedo citar; si no lo encuentro, se lo digo.",
        "Doy información, no asesoría legal, y no soy abogado. " + (firm.ResponsibleLawyer.Length == 0
            ? $"Para su caso concreto, consulte a una persona abogada de {firm.Name}".TrimEnd('.') + "."
            : $"Para su caso concreto, consulte a {firm.ResponsibleLawyer}, responsable de este servicio."),
        .. firm.Notice.Length == 0 ? Array.Empty<string>() : [firm.Notice],
    ];
}
