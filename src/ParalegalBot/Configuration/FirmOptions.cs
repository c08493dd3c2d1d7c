using FluentValidation;

namespace ParalegalBot.Configuration;

/// <summary>Section <c>Firm</c>: whose bot this is.</summary>
public sealed class FirmOptions
{
    /// <summary>The firm's name, at most 80 characters.</summary>
    public string Name { get; set; } = "su despacho";

    /// <summary>What the bot calls itself, at most 40 characters.</summary>
    public string BotName { get; set; } = "ParalegalBot";

    /// <summary>The lawyer who answers for it, at most 80 characters; empty where none is named.</summary>
    public string ResponsibleLawyer { get; set; } = "";

    /// <summary>A notice shown under the first message, at most 500 characters; empty for none.</summary>
    public string Notice { get; set; } = "";

    /// <summary>Address of the firm's full privacy notice, at most 200 characters; empty where it is handed out otherwise.</summary>
    public string PrivacyNotice { get; set; } = "";

    /// <summary>Path of a logo (PNG or SVG, at most 256 KB) shown on the page; empty for none.</summary>
    public string Logo { get; set; } = "";

    /// <summary>Only these laws are searched; empty means all that are loaded.</summary>
    public IReadOnlyList<string> Laws { get; set; } = [];

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<FirmOptions>
    {
        /// <summary>Lengths, and a logo that exists.</summary>
        public Rules()
        {
            RuleFor(options => options.Name).NotEmpty().MaximumLength(80);
            RuleFor(options => options.BotName).NotEmpty().MaximumLength(40);
            RuleFor(options => options.ResponsibleLawyer).MaximumLength(80);
            RuleFor(options => options.Notice).MaximumLength(500);
            RuleFor(options => options.PrivacyNotice).MaximumLength(200)
                .Must(text => text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "https" or "http")
                .WithMessage("write the address of the full privacy notice with https://, or leave it empty.");
            RuleFor(options => options.Logo)
                .Must(path => path.Length == 0 || (File.Exists(path) && Path.GetExtension(path) is ".png" or ".svg" && new FileInfo(path).Length <= 256 * 1024))
                .WithMessage("name an existing PNG or SVG file of at most 256 KB, or leave it empty.");
        }
    }
}
