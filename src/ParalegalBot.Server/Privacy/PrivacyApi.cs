using Microsoft.Extensions.Options;
using ParalegalBot.Configuration;
using ParalegalBot.Server.Channels;
using ParalegalBot.Server.Pages;

namespace ParalegalBot.Server.Privacy;

/// <summary><c>/privacidad</c>: the full privacy notice, unless the firm keeps its own elsewhere.</summary>
public static class PrivacyApi
{
    public const string Path = "/privacidad";

    public static void MapPrivacy(this IEndpointRouteBuilder routes) => routes.MapGet(Path, (IOptions<FirmOptions> firm, IEnumerable<IChannel> channels) =>
        firm.Value.PrivacyNotice.Length > 0
            ? Results.Redirect(firm.Value.PrivacyNotice)
            : PageResults.Page<PrivacyPage>(200, (nameof(PrivacyPage.Firm), firm.Value), (nameof(PrivacyPage.Carriers), channels.Select(channel => channel.Carrier).OfType<string>().Distinct().ToList())));
}
