using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ParalegalBot.Server.Channels.Activities;

namespace ParalegalBot.Server.Teams;

/// <summary>
/// <c>POST /api/messages</c>: the Activity protocol. Who calls is known before the body is read, and whether the token speaks for the activity
/// before anything is done with it; no other address is ever called.
/// </summary>
public static class MessagesApi
{
    public static void MapMessages(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/messages", ReceiveAsync).WithMetadata(new RequestSizeLimitAttribute(ActivityBody.MaxBytes));

    private static async Task<IResult> ReceiveAsync(
        HttpContext context, BotCloud cloud, ChannelToken token, TeamsDoor door, IOptions<TeamsOptions> teams, CancellationToken cancellationToken)
    {
        if (!cloud.On) return Results.NotFound();
        ChannelIdentity? identity = null;
        if (!cloud.Open)
        {
            try
            {
                identity = await token.ReadAsync(SingleHeader(context.Request.Headers.Authorization), cancellationToken);
            }
            catch (ChannelKeysUnavailableException)
            {
                return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
            }
            if (identity is null) return Results.Unauthorized();
        }

        var throughAdapter = teams.Value.Adapter == TeamsOptions.CloudAdapter;
        if (throughAdapter) context.Request.EnableBuffering(ActivityBody.MaxBytes); // the adapter reads the body once more
        var (activity, status) = await ActivityBody.ReadAsync<Activity>(context.Request, cancellationToken);
        if (activity is null) return Results.StatusCode(status);
        if (string.IsNullOrEmpty(activity.Type) || !ActivityBody.Usable(activity.ChannelId)) return Results.BadRequest();
        if (identity is not null && !identity.SpeaksFor(activity.ChannelId, activity.ServiceUrl)) return Results.Unauthorized();
        if (ServiceAddress.Read(activity.ServiceUrl) is not { } service) return Results.BadRequest();
        if (cloud.Open && !service.IsLoopback) return Results.Unauthorized(); // without a token only this machine is answered
        if (!throughAdapter) return door.Take(activity, service);
        return await context.RequestServices.GetRequiredKeyedService<Func<HttpContext, Func<IResult>, Task<IResult>>>(TeamsOptions.CloudAdapter)(context, () => door.Take(activity, service));
    }

    private static string? SingleHeader(StringValues values) => values.Count == 1 ? values[0] : null;
}
