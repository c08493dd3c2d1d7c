using System.Collections.Frozen;
using System.Globalization;
using System.Text;
using ParalegalBot.Inference.Gguf.Format;

namespace ParalegalBot.Inference.Gguf.Vocabulary;

/// <summary>The tokens of a model: their texts, kinds, marks and bytes, and the way from text to tokens. Rules and defaults: llama.cpp's llama-vocab.cpp.</summary>
internal sealed class GgufVocabulary
{
    private static readonly FrozenSet<string> EndTexts =
    [
        "<|eot_id|>", "<|im_end|>", "<|end|>", "<end_of_turn>", "<|endoftext|>", "</s>", "<|eom_id|>", "<EOT>", "<|end_of_text|>", "<end_of_utterance>", "<eos>",
    ];

    private readonly string[] texts;
    private readonly TokenKind[] kinds;
    private readonly Dictionary<string, int> ids = new(StringComparer.Ordinal);
    private readonly HashSet<int> ends = [];
    private readonly byte[][] pieces;

    private GgufVocabulary(GgufMetadata metadata, string[] texts, bool bytePair, string file)
    {
        (this.texts, IsBytePair) = (texts, bytePair);
        for (var id = 0; id < texts.Length; id++) ids[texts[id]] = id;
        kinds = KindsOf(metadata.Integers("tokenizer.ggml.token_type"), texts.Length, file);
        pieces = [.. Enumerable.Range(0, texts.Length).Select(Bytes)];
        Start = Mark(metadata, "bos", bytePair ? 11 : 1);
        End = Mark(metadata, "eos", bytePair ? 11 : 2);
        foreach (var id in new[] { End, Mark(metadata, "eot", -1), Mark(metadata, "eom", -1) })
            if (id >= 0) ends.Add(id);
        foreach (var text in EndTexts)
            if (ids.TryGetValue(text, out var id)) ends.Add(id);
        Specials = [.. Enumerable.Range(0, texts.Length).Where(id => texts[id].Length > 0 && kinds[id] is TokenKind.Control or TokenKind.UserDefined or TokenKind.Unknown)
            .OrderByDescending(id => Encoding.UTF8.GetByteCount(texts[id]))];
    }

    public int Count => texts.Length;

    /// <summary>Whether the texts are byte-pair units in GPT-2's byte alphabet, rather than SentencePiece pieces.</summary>
    public bool IsBytePair { get; }

    /// <summary>The token that opens every prompt, or −1.</summary>
    public int Start { get; }

    /// <summary>The token that closes a text, or −1.</summary>
    public int End { get; }

    /// <summary>Whether <see cref="Start"/> comes first of itself.</summary>
    public bool AddsStart { get; private init; }

    /// <summary>Tokens that are recognised whole, longest text first.</summary>
    public IReadOnlyList<int> Specials { get; }

    /// <summary>The way from text to tokens.</summary>
    public Tokenizer Tokenizer { get; private set; } = null!;

    public static GgufVocabulary Read(GgufMetadata metadata, string file)
    {
        var model = metadata.Text("tokenizer.ggml.model");
        if (model is not ("llama" or "gpt2")) throw GgufFault.Of(file, $"su vocabulario es «{model ?? "ninguno"}» y se conocen llama y gpt2");
        var texts = metadata.Texts("tokenizer.ggml.tokens") is { Length: > 0 } found ? found : throw GgufFault.Of(file, "no trae vocabulario");
        var bytePair = model is "gpt2";
        var split = bytePair ? PreTokenizer.Of(metadata.Text("tokenizer.ggml.pre") ?? "default", file) : null;
        var vocabulary = new GgufVocabulary(metadata, texts, bytePair, file)
        {
            AddsStart = metadata.Flag("tokenizer.ggml.add_bos_token", !bytePair || split!.AddsStart),
        };
        vocabulary.Tokenizer = new Tokenizer(vocabulary, bytePair ? BytePair(metadata, vocabulary, split!, file) : Pieces(metadata, vocabulary, file));
        return vocabulary;
    }

    public string Text(int id) => texts[id];

    public TokenKind Kind(int id) => kinds[id];

    /// <summary>The id of a token's text, or −1.</summary>
    public int Id(ReadOnlySpan<char> text) => ids.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(text, out var id) ? id : -1;

    /// <summary>Whether generation ends with this token.</summary>
    public bool Ends(int id) => ends.Contains(id);

    /// <summary>What the token writes, in UTF-8; nothing for marks. A character may be spread over several tokens.</summary>
    public ReadOnlySpan<byte> Piece(int id) => pieces[id];

    private static BytePairEncoding BytePair(GgufMetadata metadata, GgufVocabulary vocabulary, PreTokenizer split, string file)
    {
        var merges = metadata.Texts("tokenizer.ggml.merges") is { Length: > 0 } found ? found : throw GgufFault.Of(file, "su vocabulario no trae la lista de fusiones (tokenizer.ggml.merges)");
        return new BytePairEncoding(vocabulary, merges, split);
    }

    private static SentencePieceEncoding Pieces(GgufMetadata metadata, GgufVocabulary vocabulary, string file)
    {
        var scores = metadata.Floats("tokenizer.ggml.scores");
        if (scores is null || scores.Length != vocabulary.Count) throw GgufFault.Of(file, "su vocabulario no trae un puntaje por ficha (tokenizer.ggml.scores)");
        return new SentencePieceEncoding(vocabulary, scores, metadata.Flag("tokenizer.ggml.add_space_prefix", true));
    }

    private static TokenKind[] KindsOf(long[]? values, int count, string file)
    {
        if (values is null) return [.. Enumerable.Repeat(TokenKind.Normal, count)];
        if (values.Length != count) throw GgufFault.Of(file, "tokenizer.ggml.token_type no tiene una entrada por ficha");
        return [.. values.Select(value => value is >= 1 and <= 6 ? (TokenKind)value : TokenKind.Normal)];
    }

    private int Mark(GgufMetadata metadata, string name, int otherwise)
    {
        var id = metadata.Integer($"tokenizer.ggml.{name}_token_id", otherwise);
        return id >= 0 && id < texts.Length ? (int)id : otherwise < texts.Length ? otherwise : -1;
    }

    private byte[] Bytes(int id) => kinds[id] switch
    {
        TokenKind.Control or TokenKind.Unknown or TokenKind.Unused => [],
        TokenKind.UserDefined => Encoding.UTF8.GetBytes(texts[id]),
        TokenKind.Byte when texts[id].Length == 6 && byte.TryParse(texts[id].AsSpan(3, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) => [value],
        _ => IsBytePair ? ByteAlphabet.Decode(texts[id]) : Encoding.UTF8.GetBytes(texts[id].Replace(SentencePieceEncoding.Space, ' ')),
    };
}
