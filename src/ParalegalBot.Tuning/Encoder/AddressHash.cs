using ParalegalBot.Inference.StaticEmbeddings;

namespace ParalegalBot.Tuning.Encoder;

/// <summary>A number for an article that never changes with the order of a file, folded so that its low bits vary.</summary>
internal static class AddressHash
{
    /// <summary>The number; <paramref name="salt"/> gives another draw.</summary>
    public static uint Of(string law, string articleKey, uint salt = 0) => Fnv1a.Of(articleKey, Fnv1a.Of("|", Fnv1a.Of(law, Fnv1a.Start ^ salt))) / 16;
}
