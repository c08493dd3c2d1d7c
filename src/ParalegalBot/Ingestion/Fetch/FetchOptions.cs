using FluentValidation;

namespace ParalegalBot.Ingestion.Fetch;

/// <summary>Section <c>Fetch</c>: where official texts are downloaded.</summary>
public sealed class FetchOptions
{
    /// <summary>The folder of the official site, or of a mirror with its layout (<c>pdf/CODE.pdf</c>). Ends with a slash.</summary>
    public string BaseAddress { get; set; } = "https://www.diputados.gob.mx/LeyesBiblio/";

    /// <summary>Largest download, in bytes; default 64 MiB, 1 KiB to 1 GiB.</summary>
    public long MaxBytes { get; set; } = 64L << 20;

    /// <summary>Longest wait for one file, in seconds; default 120, 1 to 3600.</summary>
    public int TimeoutSeconds { get; set; } = 120;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<FetchOptions>
    {
        /// <summary>An absolute HTTP address, and sane sizes.</summary>
        public Rules()
        {
            RuleFor(options => options.BaseAddress)
                .Must(address => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && address.EndsWith('/'))
                .WithMessage("give an http or https address that ends with a slash, for example https://www.diputados.gob.mx/LeyesBiblio/.");
            RuleFor(options => options.MaxBytes).InclusiveBetween(1024, 1L << 30);
            RuleFor(options => options.TimeoutSeconds).InclusiveBetween(1, 3600);
        }
    }
}
