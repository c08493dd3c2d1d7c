using Microsoft.AspNetCore.Http.HttpResults;

namespace ParalegalBot.Server.Operations;

public static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health");
        group.MapGet("/live", () => TypedResults.Ok(new Health("live")));
        group.MapGet("/ready", Results<Ok<Health>, ProblemHttpResult> (Readiness readiness) => readiness.Reason is { } reason
            ? TypedResults.Problem(title: "Todavía no está listo", detail: reason, statusCode: StatusCodes.Status503ServiceUnavailable)
            : TypedResults.Ok(new Health("ready")));
    }

    public sealed record Health(string Status);
}
