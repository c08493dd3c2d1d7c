namespace ParalegalBot.Records;

/// <summary>The keys with which the pages protect cookies and forms, shared by all replicas and kept over restarts.</summary>
public sealed class KeyRing(RecordsFile records)
{
    /// <summary>All keys as XML.</summary>
    public IReadOnlyList<string> All() => records.File.Read(connection => connection.Query(reader => reader.GetString(0), "SELECT xml FROM page_key"));

    /// <summary>Keeps a key under its name.</summary>
    public void Add(string name, string xml) => records.File.Write(connection =>
        connection.Run("INSERT INTO page_key (name, xml) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET xml = excluded.xml", name, xml));
}
