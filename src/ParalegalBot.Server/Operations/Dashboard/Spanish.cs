using System.Globalization;
using ParalegalBot.Records;

namespace ParalegalBot.Server.Operations.Dashboard;

/// <summary>What the log's words read like on the page.</summary>
internal static class Spanish
{
    /// <summary>Day and minute where the firm is.</summary>
    public static string Moment(DateTimeOffset at, TimeZoneInfo zone) => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    public static string Outcome(string outcome) => outcome switch
    {
        "cited" => "Con cita", "sources" => "Sólo artículos", "clarify" => "Aclaración", "refused" => "Sin respuesta", _ => outcome,
    };

    public static string Reason(string reason) => reason switch
    {
        "empty" => "vacía", "too_long" => "demasiado larga", "harmful" => "dañina", "injection" => "instrucciones al asistente", "out_of_scope" => "no es de derecho",
        "other_jurisdiction" => "otra jurisdicción", "law_not_loaded" => "ley no cargada", "nonexistent_article" => "artículo inexistente", "not_in_force" => "no vigente en la fecha",
        "not_found" => "no encontrada", "false_premise" => "premisa falsa", "unproved" => "sin comprobar", "unavailable" => "motor no disponible", "closed" => "servicio cerrado", "emergency" => "emergencia",
        _ => reason,
    };

    public static string Channel(string channel) => channel switch
    {
        "web" => "Página", "api" => "API", "cli" => "Línea de comandos", "teams" => "Teams", "whatsapp" => "WhatsApp", "directline" => "Direct Line", _ => channel,
    };

    public static string Mode(ServiceMode mode) => mode switch
    {
        ServiceMode.SourcesOnly => "Sólo artículos", ServiceMode.Closed => "Cerrado", _ => "Normal",
    };

    public static string Stop(string stop) => stop switch
    {
        "total" => "Total", "screen" => "Filtro", "search" => "Búsqueda", "prompt" => "Instrucción", "draft" => "Redacción", "check" => "Comprobación", _ => stop,
    };
}
