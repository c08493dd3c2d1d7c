using System.Runtime.InteropServices;
using ParalegalBot.Records;

namespace ParalegalBot.Statutes;

public sealed partial class StatuteStore
{
    /// <summary>Name of the encoder that made the vectors held; null where there are none.</summary>
    public string? Encoder => file.Read(connection => connection.Scalar<string>("SELECT name FROM encoder"));

    /// <summary>Every vector held, as int8, by passage row.</summary>
    public IReadOnlyDictionary<long, sbyte[]> Vectors() => file.Read(connection =>
        connection.Query(reader => (Row: reader.GetInt64(0), Value: Signed((byte[])reader.GetValue(1))), "SELECT passage_row, value FROM vector")
            .ToDictionary(pair => pair.Row, pair => pair.Value));

    /// <summary>Passages without a vector, with what an encoder reads of them.</summary>
    public IReadOnlyList<IndexedPassage> WithoutVector()
    {
        var held = file.Read(connection => connection.Query(reader => reader.GetInt64(0), "SELECT passage_row FROM vector")).ToHashSet();
        return [.. ReadForIndex().Where(item => !held.Contains(item.Row))];
    }

    /// <summary>Adds vectors of one encoder in one transaction; vectors of different encoders are never mixed.</summary>
    /// <exception cref="ParalegalBotException">The store holds another encoder's vectors.</exception>
    public void WriteVectors(string encoder, IReadOnlyList<(long Row, sbyte[] Vector)> vectors) => file.Write(connection =>
    {
        switch (connection.Scalar<string>("SELECT name FROM encoder"))
        {
            case null when vectors.Count > 0:
                connection.Run("INSERT INTO encoder (name, dimensions) VALUES ($1, $2)", encoder, vectors[0].Vector.Length);
                break;
            case { } other when other != encoder:
                throw new ParalegalBotException($"La base tiene vectores del codificador «{other}» y está configurado «{encoder}»; ejecute `paralegal index embed` para rehacerlos.");
        }
        using var insert = connection.Command("INSERT OR IGNORE INTO vector (passage_row, value) SELECT row, $2 FROM passage WHERE row = $1", 0L, Array.Empty<byte>());
        foreach (var (row, vector) in vectors)
        {
            insert.Parameters[0].Value = row;
            insert.Parameters[1].Value = MemoryMarshal.AsBytes(vector.AsSpan()).ToArray();
            insert.ExecuteNonQuery();
        }
        return vectors.Count;
    });

    /// <summary>Forgets every vector, so that another encoder may write its own.</summary>
    public void DropVectors() => file.Write(connection => connection.Run("DELETE FROM vector") + connection.Run("DELETE FROM encoder") + connection.Run("UPDATE generation SET number = number + 1"));

    private static sbyte[] Signed(byte[] bytes) => MemoryMarshal.Cast<byte, sbyte>(bytes).ToArray();
}
