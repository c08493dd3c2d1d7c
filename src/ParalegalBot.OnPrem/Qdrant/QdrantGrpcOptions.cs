using FluentValidation;

namespace ParalegalBot.OnPrem.Qdrant;

/// <summary>Section <c>Qdrant</c>: what only the gRPC client of <c>qdrant-sk</c> has.</summary>
public sealed class QdrantGrpcOptions
{
    /// <summary>Where gRPC answers, on the host and with the TLS of <c>Qdrant:Url</c>, 1 to 65,535. Default 6334.</summary>
    public int GrpcPort { get; set; } = 6334;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<QdrantGrpcOptions>
    {
        /// <summary>A port.</summary>
        public Rules() => RuleFor(options => options.GrpcPort).InclusiveBetween(1, 65_535).WithMessage("debe ser un puerto, de 1 a 65535.");
    }
}
