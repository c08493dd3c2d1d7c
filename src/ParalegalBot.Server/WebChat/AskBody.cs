using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Server.WebChat;

/// <summary>
/// Reads the body of a question by hand: the framework's binding would answer a bad one without saying what is wrong with it.
/// </summary>
internal static class AskBody
{
    private static readonly AskRequest.Rules Rules = new();

    /// <summary>The body, or what is wrong with it.</summary>
    public static async Task<(AskRequest? Body, ProblemHttpResult? Problem)> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!request.HasJsonContentType()) return (null, Failure(StatusCodes.Status415UnsupportedMediaType));
        var bytes = await RequestBody.ReadAsync(request, Protection.MaxBody, cancellationToken);
        if (bytes is null) return (null, Failure(StatusCodes.Status413PayloadTooLarge));
        var (body, wrong) = Parse(bytes);
        if (body is null) return (null, BadRequest(wrong!));
        var verdict = Rules.Validate(body);
        return verdict.IsValid ? (body, null) : (null, BadRequest(string.Join(' ', verdict.Errors.Select(error => error.ErrorMessage).Distinct())));
    }

    private static (AskRequest? Body, string? Wrong) Parse(byte[] bytes)
    {
        const string Form = "Envíe un objeto JSON con «text» y, si hacen falta, «history», «asOf» y «state».";
        if (bytes.Length == 0) return (null, $"El cuerpo está vacío. {Form}");
        try
        {
            return JsonSerializer.Deserialize<AskRequest>(bytes, JsonSerializerOptions.Web) is { } body
                ? (body, null)
                : (null, $"El cuerpo es «null». {Form}");
        }
        catch (JsonException error)
        {
            var where = error.Path is null or "$" ? "" : $" en «{error.Path.TrimStart('$', '.')}»";
            return (null, $"El JSON está mal formado o lleva un tipo equivocado{where} (línea {error.LineNumber + 1}). {Form}");
        }
        catch (InvalidOperationException)
        {
            return (null, $"El texto contiene caracteres que no son Unicode válido. {Form}");
        }
    }

    private static ProblemHttpResult BadRequest(string detail) =>
        TypedResults.Problem(title: "Solicitud incorrecta", detail: detail, statusCode: StatusCodes.Status400BadRequest);

    private static ProblemHttpResult Failure(int status)
    {
        var (title, detail) = FailureText.Of(status, null);
        return TypedResults.Problem(title: title, detail: detail, statusCode: status);
    }
}
