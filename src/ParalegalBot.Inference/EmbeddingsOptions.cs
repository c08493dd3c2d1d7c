using FluentValidation;
using ParalegalBot.Inference.OpenAiCompatible;

namespace ParalegalBot.Inference;

/// <summary>Section <c>Embeddings</c>.</summary>
public sealed class EmbeddingsOptions
{
    /// <summary>The encoder that travels with the program, the default.</summary>
    public const string Static = "static";

    /// <summary>A model server's <c>/v1/embeddings</c>.</summary>
    public const string OpenAi = "openai";

    /// <summary>A GGUF by llama.cpp in this process; only in the on-premises edition.</summary>
    public const string LlamaSharp = "llamasharp";

    /// <summary><c>static</c>, <c>openai</c> or <c>llamasharp</c>; after a change, <c>paralegal index embed</c>.</summary>
    public string Engine { get; set; } = Static;

    /// <summary>The file of <c>static</c> or the GGUF of <c>llamasharp</c>. Default: the one that travels with the program.</summary>
    public string ModelPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "manifests", "models", "encoder.bin");

    /// <summary>Addresses of model servers, best first, separated by blanks or commas; needed by <c>openai</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The encoder's name on the server; needed by <c>openai</c>, for vectors are kept under it.</summary>
    public string Model { get; set; } = "";

    /// <summary>The server's key; empty: none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<EmbeddingsOptions>
    {
        /// <summary>A known encoder, and what it needs.</summary>
        public Rules()
        {
            RuleFor(options => options.Engine).Must(engine => engine is Static or OpenAi or LlamaSharp).WithMessage("no conozco ese codificador; use static, openai o llamasharp.");
            RuleFor(options => options.ModelPath).Must(File.Exists).When(options => options.Engine is Static or LlamaSharp)
                .WithMessage("el archivo no existe; reinstale la carpeta manifests/models o señale un codificador entrenado con `paralegal tune encoder`.");
            RuleFor(options => options.Endpoint).Must(ModelServers.AreAddresses).When(options => options.Engine == OpenAi)
                .WithMessage("el codificador openai necesita la dirección de un servidor, por ejemplo http://localhost:8081 (varias, separadas por comas).");
            RuleFor(options => options.Model).NotEmpty().When(options => options.Engine == OpenAi)
                .WithMessage("indique el nombre del codificador en el servidor: con él se guardan los vectores.");
        }
    }
}
