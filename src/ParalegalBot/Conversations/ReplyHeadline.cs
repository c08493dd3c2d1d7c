namespace ParalegalBot.Conversations;

/// <summary>The headline above a reply: what became of the question, for a person and not for a program.</summary>
internal static class ReplyHeadline
{
    public static string Of(string outcome, string? reason) => outcome switch
    {
        "cited" => "Respuesta con fundamento",
        "sources" => "Artículos que tratan el tema",
        "clarify" => "Necesito un dato más",
        _ => reason switch
        {
            "empty" => "No encontré ninguna pregunta",
            "too_long" => "La pregunta es demasiado larga",
            "harmful" => "No puedo ayudar con eso",
            "injection" => "No puedo seguir esas instrucciones",
            "out_of_scope" => "No es una pregunta sobre la ley",
            "other_jurisdiction" => "Lo rige otra legislación",
            "law_not_loaded" => "Esa ley no está cargada",
            "nonexistent_article" => "Ese artículo no existe en la ley",
            "not_in_force" => "Ese texto no está en vigor",
            "not_found" => "No lo encontré en las leyes cargadas",
            "false_premise" => "La ley no dice lo que la pregunta supone",
            "unproved" => "No pude comprobar una respuesta",
            "unavailable" => "El servicio no está disponible por ahora",
            "emergency" => "Primero, busque ayuda de una persona",
            _ => "No puedo responder",
        },
    };
}
