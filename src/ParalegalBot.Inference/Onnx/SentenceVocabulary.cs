using Microsoft.ML.Tokenizers;

namespace ParalegalBot.Inference.Onnx;

/// <summary>
/// Texts to token ids for encoders of the BERT family: a WordPiece vocabulary (<c>vocab.txt</c>), or a SentencePiece model (<c>*.model</c>) as XLM-RoBERTa numbers it, which is
/// what most multilingual encoders do.
/// </summary>
internal sealed class SentenceVocabulary
{
    // XLM-RoBERTa puts <s> <pad> </s> <unk> before the pieces, whose own numbers begin <unk> <s> </s>: all others move up by one.
    private const int Begin = 0, Pad = 1, End = 2, Unknown = 3;

    private readonly BertTokenizer? words;
    private readonly SentencePieceTokenizer? pieces;
    private readonly int longest;

    /// <summary>Loads a vocabulary.</summary>
    /// <param name="path">The file; its ending says which kind.</param>
    /// <param name="lowercase">Whether a WordPiece vocabulary is in lower case.</param>
    /// <param name="longest">Tokens of a text, special ones included; the rest is cut off.</param>
    public SentenceVocabulary(string path, bool lowercase, int longest)
    {
        this.longest = longest;
        using var file = File.OpenRead(path);
        if (Path.GetExtension(path) == ".model") pieces = SentencePieceTokenizer.Create(file, addBeginningOfSentence: false, addEndOfSentence: false);
        else words = BertTokenizer.Create(file, new BertOptions { LowerCaseBeforeTokenization = lowercase });
    }

    /// <summary>What fills a row up.</summary>
    public int Padding => words?.PaddingTokenId ?? Pad;

    /// <summary>The file beside a model that holds its vocabulary; null where there is none.</summary>
    public static string? Beside(string model) =>
        new[] { "vocab.txt", "sentencepiece.bpe.model", "spiece.model", "tokenizer.model" }.Select(name => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(model))!, name)).FirstOrDefault(File.Exists);

    /// <summary>The ids of a text between its special tokens.</summary>
    public int[] Encode(string text) => words is not null
        ? [.. words.BuildInputsWithSpecialTokens([.. words.EncodeToIds(text, addSpecialTokens: false).Take(longest - 2)])]
        : [Begin, .. pieces!.EncodeToIds(text).Take(longest - 2).Select(id => id == pieces.UnknownId ? Unknown : id + 1), End];
}
