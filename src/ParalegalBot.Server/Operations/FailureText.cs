namespace ParalegalBot.Server.Operations;

/// <summary>What a person reads when a request fails, by status. The technical cause goes to the log only.</summary>
internal static class FailureText
{
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        TooManyQuestionsException => StatusCodes.Status429TooManyRequests,
        ParalegalBotException => StatusCodes.Status503ServiceUnavailable,
        OperationCanceledException => StatusCodes.Status504GatewayTimeout,
        _ => StatusCodes.Status500InternalServerError,
    };

    public static (string Title, string Detail) Of(int status, Exception? exception) => status switch
    {
        _ when exception is TooManyQuestionsException tooMany => ("Demasiadas preguntas seguidas", tooMany.Message),
        _ when exception is ParalegalBotException known => ("El servicio no está disponible", known.Message),
        StatusCodes.Status400BadRequest => ("Solicitud incorrecta", "La solicitud no se entiende. Revise su formato."),
        StatusCodes.Status403Forbidden => ("Sin permiso", "Su cuenta no puede ver esta página."),
        StatusCodes.Status404NotFound => ("No existe esta página", "Revise la dirección o empiece por la lista de leyes."),
        StatusCodes.Status405MethodNotAllowed => ("Método no permitido", "Esta dirección no acepta ese método HTTP."),
        StatusCodes.Status408RequestTimeout => ("La solicitud llegó muy despacio", "Vuelva a enviarla."),
        StatusCodes.Status413PayloadTooLarge => ("Solicitud demasiado grande", $"El cuerpo de la solicitud rebasa {Protection.MaxBody / 1024} KB."),
        StatusCodes.Status415UnsupportedMediaType => ("Tipo de contenido no admitido", "Envíe JSON con el encabezado Content-Type: application/json."),
        StatusCodes.Status429TooManyRequests => ("Demasiadas preguntas seguidas", "Espere unos segundos y vuelva a intentarlo."),
        StatusCodes.Status503ServiceUnavailable => ("El servicio no está disponible", "Vuelva a intentarlo en un momento."),
        StatusCodes.Status504GatewayTimeout => ("Tardó demasiado", "La respuesta no llegó a tiempo. Vuelva a intentarlo o haga una pregunta más concreta."),
        _ => ("Ocurrió un error", "No se pudo completar la solicitud; el detalle quedó en la bitácora del servidor. Vuelva a intentarlo."),
    };
}
