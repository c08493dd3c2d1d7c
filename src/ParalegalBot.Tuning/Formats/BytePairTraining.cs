using System.Runtime.InteropServices;
using System.Text;
using ParalegalBot.Inference.Gguf.Vocabulary;

namespace ParalegalBot.Tuning.Formats;

/// <summary>
/// Learns a byte-pair vocabulary (Sennrich et al. 2016): words are bytes, and the two neighbours that occur together most often become one token, again
/// and again. Equally frequent pairs are taken in ordinal order: the same texts give the same vocabulary. Digits stay single, so that figures and
/// article numbers are spelled out.
/// </summary>
internal static class BytePairTraining
{
    /// <summary>Opens and closes every text; opens and closes a turn.</summary>
    public const string TextMark = "<|endoftext|>", TurnStart = "<|im_start|>", TurnEnd = "<|im_end|>";

    private const string Pre = "smollm";

    private const string Template =
        "{% for message in messages %}{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}";

    /// <summary>Learns.</summary>
    /// <param name="texts">What to learn from.</param>
    /// <param name="size">Tokens in all, marks included; fewer where the texts have no more pairs.</param>
    public static ModelVocabulary Learn(IEnumerable<string> texts, int size)
    {
        string[] marks = [TextMark, TurnStart, TurnEnd];
        string[] bytes = [.. Enumerable.Range(0, 256).Select(value => ByteAlphabet.Encode([(byte)value]))];
        var merges = Merges(Words(texts), size - marks.Length - bytes.Length);
        string[] tokens = [.. marks, .. bytes, .. merges.Select(merge => merge.Left + merge.Right)];
        return new ModelVocabulary(
            [
                ("tokenizer.ggml.model", "gpt2"), ("tokenizer.ggml.pre", Pre), ("tokenizer.ggml.tokens", tokens),
                ("tokenizer.ggml.token_type", tokens.Select((_, id) => (int)(id < marks.Length ? TokenKind.Control : TokenKind.Normal)).ToArray()),
                ("tokenizer.ggml.merges", merges.Select(merge => $"{merge.Left} {merge.Right}").ToArray()),
                ("tokenizer.ggml.bos_token_id", 0), ("tokenizer.ggml.eos_token_id", 2), ("tokenizer.ggml.add_bos_token", true), ("tokenizer.chat_template", Template),
            ], "vocabulario nuevo");
    }

    private static Dictionary<string, int> Words(IEnumerable<string> texts)
    {
        var split = PreTokenizer.Of(Pre, "");
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var text in texts)
            foreach (var word in split.Split(text)) CollectionsMarshal.GetValueRefOrAddDefault(counts, word, out _)++;
        return counts;
    }

    private static List<(string Left, string Right)> Merges(Dictionary<string, int> counts, int most)
    {
        var symbols = new List<string>();
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        var words = counts.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => (Symbols: ByteAlphabet.Encode(Encoding.UTF8.GetBytes(pair.Key)).Select(character => Id(character.ToString())).ToList(), Count: pair.Value)).ToList();
        var pairs = new Dictionary<(int Left, int Right), (long Count, HashSet<int> Words)>();
        for (var word = 0; word < words.Count; word++)
            for (var i = 1; i < words[word].Symbols.Count; i++) Change((words[word].Symbols[i - 1], words[word].Symbols[i]), word, words[word].Count);
        var queue = new PriorityQueue<((int Left, int Right) Pair, long Count), (long, string)>(Comparer<(long Count, string Text)>.Create(
            (a, b) => a.Count != b.Count ? b.Count.CompareTo(a.Count) : string.CompareOrdinal(a.Text, b.Text)));
        foreach (var pair in pairs.Keys) Offer(pair);

        var merges = new List<(string, string)>();
        while (merges.Count < most && queue.TryDequeue(out var best, out _))
        {
            // Outdated: the count has changed meanwhile, and the pair was offered again.
            if (!pairs.TryGetValue(best.Pair, out var current) || current.Count != best.Count) continue;
            if (current.Count < 2) break;
            var (left, right) = best.Pair;
            // Two ways to the same text would be one token with two merges.
            if (ids.ContainsKey(symbols[left] + symbols[right]))
            {
                pairs.Remove(best.Pair);
                continue;
            }
            merges.Add((symbols[left], symbols[right]));
            var merged = Id(symbols[left] + symbols[right]);
            var changed = new HashSet<(int, int)>();
            foreach (var word in current.Words) Merge(word, best.Pair, merged, changed);
            pairs.Remove(best.Pair);
            foreach (var pair in changed)
                if (pairs.ContainsKey(pair)) Offer(pair);
        }
        return merges;

        int Id(string symbol)
        {
            if (ids.TryGetValue(symbol, out var id)) return id;
            symbols.Add(symbol);
            return ids[symbol] = symbols.Count - 1;
        }

        void Change((int, int) pair, int word, long by)
        {
            var (count, places) = pairs.TryGetValue(pair, out var known) ? known : (0, []);
            places.Add(word);
            pairs[pair] = (count + by, places);
        }

        void Offer((int Left, int Right) pair) => queue.Enqueue((pair, pairs[pair].Count), (pairs[pair].Count, symbols[pair.Left] + " " + symbols[pair.Right]));

        void Merge(int word, (int Left, int Right) pair, int merged, HashSet<(int, int)> changed)
        {
            var (list, count) = words[word];
            for (var i = 1; i < list.Count; i++) Changed((list[i - 1], list[i]), -count);
            var to = 0;
            for (var i = 0; i < list.Count; i++)
            {
                var hit = i + 1 < list.Count && (list[i], list[i + 1]) == pair;
                list[to++] = hit ? merged : list[i];
                if (hit) i++;
            }
            list.RemoveRange(to, list.Count - to);
            for (var i = 1; i < list.Count; i++) Changed((list[i - 1], list[i]), count);

            void Changed((int, int) neighbours, long by)
            {
                if (neighbours == pair) return;
                Change(neighbours, word, by);
                changed.Add(neighbours);
            }
        }
    }
}
