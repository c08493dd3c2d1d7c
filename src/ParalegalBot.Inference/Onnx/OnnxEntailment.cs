using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Microsoft.ML.Tokenizers;
using ParalegalBot.Answering.Checks;

namespace ParalegalBot.Inference.Onnx;

/// <summary>
/// A cross-encoder of the BERT family in ONNX: evidence and claim go in as one pair. Evidence that is too long is cut at its end, which can only take support away; a claim
/// is never cut.
/// </summary>
public sealed class OnnxEntailment : IEntailmentModel, IDisposable
{
    private readonly EntailmentDeclaration declared;
    private readonly BertTokenizer tokenizer;
    private readonly InferenceSession session;

    /// <summary>Loads model and vocabulary.</summary>
    /// <exception cref="ParalegalBotException">ONNX Runtime cannot load them.</exception>
    public OnnxEntailment(EntailmentDeclaration declared)
    {
        this.declared = declared;
        try
        {
            tokenizer = BertTokenizer.Create(declared.Vocabulary, new BertOptions { LowerCaseBeforeTokenization = declared.Lowercase });
            session = new InferenceSession(declared.Model);
        }
        catch (Exception cause) when (cause is OnnxRuntimeException or ArgumentException or DllNotFoundException)
        {
            throw new ParalegalBotException($"No pude cargar el modelo «{declared.Model}» con su vocabulario; instale otro o retire entailment.json.", cause);
        }
    }

    /// <inheritdoc />
    public double Limit => declared.Limit;

    /// <inheritdoc />
    public double Score(string evidence, string claim)
    {
        var second = tokenizer.EncodeToIds(claim, addSpecialTokens: false);
        var room = declared.Longest - second.Count - 3;
        if (room < 1) return 0;
        IReadOnlyList<int> first = [.. tokenizer.EncodeToIds(evidence, addSpecialTokens: false).Take(room)];
        var ids = tokenizer.BuildInputsWithSpecialTokens(first, second);
        var inputs = session.InputMetadata.Keys.Select(name => NamedOnnxValue.CreateFromTensor(name, Row(name switch
        {
            "input_ids" => ids,
            "attention_mask" => [.. Enumerable.Repeat(1, ids.Count)],
            "token_type_ids" => tokenizer.CreateTokenTypeIdsFromSequences(first, second),
            _ => throw new ParalegalBotException($"El modelo «{declared.Model}» pide la entrada «{name}», que no conozco."),
        }))).ToList();
        using var outputs = session.Run(inputs);
        return Probability([.. outputs[0].AsEnumerable<float>()]);
    }

    /// <inheritdoc />
    public void Dispose() => session.Dispose();

    private double Probability(float[] logits)
    {
        if (logits.Length == 1) return 1 / (1 + Math.Exp(-logits[0]));
        var largest = logits.Max();
        return Math.Exp(logits[declared.Entailment] - largest) / logits.Sum(logit => Math.Exp(logit - largest));
    }

    private static DenseTensor<long> Row(IReadOnlyList<int> values) => new(values.Select(value => (long)value).ToArray(), [1, values.Count]);
}
