using ParalegalBot.Tuning.Training.Matrices;

namespace ParalegalBot.Tests.Tuning.Training;

public sealed class MatrixProductTests
{
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 3, 5, 7 }, { 8, 256, 32 }, { 9, 257, 33 }, { 96, 300, 512 }, { 97, 31, 1030 }, { 200, 64, 5 }, { 2, 1000, 600 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void A_product_is_its_definition_whatever_is_transposed(int m, int k, int n)
    {
        var random = new Random(m + k + n);
        using var compute = new Compute(2);
        foreach (var (leftTurned, rightTurned) in new[] { (false, false), (true, false), (false, true), (true, true) })
        {
            var (left, right) = (Filled(leftTurned ? k : m, leftTurned ? m : k, random), Filled(rightTurned ? n : k, rightTurned ? k : n, random));
            var result = Filled(m, n, random);
            var expected = new double[m, n];
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++)
                {
                    expected[i, j] = result.Row(i)[j];
                    for (var l = 0; l < k; l++) expected[i, j] += (double)(leftTurned ? left.Row(l)[i] : left.Row(i)[l]) * (rightTurned ? right.Row(j)[l] : right.Row(l)[j]);
                }

            compute.Multiply(leftTurned ? ((MatrixView)left).Transposed : left, rightTurned ? ((MatrixView)right).Transposed : right, result, add: true);

            var worst = 0.0;
            for (var i = 0; i < m; i++)
                for (var j = 0; j < n; j++) worst = Math.Max(worst, Math.Abs(expected[i, j] - result.Row(i)[j]));
            Assert.True(worst < 1e-5 * Math.Sqrt(k) + 1e-6, $"{m} × {k} × {n} is {worst:E1} off");
        }
    }

    [Fact]
    public void The_same_factors_give_the_same_bits_on_one_core_and_on_three()
    {
        var random = new Random(3);
        var (left, right) = (Filled(300, 500, random), Filled(500, 700, random));
        using var one = new Compute(1);
        using var three = new Compute(3);
        var (first, second) = (new Matrix(300, 700), new Matrix(300, 700));

        one.Multiply(left, right, first);
        three.Multiply(left, right, second);

        Assert.True(first.Values.SequenceEqual(second.Values));
    }

    [Fact]
    public unsafe void The_narrow_tile_computes_what_the_wide_one_does()
    {
        var random = new Random(4);
        var (a, b, c) = (Filled(40, 4, random), Filled(40, 16, random), Filled(4, 16, random));
        var expected = new float[4 * 16];
        for (var i = 0; i < 4; i++)
            for (var j = 0; j < 16; j++)
                expected[i * 16 + j] = c.Row(i)[j] + Enumerable.Range(0, 40).Sum(k => a.Row(k)[i] * b.Row(k)[j]);

        Tile.Narrow(a.Data, b.Data, 40, c.Data, 16, add: true);

        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], c.Values[i], 4);
    }

    internal static Matrix Filled(int rows, int columns, Random random)
    {
        var matrix = new Matrix(rows, columns);
        foreach (ref var value in matrix.Values) value = random.NextSingle() * 2 - 1;
        return matrix;
    }
}
