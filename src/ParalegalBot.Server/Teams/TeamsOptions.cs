using FluentValidation;

namespace ParalegalBot.Server.Teams;

/// <summary>Section <c>Teams</c>: what passes messages to the bot, and addresses of Microsoft's services, for clouds and tests of one's own. Empty means those of the configured cloud.</summary>
public sealed class TeamsOptions
{
    /// <summary>The bot's own reading of the protocol.</summary>
    public const string Protocol = "protocol";

    /// <summary>Bot Framework's adapter, in the on-premises edition.</summary>
    public const string CloudAdapter = "cloudadapter";

    /// <summary><c>protocol</c>, or <c>cloudadapter</c> to pass what our token check let through to Bot Framework's adapter as well.</summary>
    public string Adapter { get; set; } = Protocol;

    /// <summary>Where the channel's signing keys are announced.</summary>
    public string Metadata { get; set; } = "";

    /// <summary>Who signs the channel's tokens.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where the bot gets its own tokens.</summary>
    public string Login { get; set; } = "";

    /// <summary>Seconds that the connector may take, from 1 to 100.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<TeamsOptions>
    {
        public Rules()
        {
            RuleFor(options => options.Adapter).Must(adapter => adapter is Protocol or CloudAdapter).WithMessage($"write {Protocol} or {CloudAdapter}.");
            RuleFor(options => options.Metadata).Must(Usable).WithMessage(Sentence);
            RuleFor(options => options.Login).Must(Usable).WithMessage(Sentence);
            RuleFor(options => options.TimeoutSeconds).InclusiveBetween(1, 100);
        }

        private const string Sentence = "write an address with https://, or leave it empty for that of the cloud.";

        private static bool Usable(string text) => text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out var address) && ServiceAddress.Secure(address);
    }
}
