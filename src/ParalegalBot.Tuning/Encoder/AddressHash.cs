namespace ParalegalBot.Tuning.Encoder;

/// <summary>A number for an article that never changes with the order of a file: FNV-1a of its address (Fowler, Noll and Vo), folded so that its low bits vary.</summary>
internal static class AddressHash
{
    /// <summary>The number; <paramref name="salt"/> gives another draw.</summary>
    public static uint Of(string law, string articleKey, uint salt = 0)
    {
        var hash = 2166136261u ^ salt;
        foreach (var c in law) hash = (hash ^ c) * 16777619u;
        hash = (hash ^ '|') * 16777619u;
        foreach (var c in articleKey) hash = (hash ^ c) * 16777619u;
        return hash / 16;
    }
}
