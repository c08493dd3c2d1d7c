using System.Text;
using System.Text.RegularExpressions;

namespace ParalegalBot.Tests.Inference.Gguf;

/// <summary>Small vocabularies learnt from a page of Spanish by plain byte-pair counting, SentencePiece and GPT-2 style.</summary>
internal static partial class SampleVocabulary
{
    /// <summary>Our own words; no statute's.</summary>
    public const string Page =
        """
        Quien trabaja más de doce meses tiene derecho a vacaciones, y quien las pierde puede pedir su pago. El patrón que despide sin causa
        justificada debe indemnizar a la persona trabajadora con tres meses de salario. La señora Muñoz preguntó cuántos días le corresponden
        por 15 años de antigüedad; el artículo 76 dice 12 días el primer año y aumenta 2 cada año. ¿Qué pasa si el contrato dice otra cosa?
        ¡Nada! La cláusula es nula: nadie renuncia a sus derechos. Según el párrafo II, fracción XXII, inciso a), el plazo será de 30 días
        hábiles; salvo acuerdo en contrario, la autoridad podrá ampliarlo. Artículo 17 Bis. No se podrá cobrar más del 20% de la pensión
        alimenticia ni $1,234.50 al mes. {"verdict":"answer","claims":[{"evidence":[{"passage":"LFT/76/p1","sentences":[1,2]}],"text":"
        """;

    public static readonly string[] Marks = ["<|begin_of_text|>", "<|end_of_text|>", "<|start_header_id|>", "<|end_header_id|>", "<|eot_id|>", "<|im_start|>", "<|im_end|>"];

    [GeneratedRegex(@" ?\p{L}+| ?[^\s\p{L}]+|\s+")]
    private static partial Regex Words { get; }

    /// <summary>Adds the keys of a SentencePiece vocabulary and returns its size.</summary>
    public static int SentencePiece(GgufWriter writer, int merges)
    {
        var texts = new List<string> { "<unk>", "<s>", "</s>" };
        texts.AddRange(Enumerable.Range(0, 256).Select(value => $"<0x{value:X2}>"));
        var kinds = new List<int> { 2, 3, 3 };
        kinds.AddRange(Enumerable.Repeat(6, 256));
        var page = " " + Page.Replace('\n', ' ');
        var learnt = Learn(Words.Matches(page).Select(match => match.Value.Replace(' ', '\u2581')), merges).Select(pair => pair.Left + pair.Right);
        var singles = page.Replace(' ', '\u2581').EnumerateRunes().Select(rune => rune.ToString()).Distinct();
        foreach (var text in learnt.Concat(singles).Distinct())
        {
            texts.Add(text);
            kinds.Add(1);
        }
        writer.Set("tokenizer.ggml.model", "llama").Set("tokenizer.ggml.tokens", texts.ToArray()).Set("tokenizer.ggml.token_type", kinds.ToArray())
            .Set("tokenizer.ggml.scores", texts.Select((_, id) => id < 259 ? 0f : 259f - id).ToArray())
            .Set("tokenizer.ggml.bos_token_id", 1).Set("tokenizer.ggml.eos_token_id", 2).Set("tokenizer.ggml.unknown_token_id", 0);
        return texts.Count;
    }

    /// <summary>Adds the keys of a byte-pair vocabulary and returns its size.</summary>
    public static int BytePair(GgufWriter writer, string pre, int merges)
    {
        var alphabet = Enumerable.Range(0, 256).Where(value => value is (>= 33 and <= 126) or (>= 161 and <= 172) or >= 174).ToArray();
        var characters = new char[256];
        foreach (var value in alphabet) characters[value] = (char)value;
        var next = 256;
        for (var value = 0; value < 256; value++)
            if (characters[value] == 0) characters[value] = (char)next++;
        string Encode(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(value => characters[value]));

        var pairs = Learn(Words.Matches(Page).Select(match => Encode(match.Value)), merges);
        string[] texts = [.. characters.Select(character => character.ToString()), .. pairs.Select(pair => pair.Left + pair.Right).Distinct(), .. Marks];
        writer.Set("tokenizer.ggml.model", "gpt2").Set("tokenizer.ggml.pre", pre).Set("tokenizer.ggml.tokens", texts)
            .Set("tokenizer.ggml.token_type", texts.Select(text => Marks.Contains(text) ? 3 : 1).ToArray())
            .Set("tokenizer.ggml.merges", pairs.Select(pair => $"{pair.Left} {pair.Right}").ToArray())
            .Set("tokenizer.ggml.bos_token_id", texts.Length - Marks.Length).Set("tokenizer.ggml.eos_token_id", texts.Length - Marks.Length + 1);
        return texts.Length;
    }

    /// <summary>The most frequent neighbours, merged one pair after another.</summary>
    private static List<(string Left, string Right)> Learn(IEnumerable<string> words, int count)
    {
        var symbols = words.Select(word => word.EnumerateRunes().Select(rune => rune.ToString()).ToList()).ToList();
        var merges = new List<(string, string)>();
        while (merges.Count < count)
        {
            var best = symbols.SelectMany(word => word.Zip(word.Skip(1))).GroupBy(pair => pair).OrderByDescending(group => group.Count()).ThenBy(group => group.Key.First + group.Key.Second, StringComparer.Ordinal).FirstOrDefault();
            if (best is null || best.Count() < 2) break;
            merges.Add(best.Key);
            foreach (var word in symbols)
            {
                for (var i = 0; i < word.Count - 1; i++)
                {
                    if ((word[i], word[i + 1]) != best.Key) continue;
                    word[i] += word[i + 1];
                    word.RemoveAt(i + 1);
                }
            }
        }
        return merges;
    }
}
