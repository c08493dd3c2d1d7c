using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>
/// Sums over a vector's lanes in ggml's order, upper half to lower half first. Singles round with every addition: where integers follow, a sum taken in another order
/// can fall on the other side of a tie, and from there on the two engines differ.
/// </summary>
internal static class Lanes
{
    /// <summary>Of eight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> lanes) => Sum(lanes.GetUpper() + lanes.GetLower());

    /// <summary>Of four.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector128<float> lanes)
    {
        var two = lanes + Vector128.Shuffle(lanes, Vector128.Create(2, 3, 2, 3));
        return two[0] + two[1];
    }
}
