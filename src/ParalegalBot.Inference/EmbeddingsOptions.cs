using FluentValidation;
using ParalegalBot.Inference.Onnx;
using ParalegalBot.Inference.OpenAiCompatible;

namespace ParalegalBot.Inference;

/// <summary>Section <c>Embeddings</c>.</summary>
public sealed class EmbeddingsOptions
{
    /// <summary>The encoder that travels with the program, the default.</summary>
    public const string Static = "static";

    /// <summary>A model server's <c>/v1/embeddings</c>.</summary>
    public const string OpenAi = "openai";

    /// <summary>A sentence encoder in ONNX.</summary>
    public const string Onnx = "onnx";

    /// <summary>A GGUF by llama.cpp in this process; only in the on-premises edition.</summary>
    public const string LlamaSharp = "llamasharp";

    /// <summary><c>static</c>, <c>onnx</c>, <c>openai</c> or <c>llamasharp</c>; after a change, <c>paralegal index embed</c>.</summary>
    public string Engine { get; set; } = Static;

    /// <summary>The file of <c>static</c>, the ONNX file of <c>onnx</c> or the GGUF of <c>llamasharp</c>. Default: the one that travels with the program.</summary>
    public string ModelPath { get; set; } = Path.Combine(AppContext.BaseDirectory, "manifests", "models", "encoder.bin");

    /// <summary>The vocabulary of <c>onnx</c>: WordPiece, a token a line, or a SentencePiece <c>.model</c>. Empty: the one beside the model.</summary>
    public string Vocabulary { get; set; } = "";

    /// <summary>Whether the WordPiece vocabulary of <c>onnx</c> is in lower case.</summary>
    public bool Lowercase { get; set; }

    /// <summary>Tokens of a text that <c>onnx</c> reads, 16 to 8,192. Default 512.</summary>
    public int LongestTokens { get; set; } = 512;

    /// <summary>Addresses of model servers, best first, separated by blanks or commas; needed by <c>openai</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The encoder's name on the server; needed by <c>openai</c>, for vectors are kept under it.</summary>
    public string Model { get; set; } = "";

    /// <summary>The server's key; empty: none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Where the vocabulary of <c>onnx</c> is; null: nowhere.</summary>
    internal string? VocabularyFile => Vocabulary.Length == 0 ? SentenceVocabulary.Beside(ModelPath) : File.Exists(Vocabulary) ? Vocabulary : null;

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<EmbeddingsOptions>
    {
        /// <summary>A known encoder, and what it needs.</summary>
        public Rules()
        {
            RuleFor(options => options.Engine).Must(engine => engine is Static or Onnx or OpenAi or LlamaSharp).WithMessage("no conozco ese codificador; use static, onnx, openai o llamasharp.");
            RuleFor(options => options.ModelPath).Must(File.Exists).When(options => options.Engine is Static or Onnx or LlamaSharp)
                .WithMessage("el archivo no existe; reinstale la carpeta manifests/models o señale un codificador entrenado con `paralegal tune encoder`.");
            RuleFor(options => options.Vocabulary).Must((options, _) => options.VocabularyFile is not null).When(options => options.Engine == Onnx)
                .WithMessage("el codificador onnx necesita su vocabulario; póngalo junto al modelo (vocab.txt o sentencepiece.bpe.model) o señale el archivo.");
            RuleFor(options => options.LongestTokens).InclusiveBetween(16, 8_192).WithMessage("debe estar entre 16 y 8192 fichas.");
            RuleFor(options => options.Endpoint).Must(ModelServers.AreAddresses).When(options => options.Engine == OpenAi)
                .WithMessage("el codificador openai necesita la dirección de un servidor, por ejemplo http://localhost:8081 (varias, separadas por comas).");
            RuleFor(options => options.Model).NotEmpty().When(options => options.Engine == OpenAi)
                .WithMessage("indique el nombre del codificador en el servidor: con él se guardan los vectores.");
        }
    }
}
