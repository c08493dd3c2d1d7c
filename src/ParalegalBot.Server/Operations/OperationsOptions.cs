using FluentValidation;

namespace ParalegalBot.Server.Operations;

/// <summary>Section <c>Operations</c>: who may see how the service runs. Without a key and without OpenID Connect the page does not exist.</summary>
public sealed class OperationsOptions
{
    /// <summary>Role that sees aggregates and sets the switch.</summary>
    public const string Operator = "operator";

    /// <summary>Role of the responsible lawyer, who also sees questions and answers.</summary>
    public const string Lawyer = "lawyer";

    private const int ShortestKey = 20;

    /// <summary>The operators' key, at least 20 characters; empty for none. A secret.</summary>
    public string Key { get; set; } = "";

    /// <summary>The responsible lawyer's key, at least 20 characters; empty for none. A secret.</summary>
    public string LawyerKey { get; set; } = "";

    /// <summary>Sign-in with the firm's own identity provider.</summary>
    public OidcOptions Oidc { get; set; } = new();

    public bool HasKeys => Key.Length + LawyerKey.Length > 0;

    public bool IsOn => HasKeys || Oidc.IsOn;

    /// <summary>Section <c>Operations:Oidc</c>.</summary>
    public sealed class OidcOptions
    {
        /// <summary>Address of the provider, https outside this machine.</summary>
        public string Authority { get; set; } = "";

        public string ClientId { get; set; } = "";

        /// <summary>A secret.</summary>
        public string ClientSecret { get; set; } = "";

        /// <summary>Claim that holds the roles.</summary>
        public string RoleClaim { get; set; } = "roles";

        /// <summary>Its value for operators.</summary>
        public string OperatorRole { get; set; } = "paralegal-operator";

        /// <summary>Its value for the responsible lawyer.</summary>
        public string LawyerRole { get; set; } = "paralegal-lawyer";

        public bool IsOn => Authority.Length > 0;
    }

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<OperationsOptions>
    {
        public Rules()
        {
            RuleFor(options => options.Key).Must(IsEmptyOrLong).WithMessage($"use at least {ShortestKey} characters, for example the output of «openssl rand -hex 20», or leave it empty.");
            RuleFor(options => options.LawyerKey).Must(IsEmptyOrLong).WithMessage($"use at least {ShortestKey} characters, or leave it empty.")
                .Must((options, key) => key.Length == 0 || key != options.Key).WithMessage("the lawyer's key must differ from the operators'.");
            RuleFor(options => options.Oidc.Authority)
                .Must(text => text.Length == 0 || Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == "https" || address.IsLoopback))
                .WithMessage("write the provider's address with https://, or leave it empty.");
            RuleFor(options => options.Oidc.ClientId).Must((options, id) => options.Oidc.IsOn == id.Length > 0).WithMessage("Authority and ClientId belong together: give both or none.");
        }

        private static bool IsEmptyOrLong(string key) => key.Length is 0 or >= ShortestKey;
    }
}
