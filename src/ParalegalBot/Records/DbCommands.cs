using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace ParalegalBot.Records;

/// <summary>Short forms for commands with positional parameters <c>$1</c>, <c>$2</c>…, on SQLite and PostgreSQL alike; dates are stored as ISO 8601 text.</summary>
internal static class DbCommands
{
    extension(DbConnection connection)
    {
        /// <summary>A command with its parameters bound in order.</summary>
        public DbCommand Command(string sql, params ReadOnlySpan<object?> values)
        {
            var command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 0; i < values.Length; i++)
            {
                var parameter = command.CreateParameter();
                if (connection is SqliteConnection) parameter.ParameterName = $"${i + 1}"; // PostgreSQL counts those without a name
                parameter.Value = Stored(values[i]);
                command.Parameters.Add(parameter);
            }
            return command;
        }

        /// <summary>Runs a statement; returns the number of rows that it changed.</summary>
        public int Run(string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            return command.ExecuteNonQuery();
        }

        /// <summary>The first value of the first row; default where there is none.</summary>
        public T? Scalar<T>(string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            return command.ExecuteScalar() is T value ? value : default;
        }

        /// <summary>Every row through <paramref name="read"/>.</summary>
        public List<T> Query<T>(Func<DbDataReader, T> read, string sql, params ReadOnlySpan<object?> values)
        {
            using var command = connection.Command(sql, values);
            using var reader = command.ExecuteReader();
            var rows = new List<T>();
            while (reader.Read()) rows.Add(read(reader));
            return rows;
        }
    }

    extension(DbCommand command)
    {
        /// <summary>The same statement with other values.</summary>
        public DbCommand Bind(params ReadOnlySpan<object?> values)
        {
            for (var i = 0; i < values.Length; i++) command.Parameters[i].Value = Stored(values[i]);
            return command;
        }
    }

    extension(DbDataReader reader)
    {
        /// <summary>Text or null.</summary>
        public string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

        /// <summary>A whole number or null.</summary>
        public int? Number(int column) => reader.IsDBNull(column) ? null : reader.GetInt32(column);

        /// <summary>A date or null; an empty text counts as null.</summary>
        public DateOnly? Date(int column) => reader.IsDBNull(column) || reader.GetString(column) is not { Length: 10 } text
            ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
    }

    private static object Stored(object? value) => value switch
    {
        null => DBNull.Value,
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        Enum name => name.ToString(),
        string text => Storable(text),
        _ => value,
    };

    /// <summary>Half a surrogate pair, which UTF-8 cannot hold, becomes U+FFFD in every database as in every digest.</summary>
    private static string Storable(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0 ? text : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
