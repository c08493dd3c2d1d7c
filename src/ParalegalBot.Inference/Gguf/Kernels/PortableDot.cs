using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ParalegalBot.Inference.Gguf.Kernels;

/// <summary>Integer dot products on any processor with 128-bit vectors (ARM among them), and without.</summary>
internal static class PortableDot
{
    /// <summary>The dot product of 16 signed bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Sixteen(ref sbyte w, ref sbyte x, int at)
    {
        var (wv, xv) = (Vector128.LoadUnsafe(ref w, (nuint)at), Vector128.LoadUnsafe(ref x, (nuint)at));
        var low = Vector128.WidenLower(wv) * Vector128.WidenLower(xv);
        var high = Vector128.WidenUpper(wv) * Vector128.WidenUpper(xv);
        return Vector128.Sum(Vector128.WidenLower(low) + Vector128.WidenUpper(low) + Vector128.WidenLower(high) + Vector128.WidenUpper(high));
    }
}
