using FluentValidation;

namespace ParalegalBot.Retrieval.Qdrant;

/// <summary>Section <c>Qdrant</c>; read where <c>Retrieval:Index</c> is <c>qdrant</c>. A 0 among the cluster's settings means: by corpus size.</summary>
public sealed class QdrantOptions
{
    /// <summary>Where Qdrant's HTTP API answers; <c>https</c> switches TLS on. Default <c>http://localhost:6333</c>.</summary>
    public string Url { get; set; } = "http://localhost:6333";

    /// <summary>Sent as the header <c>api-key</c>; empty for none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The alias that readers follow; builds are named after it. Lower-case letters, digits and hyphens, 1 to 40 characters. Default <c>paralegal</c>.</summary>
    public string Alias { get; set; } = "paralegal";

    /// <summary>Seconds that one attempt of a search may take, 1 to 60. Default 5.</summary>
    public double TimeoutSeconds { get; set; } = 5;

    /// <summary>Seconds that one attempt of a write, a swap or a snapshot may take, 1 to 3600. Default 300.</summary>
    public double BuildTimeoutSeconds { get; set; } = 300;

    /// <summary>How often a request is tried before it fails, 1 to 10. Default 3.</summary>
    public int Attempts { get; set; } = 3;

    /// <summary>Milliseconds before the second attempt, doubled for each further one, 0 to 10,000. Default 150.</summary>
    public int RetryMilliseconds { get; set; } = 150;

    /// <summary>Seconds after which a reader looks whether the alias has moved, 0 to 3600. Default 5.</summary>
    public double RefreshSeconds { get; set; } = 5;

    /// <summary>Points in one write, 1 to 2,000. Default 256.</summary>
    public int BatchSize { get; set; } = 256;

    /// <summary>Writes under way at once, 1 to 16. Default 4.</summary>
    public int ParallelWrites { get; set; } = 4;

    /// <summary>Shards of a build, 0 to 100. By size: one for every five million passages, since Qdrant counts document frequencies shard by shard.</summary>
    public int Shards { get; set; }

    /// <summary>Copies of every shard, 0 to 10. By default one.</summary>
    public int Replicas { get; set; }

    /// <summary>Copies that must confirm a write, 0 to 10, no more than there are. By default the majority.</summary>
    public int WriteConsistency { get; set; }

    /// <summary>Quantisation of dense vectors: <c>auto</c> (int8 from a million passages on), <c>none</c> or <c>int8</c>. Default <c>auto</c>.</summary>
    public string Quantization { get; set; } = "auto";

    /// <summary>Whether the dense vectors' originals stay on disk: <c>auto</c> (from a million passages on), <c>true</c> or <c>false</c>. Default <c>auto</c>.</summary>
    public string OnDisk { get; set; } = "auto";

    /// <summary>The server's own folder for snapshots, as an absolute path on its disk. Default <c>/qdrant/snapshots</c>, that of the container image.</summary>
    public string SnapshotsFolder { get; set; } = "/qdrant/snapshots";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<QdrantOptions>
    {
        /// <summary>Ranges as told by each setting.</summary>
        public Rules()
        {
            RuleFor(options => options.Url).Must(url => Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https")
                .WithMessage("escriba una dirección completa, por ejemplo https://qdrant.despacho.mx:6333.");
            RuleFor(options => options.Alias).Matches("^[a-z0-9][a-z0-9-]{0,39}$").WithMessage("use de 1 a 40 minúsculas sin acento, dígitos y guiones.");
            RuleFor(options => options.TimeoutSeconds).InclusiveBetween(1, 60);
            RuleFor(options => options.BuildTimeoutSeconds).InclusiveBetween(1, 3600);
            RuleFor(options => options.Attempts).InclusiveBetween(1, 10);
            RuleFor(options => options.RetryMilliseconds).InclusiveBetween(0, 10_000);
            RuleFor(options => options.RefreshSeconds).InclusiveBetween(0, 3600);
            RuleFor(options => options.BatchSize).InclusiveBetween(1, 2000);
            RuleFor(options => options.ParallelWrites).InclusiveBetween(1, 16);
            RuleFor(options => options.Shards).InclusiveBetween(0, 100);
            RuleFor(options => options.Replicas).InclusiveBetween(0, 10);
            RuleFor(options => options.WriteConsistency).InclusiveBetween(0, 10)
                .Must((options, copies) => copies <= Math.Max(1, options.Replicas)).WithMessage("no puede pedir más confirmaciones que réplicas (Qdrant:Replicas).");
            RuleFor(options => options.Quantization).Must(name => name is "auto" or "none" or "int8").WithMessage("elija auto, none o int8.");
            RuleFor(options => options.SnapshotsFolder).Must(path => path.StartsWith('/')).WithMessage("escriba la ruta completa de la carpeta en el servidor de Qdrant, por ejemplo /var/lib/qdrant/snapshots.");
            RuleFor(options => options.OnDisk).Must(name => name is "auto" or "true" or "false").WithMessage("elija auto, true o false.");
        }
    }
}
