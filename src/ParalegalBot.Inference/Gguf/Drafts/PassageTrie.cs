using System.Text;
using System.Text.Json;

namespace ParalegalBot.Inference.Gguf.Drafts;

/// <summary>The retrieved ids, as JSON writes them and with their closing quote, byte by byte; node 0 is the root.</summary>
internal sealed class PassageTrie
{
    private readonly List<Dictionary<byte, int>> next = [[]];
    private readonly List<int> sentences = [0];
    private readonly List<int> left = [int.MaxValue];

    /// <param name="passages">Ids and how many sentences each has; those without sentences cannot be cited.</param>
    public PassageTrie(IEnumerable<(string Id, int Sentences)> passages)
    {
        foreach (var (id, count) in passages.Where(passage => passage.Sentences > 0)) Add(Encoding.UTF8.GetBytes(Escaped(id) + "\""), count);
    }

    /// <summary>The bytes that ids are written with.</summary>
    public IEnumerable<byte> Bytes => next.SelectMany(node => node.Keys).Distinct();

    public bool IsEmpty => next[0].Count == 0;

    /// <summary>The node after a byte, or −1.</summary>
    public int Step(int node, byte value) => next[node].TryGetValue(value, out var to) ? to : -1;

    /// <summary>Sentences of the passage whose id ends at a node, or 0.</summary>
    public int Sentences(int node) => sentences[node];

    /// <summary>Fewest bytes from a node to the end of an id.</summary>
    public int Left(int node) => left[node];

    private static string Escaped(string id) =>
        JsonSerializer.Serialize(id, new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping })[1..^1];

    private void Add(byte[] id, int count)
    {
        var node = 0;
        for (var i = 0; i < id.Length; i++)
        {
            left[node] = Math.Min(left[node], id.Length - i);
            if (!next[node].TryGetValue(id[i], out var to))
            {
                next[node][id[i]] = to = next.Count;
                next.Add([]);
                sentences.Add(0);
                left.Add(int.MaxValue);
            }
            node = to;
        }
        (sentences[node], left[node]) = (count, 0);
    }
}
