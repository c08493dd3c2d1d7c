using System.Runtime.Intrinsics.X86;
using ParalegalBot.Retrieval;

namespace ParalegalBot.Tests.Retrieval;

public sealed class VectorTableTests
{
    private const int Rows = 37;

    [Theory]
    [InlineData(32)]
    [InlineData(128)]
    [InlineData(384)]
    public void Every_path_gives_the_sums_of_products(int dimensions)
    {
        var random = new Random(5);
        var rows = Enumerable.Range(0, Rows).Select(_ => Values(random, dimensions)).ToList();
        var query = Values(random, dimensions);
        var table = Table(dimensions, rows);
        var expected = rows.Select(row => row.Zip(query, (a, b) => a * b).Sum() / (127f * 127f)).ToArray();

        var portable = new float[Rows];
        table.CosinesPortable(query, portable);
        Assert.Equal(expected, portable);
        if (!Avx2.IsSupported) return;
        var fast = new float[Rows];
        table.CosinesAvx2(query, fast);
        Assert.Equal(expected, fast);
    }

    [Fact]
    public void A_query_of_another_encoder_scores_nothing()
    {
        float[] cosines = [1, 1];
        Table(32, [new sbyte[32], new sbyte[32]]).Cosines(new float[64], cosines);

        Assert.Equal([0f, 0f], cosines);
    }

    private static sbyte[] Values(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (sbyte)random.Next(-127, 128))];

    private static VectorTable Table(int dimensions, IReadOnlyList<sbyte[]> rows)
    {
        var builder = new VectorTable.Builder(dimensions);
        foreach (var row in rows) builder.Add(row);
        return builder.Build();
    }
}
