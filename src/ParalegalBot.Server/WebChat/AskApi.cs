using Microsoft.AspNetCore.Http.HttpResults;
using ParalegalBot.Conversations;
using ParalegalBot.Server.Operations;

namespace ParalegalBot.Server.WebChat;

/// <summary>
/// <c>POST /v1/ask</c>: one question, one answer as JSON. A refusal is an answer; only a bad request is a failure. Whoever asks is known by their
/// address, so that budgets and the rights of the data law mean somebody; it is kept as a pseudonym only.
/// </summary>
public static class AskApi
{
    public static void MapAsk(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v1").RequireRateLimiting(Protection.Asking);
        group.WithRequestTimeout(Protection.Asking);
        group.MapPost("/ask", AskAsync);
    }

    private static async Task<Results<Ok<AnswerJson>, ProblemHttpResult>> AskAsync(
        HttpRequest request, AnswerQuestion answer, CancellationToken cancellationToken)
    {
        var (body, problem) = await AskBody.ReadAsync(request, cancellationToken);
        if (problem is not null) return problem;
        return TypedResults.Ok(AnswerJson.From(await answer(body!.ToQuestion(PersonLimits.Api, $"{PersonLimits.Api}:{Protection.AddressOf(request.HttpContext)}"), null, cancellationToken)));
    }
}
