using Microsoft.AspNetCore.Http;
using Microsoft.Bot.Builder;
using Microsoft.Bot.Builder.Integration.AspNet.Core;

namespace ParalegalBot.OnPrem.Teams;

/// <summary>
/// Bot Framework's CloudAdapter before the bot's own door. Our token check and the reading of the activity come first and stay the stricter ones; the
/// adapter checks once more in its own way, runs the turn, and what the door makes of the activity is the reply. Messages leave by the outbox, as with
/// <c>Teams:Adapter = protocol</c>.
/// </summary>
internal sealed class CloudAdapterDoor(IBotFrameworkHttpAdapter adapter)
{
    /// <summary>Passes a request whose body is buffered through the adapter to <paramref name="take"/>, and returns what that says; the adapter's own status where it lets nobody through.</summary>
    public async Task<IResult> PassAsync(HttpContext context, Func<IResult> take)
    {
        IResult? taken = null;
        context.Request.Body.Position = 0;
        await adapter.ProcessAsync(context.Request, context.Response, new Turn(() => taken = take()), context.RequestAborted).ConfigureAwait(false);
        if (taken is null) return Results.StatusCode(context.Response.StatusCode);
        // The adapter expects an invoke to be answered by the turn itself and has set 501; the door's result says its status only where it is not 200.
        context.Response.StatusCode = StatusCodes.Status200OK;
        return taken;
    }

    private sealed class Turn(Action take) : IBot
    {
        public Task OnTurnAsync(ITurnContext turnContext, CancellationToken cancellationToken = default)
        {
            take();
            return Task.CompletedTask;
        }
    }
}
