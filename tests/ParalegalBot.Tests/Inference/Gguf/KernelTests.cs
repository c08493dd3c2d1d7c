using System.Runtime.CompilerServices;
using ParalegalBot.Inference.Gguf.Format;
using ParalegalBot.Inference.Gguf.Kernels;

namespace ParalegalBot.Tests.Inference.Gguf;

public sealed unsafe class KernelTests
{
    /// <summary>Blocks whose bytes are chosen so that each weight can be computed by hand.</summary>
    public static TheoryData<string, string, (int At, float Value)[]> Blocks => new()
    {
        { "F32", "0000803F000020C0", [(0, 1f), (1, -2.5f)] },
        { "F16", "003C00C10100FF7B", [(0, 1f), (1, -2.5f), (2, 5.9604645e-8f), (3, 65504f)] }, // 1, −2.5, the least subnormal, the greatest
        { "BF16", "803F20C0", [(0, 1f), (1, -2.5f)] },
        { "Q8_0", "0038" + "01FF7F80" + Repeat("00", 28), [(0, 0.5f), (1, -0.5f), (2, 63.5f), (3, -64f), (4, 0f)] }, // scale ½
        { "Q4_0", "0040" + "F008" + Repeat("88", 14), [(0, -16f), (16, 14f), (1, 0f), (17, -16f), (2, 0f)] }, // scale 2, numbers less 8
        // Q4_K: scale 1, minimum 2; group 0: 3 and 1; group 4: 0x15 = 5 | 1<<4 and 0x26 = 6 | 2<<4.
        { "Q4_K", "003C0040" + "43000000" + "81000000" + "65000000" + "0F" + Repeat("00", 63) + "A7" + Repeat("00", 63), [(0, 3f * 15 - 2), (1, -2f), (128, 21f * 7 - 76), (129, -76f), (32, 0f)] },
        // Q5_K: the same scales; the fifth bit of number 0 is set for groups 0 and 4.
        { "Q5_K", "003C0040" + "43000000" + "81000000" + "65000000" + "11" + Repeat("00", 31) + "0F" + Repeat("00", 63) + "A7" + Repeat("00", 63), [(0, 3f * 31 - 2), (1, -2f), (128, 21f * 23 - 76)] },
        // Q6_K: scale ¼; low nibbles 5 and 9 in byte 0, upper pairs 2 (run 0), 0, 1 (run 2), 0; group scales 3, …, run 2's −2.
        { "Q6_K", "95" + Repeat("00", 127) + "12" + Repeat("00", 63) + "03000000FE" + Repeat("00", 11) + "0034", [(0, 0.25f * 3 * (5 + 32 - 32)), (1, 0.25f * 3 * -32), (64, 0.25f * -2 * (9 + 16 - 32)), (32, 0f)] },
    };

    public static TheoryData<string> Types => ["F32", "F16", "BF16", "Q8_0", "Q4_0", "Q4_K", "Q5_K", "Q6_K"];

    [Theory]
    [MemberData(nameof(Blocks))]
    public void A_block_is_dequantised_to_the_numbers_computed_by_hand(string name, string hex, (int At, float Value)[] expected)
    {
        var (type, data) = (Enum.Parse<GgufType>(name), Convert.FromHexString(hex));
        var values = new float[data.Length / type.BlockBytes * type.BlockLength];

        fixed (byte* first = data) Dequantization.Row(type, first, values);

        Assert.All(expected, pair => Assert.Equal(pair.Value, values[pair.At]));
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void A_product_is_the_product_of_the_dequantised_numbers(string name) => Multiply(name, tokens: 7);

    [Theory]
    [MemberData(nameof(Types))]
    public void A_single_tokens_product_too(string name) => Multiply(name, tokens: 1);

    private static void Multiply(string name, int tokens)
    {
        var type = Enum.Parse<GgufType>(name);
        var (random, rows, columns) = (new Random(3), 37, 512);
        var data = RandomWeights.Of(type, rows * columns, 0.1f, random);
        using var team = new WorkerTeam(2);
        var (activations, result) = (new Activations(tokens, columns), new float[tokens * rows]);
        var x = activations.Renew(tokens, columns);
        for (var i = 0; i < x.Length; i++) x[i] = random.NextSingle() * 2 - 1;
        var input = x.ToArray();
        fixed (byte* first = data)
        {
            var weights = new WeightMatrix(new GgufTensor(type, columns, rows, 0), first);
            new MatrixProduct(team, columns).Multiply(weights, activations, result);

            // Rounding the activations to bytes costs each at most half a step in 127; products of 512 differ by a few hundredths.
            var (values, tolerance) = (new float[columns], type.BlockLength == 1 ? type is GgufType.F32 ? 1e-4 : 0.02 : 0.06);
            for (var r = 0; r < rows; r++)
            {
                weights.Dequantize(r, values);
                for (var t = 0; t < tokens; t++)
                    Assert.Equal(input.AsSpan(t * columns, columns).ToArray().Zip(values, (a, b) => (double)a * b).Sum(), result[t * rows + r], tolerance);
            }
        }
    }

    [Theory]
    [InlineData("Q8_0")]
    [InlineData("Q4_0")]
    [InlineData("Q4_K")]
    [InlineData("Q5_K")]
    [InlineData("Q6_K")]
    public void The_portable_product_is_the_fast_one(string name)
    {
        var type = Enum.Parse<GgufType>(name);
        var random = new Random(5);
        var data = RandomWeights.Of(type, 512, 0.1f, random);
        var (activations, row) = (new Activations(1, 512), new UnpackedRow(512));
        foreach (ref var value in activations.Renew(1, 512)) value = random.NextSingle() * 2 - 1;
        activations.Prepare(type);
        var fast = new float[1];
        fixed (byte* first = data) row.Unpack(new WeightMatrix(new GgufTensor(type, 512, 1, 0), first), 0);
        ref var numbers = ref Unsafe.AsRef(in activations.Numbers[0]);
        ref var scales = ref Unsafe.AsRef(in activations.Scales[0]);

        if (type.BlockLength == GgufTypes.Group) GroupProduct.Dot(row, activations, 0, 1, fast);
        else SuperblockProduct.Dot(row, activations, 0, 1, fast);

        var portable = type.BlockLength == GgufTypes.Group
            ? GroupProduct.Portable(ref row.Numbers[0], ref row.Scales[0], ref numbers, ref scales, 16)
            : SuperblockProduct.Portable(row, ref numbers, ref scales, ref Unsafe.AsRef(in activations.Sums[0]), 2);
        Assert.Equal(portable, fast[0], 1e-4f);
    }

    [Fact]
    public void A_team_does_every_item_once_and_passes_a_fault_on()
    {
        using var team = new WorkerTeam(3);
        var done = new int[1_000];
        for (var round = 0; round < 200; round++) team.Run(done.Length, (item, _) => Interlocked.Increment(ref done[item]));

        Assert.All(done, count => Assert.Equal(200, count));
        Assert.Throws<InvalidOperationException>(() => team.Run(10, (item, _) => throw new ArgumentException($"{item}")));
    }

    private static string Repeat(string hex, int count) => string.Concat(Enumerable.Repeat(hex, count));
}
