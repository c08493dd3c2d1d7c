using FluentValidation;

namespace ParalegalBot.Server.Teams;

/// <summary>The settings <c>MicrosoftApp…</c> at the top level, under the names that Azure's own samples use. Without an id the channel is off outside Development.</summary>
public sealed class MicrosoftAppOptions
{
    /// <summary><c>SingleTenant</c>, <c>MultiTenant</c> (also when empty) or <c>UserAssignedMSI</c>.</summary>
    public string MicrosoftAppType { get; set; } = "";

    /// <summary>The app's id, a GUID.</summary>
    public string MicrosoftAppId { get; set; } = "";

    /// <summary>The app's secret; none with <c>UserAssignedMSI</c>.</summary>
    public string MicrosoftAppPassword { get; set; } = "";

    /// <summary>The directory's id; needed unless <c>MultiTenant</c>.</summary>
    public string MicrosoftAppTenantId { get; set; } = "";

    /// <summary>Empty for the public cloud, <c>https://botframework.azure.us</c> for the US government's.</summary>
    public string ChannelService { get; set; } = "";

    internal const string GovernmentService = "https://botframework.azure.us";

    internal bool Configured => MicrosoftAppId.Length > 0;

    internal bool Managed => MicrosoftAppType.Equals("UserAssignedMSI", StringComparison.OrdinalIgnoreCase);

    internal bool SingleTenant => MicrosoftAppType.Equals("SingleTenant", StringComparison.OrdinalIgnoreCase);

    internal bool Government => ChannelService.TrimEnd('/').Equals(GovernmentService, StringComparison.OrdinalIgnoreCase);

    /// <summary>All or nothing, and what each type of app needs.</summary>
    public sealed class Rules : AbstractValidator<MicrosoftAppOptions>
    {
        public Rules()
        {
            RuleFor(options => options.MicrosoftAppType)
                .Must(type => type.Length == 0 || new[] { "SingleTenant", "MultiTenant", "UserAssignedMSI" }.Contains(type, StringComparer.OrdinalIgnoreCase))
                .WithMessage("write SingleTenant, MultiTenant or UserAssignedMSI.");
            RuleFor(options => options.ChannelService).Must((options, service) => service.Length == 0 || options.Government)
                .WithMessage($"leave it empty for the public cloud, or write {GovernmentService}.");
            RuleFor(options => options.MicrosoftAppId).Must((options, id) => id.Length > 0 || options.MicrosoftAppPassword.Length == 0 && options.MicrosoftAppTenantId.Length == 0)
                .WithMessage("the credentials of Teams are half configured: write MicrosoftAppId as well, or leave out MicrosoftAppPassword and MicrosoftAppTenantId.");
            When(options => options.Configured, () =>
            {
                RuleFor(options => options.MicrosoftAppId).Must(id => Guid.TryParseExact(id, "D", out _)).WithMessage("write the app's id as a GUID, as the Azure portal shows it.");
                RuleFor(options => options.MicrosoftAppPassword).Must((options, password) => options.Managed || password.Length > 0)
                    .WithMessage("write the app's secret, or set MicrosoftAppType to UserAssignedMSI.");
                RuleFor(options => options.MicrosoftAppTenantId).Must((options, tenant) => tenant.Length > 0 || !(options.SingleTenant || options.Managed))
                    .WithMessage("SingleTenant and UserAssignedMSI need the directory's id.");
                RuleFor(options => options.MicrosoftAppType).Must((options, _) => !options.Managed || options.MicrosoftAppPassword.Length == 0)
                    .WithMessage("UserAssignedMSI has no secret: remove MicrosoftAppPassword.");
            });
        }
    }
}
