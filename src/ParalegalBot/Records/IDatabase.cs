using System.Data.Common;

namespace ParalegalBot.Records;

/// <summary>Where records are kept: an SQLite file of this machine, or a PostgreSQL database that several replicas share.</summary>
internal interface IDatabase : IDisposable
{
    /// <summary>Where it is, for people; never a password.</summary>
    string Place { get; }

    /// <summary>Runs a read on a connection of its own. One statement sees one state; two may see two.</summary>
    T Read<T>(Func<DbConnection, T> read);

    /// <summary>Runs a write in one transaction, all of it or nothing, and never at the same time as another: neither here nor in another process.</summary>
    T Write<T>(Func<DbConnection, T> write);
}
