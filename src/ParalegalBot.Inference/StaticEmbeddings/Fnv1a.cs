namespace ParalegalBot.Inference.StaticEmbeddings;

/// <summary>FNV-1a (Fowler, Noll and Vo) over UTF-16 code units: the same number on every machine and in every run.</summary>
internal static class Fnv1a
{
    /// <summary>What a hash starts from.</summary>
    public const uint Start = 2166136261u;

    /// <summary>The hash of a text; from another's hash on it is that of both, one after the other.</summary>
    public static uint Of(ReadOnlySpan<char> text, uint from = Start)
    {
        var hash = from;
        foreach (var c in text) hash = (hash ^ c) * 16777619u;
        return hash;
    }
}
