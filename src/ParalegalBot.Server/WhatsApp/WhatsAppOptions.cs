using FluentValidation;

namespace ParalegalBot.Server.WhatsApp;

/// <summary>Section <c>WhatsApp</c>: the number's credentials at Meta. Without any of them the channel is off; with only some the server does not start.</summary>
public sealed class WhatsAppOptions
{
    /// <summary>The app's secret, with which Meta signs what it sends.</summary>
    public string AppSecret { get; set; } = "";

    /// <summary>A word of one's own that Meta repeats when it verifies the webhook.</summary>
    public string VerifyToken { get; set; } = "";

    /// <summary>Token of a system user with the permission whatsapp_business_messaging.</summary>
    public string AccessToken { get; set; } = "";

    /// <summary>Id of the number at Meta, digits only; it is not the number itself.</summary>
    public string PhoneNumberId { get; set; } = "";

    /// <summary>Address of the Graph API with its version; http only on this machine.</summary>
    public string GraphBaseAddress { get; set; } = "https://graph.facebook.com/v26.0";

    /// <summary>An approved template without parameters that asks the person to write <c>ver</c>: sent when something waits and the last 24 hours brought nothing from them. Empty: it waits unannounced.</summary>
    public string Template { get; set; } = "";

    /// <summary>Language code of the template.</summary>
    public string TemplateLanguage { get; set; } = "es_MX";

    /// <summary>Seconds that Meta may take for a request, from 1 to 100.</summary>
    public int TimeoutSeconds { get; set; } = 20;

    internal bool On => AppSecret.Length > 0 && VerifyToken.Length > 0 && AccessToken.Length > 0 && PhoneNumberId.Length > 0;

    private bool Off => AppSecret.Length == 0 && VerifyToken.Length == 0 && AccessToken.Length == 0 && PhoneNumberId.Length == 0;

    /// <summary>All credentials or none.</summary>
    public sealed class Rules : AbstractValidator<WhatsAppOptions>
    {
        public Rules()
        {
            const string Half = "WhatsApp is half configured: write AppSecret, VerifyToken, AccessToken and PhoneNumberId, or none of them.";
            When(options => !options.Off, () =>
            {
                RuleFor(options => options.AppSecret).NotEmpty().WithMessage(Half);
                RuleFor(options => options.VerifyToken).NotEmpty().WithMessage(Half);
                RuleFor(options => options.AccessToken).NotEmpty().WithMessage(Half);
                RuleFor(options => options.PhoneNumberId).NotEmpty().WithMessage(Half);
            });
            RuleFor(options => options.PhoneNumberId).Must(id => id.All(char.IsAsciiDigit)).WithMessage("write the number's id at Meta, digits only.");
            RuleFor(options => options.GraphBaseAddress)
                .Must(text => Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == "https" || address.Scheme == "http" && address.IsLoopback))
                .WithMessage("write the address of the Graph API with https://, for example https://graph.facebook.com/v26.0.");
            RuleFor(options => options.TemplateLanguage).NotEmpty().When(options => options.Template.Length > 0).WithMessage("write the template's language code, for example es_MX.");
            RuleFor(options => options.TimeoutSeconds).InclusiveBetween(1, 100);
        }
    }
}
