using FluentValidation;
using ParalegalBot.Inference.OpenAiCompatible;

namespace ParalegalBot.Inference;

/// <summary>Section <c>Inference</c>: which engine words the answers.</summary>
public sealed class InferenceOptions
{
    /// <summary>The engine without a model, the default.</summary>
    public const string Extractive = "extractive";

    /// <summary>The LLaMA engine in C#.</summary>
    public const string Gguf = "gguf";

    /// <summary>A model server that speaks OpenAI's protocol.</summary>
    public const string OpenAi = "openai";

    /// <summary>llama.cpp in this process; only in the on-premises edition.</summary>
    public const string LlamaSharp = "llamasharp";

    /// <summary>Every engine.</summary>
    public static IReadOnlyList<string> Engines { get; } = [Extractive, Gguf, OpenAi, LlamaSharp];

    /// <summary>One of <see cref="Engines"/>.</summary>
    public string Engine { get; set; } = Extractive;

    /// <summary>The GGUF file; needed by <c>gguf</c> and <c>llamasharp</c>.</summary>
    public string ModelPath { get; set; } = "";

    /// <summary>Addresses of model servers, best first, separated by blanks or commas; needed by <c>openai</c>.</summary>
    public string Endpoint { get; set; } = "";

    /// <summary>The model's name on the server; empty: its first.</summary>
    public string Model { get; set; } = "";

    /// <summary>The server's key; empty: none.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Seconds until a server must begin to answer, 1 to 600. Default 30.</summary>
    public int FirstByteSeconds { get; set; } = 30;

    /// <summary>Tokens of an answer, 64 to 8,192. Default 1,024.</summary>
    public int AnswerTokens { get; set; } = 1_024;

    /// <summary>Tokens of prompt and answer together in <c>gguf</c> and <c>llamasharp</c>, 256 to 131,072; never more than the model was trained for. Default 8,192.</summary>
    public int ContextTokens { get; set; } = 8_192;

    /// <summary>Threads of <c>gguf</c> and <c>llamasharp</c>, 0 to 1,024; 0: one a processor. Default 0.</summary>
    public int Threads { get; set; }

    /// <summary>The limits.</summary>
    public sealed class Rules : AbstractValidator<InferenceOptions>
    {
        /// <summary>A known engine, and what it needs.</summary>
        public Rules()
        {
            RuleFor(options => options.Engine).Must(engine => Engines.Contains(engine)).WithMessage($"no conozco ese motor; use {string.Join(", ", Engines)}.");
            RuleFor(options => options.ModelPath).Must(File.Exists).When(options => options.Engine is Gguf or LlamaSharp)
                .WithMessage("los motores gguf y llamasharp necesitan un modelo y ese archivo no existe; señale un archivo GGUF.");
            RuleFor(options => options.Endpoint).Must(ModelServers.AreAddresses).When(options => options.Engine == OpenAi)
                .WithMessage("el motor openai necesita la dirección de un servidor de modelos, por ejemplo http://localhost:8080 (varias, separadas por comas).");
            RuleFor(options => options.FirstByteSeconds).InclusiveBetween(1, 600).WithMessage("debe estar entre 1 y 600 segundos.");
            RuleFor(options => options.AnswerTokens).InclusiveBetween(64, 8_192).WithMessage("debe estar entre 64 y 8192 fichas.");
            RuleFor(options => options.ContextTokens).InclusiveBetween(256, 131_072).WithMessage("debe estar entre 256 y 131072 fichas.");
            RuleFor(options => options.Threads).InclusiveBetween(0, 1_024).WithMessage("debe estar entre 0 y 1024 hilos; 0 es uno por procesador.");
        }
    }
}
