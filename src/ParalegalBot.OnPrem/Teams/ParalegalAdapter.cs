using Microsoft.Bot.Builder.Integration.AspNet.Core;
using Microsoft.Bot.Connector.Authentication;
using Microsoft.Extensions.Logging;

namespace ParalegalBot.OnPrem.Teams;

/// <summary>The adapter with one constructor, which dependency injection needs; a turn that fails is an error of the request, so the channel sends it again.</summary>
internal sealed class ParalegalAdapter : CloudAdapter
{
    public ParalegalAdapter(BotFrameworkAuthentication authentication, ILogger<ParalegalAdapter> log) : base(authentication, log) =>
        OnTurnError = (_, error) =>
        {
            log.LogError(error, "A turn failed.");
            return Task.FromException(error);
        };
}
