using FluentValidation;

namespace ParalegalBot.Server.DirectLine;

/// <summary>Section <c>DirectLine</c>: the surface for the stock Web Chat control on a page of the firm's own. Without a secret it is off outside Development.</summary>
public sealed class DirectLineOptions
{
    /// <summary>With this the firm's own server asks for tokens; at least 32 characters. It never belongs into a page.</summary>
    public string Secret { get; set; } = "";

    /// <summary>Pages of other addresses that may use the surface: <c>https://intranet.bufete.mx</c>.</summary>
    public IReadOnlyList<string> Origins { get; set; } = [];

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<DirectLineOptions>
    {
        public Rules()
        {
            RuleFor(options => options.Secret).Must(secret => secret.Length is 0 or >= 32 and <= 500)
                .WithMessage("write a random secret of 32 to 500 characters, or leave it empty to keep the surface off.");
            RuleForEach(options => options.Origins)
                .Must(origin => Uri.TryCreate(origin, UriKind.Absolute, out var address) && address.Scheme is "https" or "http" && address.GetLeftPart(UriPartial.Authority) == origin)
                .WithMessage("write origins without a path, for example https://intranet.bufete.mx.");
        }
    }
}
